"""What the browser draws of an answer over the number of clips that are known."""

from types import SimpleNamespace

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.inference.own_voice import AfterClips
from ser_core.plots.after_clips import described_answers, in_words, why_apart

LABELS = ("neutral", "calm", "happy", "sad", "angry")


def answer(clips: int, verdict: str, **probabilities: float) -> AfterClips:
    shares = dict.fromkeys(LABELS, 0.01) | probabilities
    angles = {label: 90 * (1 - share) for label, share in reversed(shares.items())}
    found = SimpleNamespace(
        verdict=verdict, probabilities=shares, angles_degrees=angles, nearest_class=min(angles, key=angles.__getitem__)
    )
    return AfterClips(clips, found)  # type: ignore[arg-type]


ANSWERS = [
    answer(0, "sad", sad=0.7, happy=0.2),
    answer(1, "sad", sad=0.5, neutral=0.4),
    answer(2, "neutral", neutral=0.8),
]


def test_every_answer_has_its_angles_and_probabilities_in_the_order_of_the_labels() -> None:
    places = np.array([[0.0, 1.0], [0.5, 0.5], [1.0, -1.0]])
    first, _, last = described_answers(ANSWERS, LABELS, places)
    assert (first["clips"], first["verdict"]) == (0, "sad")
    assert first["probabilities"] == [0.01, 0.01, 0.2, 0.7, 0.01]
    assert first["angles"] == pytest.approx([89.1, 89.1, 72, 27, 89.1])
    assert (last["clips"], last["verdict"], last["place"]) == (2, "neutral", [1.0, -1.0])
    assert [one["place"] for one in described_answers(ANSWERS, LABELS)] == [None] * 3


def test_an_answer_that_is_not_the_highest_curve_says_why() -> None:
    by_angle = answer(1, "neutral", calm=0.6, neutral=0.3).prediction
    by_angle.nearest_class = "neutral"  # type: ignore[misc]
    assert why_apart(by_angle) == "By angle neutral is nearest; calm is more probable (60 %)."
    outside = answer(1, "none of these", calm=0.6).prediction
    assert why_apart(outside) == "Outside the range of every emotion; the curves only compare those that are known."
    assert why_apart(answer(1, "sad", calm=0.6, sad=0.3).prediction) == "Calm is more probable (60 %)."
    assert [one["apart"] for one in described_answers(ANSWERS, LABELS)] == ["", "", ""], "these agree"


def test_a_place_is_needed_for_every_answer() -> None:
    with pytest.raises(InputError, match=r"Expected 3 places on a map, one for each answer; got an array of shape"):
        described_answers(ANSWERS, LABELS, np.zeros((2, 2)))


def test_the_answers_are_told_one_after_the_other() -> None:
    assert in_words(ANSWERS) == "after 0 clips sad, after 1 clip sad, after 2 clips neutral"


def test_a_single_answer_is_no_change() -> None:
    with pytest.raises(InputError, match="at least two numbers of clips; got 1"):
        described_answers(ANSWERS[:1], LABELS)
