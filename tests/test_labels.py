"""One vocabulary, in one order, told apart by everyone."""

import itertools

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.labels import COLOURS, EMOTIONS, SYMBOLS, codes, in_order

# Linear RGB seen with one kind of cone missing: Machado, Oliveira and Fernandes (2009), severity 1.
COLOUR_BLINDNESS = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}


def lab(hexadecimal: str, blindness: str) -> np.ndarray:
    """CIE L*a*b* (D65) of a colour as it is seen."""
    values = np.array([int(hexadecimal[index : index + 2], 16) / 255 for index in (1, 3, 5)])
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    linear = np.clip(COLOUR_BLINDNESS[blindness] @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratios = to_xyz @ linear / np.array([0.9505, 1.0, 1.089])
    x, y, z = np.where(ratios > 0.008856, np.cbrt(ratios), 7.787 * ratios + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_the_vocabulary_is_that_of_the_contract() -> None:
    assert EMOTIONS == (
        "neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprise",
        "boredom", "excited", "frustrated", "other",
    )  # fmt: skip


def test_every_emotion_has_a_colour_and_a_marker_of_its_own() -> None:
    assert list(COLOURS) == list(SYMBOLS) == list(EMOTIONS)
    assert len(set(COLOURS.values())) == len(set(SYMBOLS.values())) == len(EMOTIONS)


@pytest.mark.parametrize("blindness", list(COLOUR_BLINDNESS))
def test_the_emotions_are_told_apart_with_any_colour_vision(blindness: str) -> None:
    for first, second in itertools.combinations(EMOTIONS, 2):
        distance = np.linalg.norm(lab(COLOURS[first], blindness) - lab(COLOURS[second], blindness))
        assert distance > 12, (first, second)


def test_labels_come_back_once_and_in_order() -> None:
    assert in_order(["sad", "neutral", "sad", "calm"]) == ("neutral", "calm", "sad")
    assert in_order([]) == ()


def test_an_unknown_emotion_is_refused_with_what_is_known_and_what_to_do() -> None:
    with pytest.raises(InputError, match=r"among neutral, calm, .*; got 'joy', 'rage'. Rename .* --map"):
        in_order(["sad", "rage", "joy"])


def test_codes_are_places_in_the_order() -> None:
    assert codes(["sad", "calm", "sad"], ["calm", "sad"]).tolist() == [1, 0, 1]
    assert codes([], ["calm"]).shape == (0,)
    with pytest.raises(InputError, match="among calm, sad; got 'angry'. Leave those rows out"):
        codes(["angry"], ["calm", "sad"])
