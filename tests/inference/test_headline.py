"""The headline of a judgement follows its figures, and a disagreement says which part of the model makes it."""

import dataclasses

import numpy as np
import pytest
import torch

from ser_core.evaluation.calibration import softmax
from ser_core.geometry.angles import angles_to
from ser_core.inference import EmotionPrediction, NotSpeech, Reader
from ser_core.inference.headline import Headline, headline_of, why_they_disagree


def reading(
    emotion: str,
    probabilities: dict[str, float],
    angles: dict[str, float],
    ranges: dict[str, float],
    embedding: np.ndarray | None = None,
) -> EmotionPrediction:
    return EmotionPrediction(
        emotion=emotion,
        probabilities=probabilities,
        angles_degrees=angles,
        ranges_degrees=ranges,
        inside_range=any(angles[label] <= ranges[label] for label in angles),
        nearest_class=min(angles, key=angles.__getitem__),
        embedding=np.zeros(2) if embedding is None else embedding,
        duration_seconds=1.0,
        notes=(),
    )


WIDE = {"neutral": 60.0, "sad": 60.0, "angry": 60.0}
NEAR_SAD = {"neutral": 50.0, "sad": 20.0, "angry": 90.0}


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.95, "Clearly sad"), (0.8, "Clearly sad"), (0.79, "Probably sad"), (0.5, "Probably sad"), (0.49, "Perhaps sad")],
)
def test_how_sure_the_answer_is_stands_before_it_and_the_next_probable_emotion_is_second(share, words):
    rest = 1 - share
    found = headline_of(reading("sad", {"neutral": 0.6 * rest, "sad": share, "angry": 0.4 * rest}, NEAR_SAD, WIDE))
    assert (found.text, found.kind, found.second) == (words, "emotion", "neutral")


def test_what_lies_outside_every_range_is_none_of_these_even_if_the_two_ways_disagree():
    narrow = dict.fromkeys(WIDE, 10.0)
    found = headline_of(reading("sad", {"neutral": 0.9, "sad": 0.1, "angry": 0.0}, NEAR_SAD, narrow))
    assert found == Headline("none of these", ("sad",))
    assert found.text == "None of these"


def test_what_is_not_speech_has_no_emotion():
    assert headline_of(NotSpeech(1.0, ())) == Headline("not speech", ())
    assert headline_of(NotSpeech(1.0, ())).text == "Not speech"


def test_another_most_probable_emotion_is_a_disagreement_and_the_one_that_decides_comes_first():
    shares = {"neutral": 0.5, "sad": 0.4, "angry": 0.1}
    assert headline_of(reading("sad", shares, NEAR_SAD, WIDE)).text == "Sad or neutral"
    assert headline_of(reading("neutral", shares, NEAR_SAD, WIDE)).text == "Neutral or sad"


def test_an_answer_outside_its_own_range_but_inside_another_is_a_disagreement(tiny_checkpoint):
    ranges = {"neutral": 60.0, "sad": 10.0, "angry": 60.0}
    given = reading("sad", {"neutral": 0.1, "sad": 0.8, "angry": 0.1}, NEAR_SAD, ranges)
    found = headline_of(given)
    assert found == Headline("disagreement", ("sad", "neutral"))
    assert why_they_disagree(Reader.load(tiny_checkpoint), given, found) == (
        "The answer is sad, but the recording lies 20° from it, outside that emotion's range, which ends at 10°, and "
        "inside that of neutral."
    )


def judged(
    checkpoint, rows: np.ndarray, biases: np.ndarray, directions: np.ndarray
) -> tuple[Reader, EmotionPrediction]:
    """Let a head and directions of our own judge an embedding that points along the first axis."""
    model = checkpoint.model
    with torch.no_grad():
        model.head.weight.copy_(torch.from_numpy(rows))
        model.head.bias.copy_(torch.from_numpy(biases))
    embedding = np.zeros(rows.shape[1], dtype=np.float32)
    embedding[0] = 2.0
    shares = softmax((rows @ embedding + biases)[None], 1.0)[0]
    angles = angles_to(embedding[None], directions)[0]
    labels = checkpoint.labels
    return Reader(checkpoint), reading(
        labels[int(angles.argmin())],
        dict(zip(labels, map(float, shares), strict=True)),
        dict(zip(labels, map(float, angles), strict=True)),
        dict.fromkeys(labels, 90.0),
        embedding,
    )


def along(degrees: list[float], size: int, lengths: list[float] | None = None) -> np.ndarray:
    """Vectors at these angles from the first axis."""
    found = np.zeros((len(degrees), size), dtype=np.float32)
    found[:, 0], found[:, 1] = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return found if lengths is None else found * np.array(lengths, dtype=np.float32)[:, None]


@pytest.fixture
def checkpoint(tiny_checkpoint):
    """A model that may be changed: neutral, sad, angry."""
    loaded = Reader.load(tiny_checkpoint).checkpoint
    assert loaded.labels == ("neutral", "sad", "angry")
    return dataclasses.replace(loaded)


def test_two_that_lie_about_equally_near_are_called_nearly_equal(checkpoint):
    size = checkpoint.directions.shape[1]
    directions = along([30, 33, 80], size)
    reader, given = judged(checkpoint, directions, np.array([0.0, 0.1, -1.0], dtype=np.float32), directions)
    found = headline_of(given)
    assert found.emotions == ("neutral", "sad")
    assert why_they_disagree(reader, given, found).endswith("the two are nearly equal.")


def test_a_head_whose_row_points_elsewhere_than_the_training_speech_says_so_with_both_angles(checkpoint):
    size = checkpoint.directions.shape[1]
    rows = along([60, 10, 80], size, [3, 3, 3])
    reader, given = judged(checkpoint, rows, np.zeros(3, dtype=np.float32), along([20, 50, 80], size))
    found = headline_of(given)
    said = why_they_disagree(reader, given, found)
    assert said.startswith("By angle neutral is nearer (20°, sad 50°); by probability sad is ahead (")
    assert "seen from there, sad is nearer (10°, neutral 60°)." in said


def test_a_head_that_prefers_an_emotion_whatever_it_hears_is_told_apart_from_that(checkpoint):
    size = checkpoint.directions.shape[1]
    directions = along([20, 50, 80], size)
    reader, given = judged(checkpoint, directions, np.array([0.0, 3.0, 0.0], dtype=np.float32), directions)
    found = headline_of(given)
    assert found.emotions == ("neutral", "sad")
    assert why_they_disagree(reader, given, found).endswith(
        "the model gives sad more weight than neutral, whatever the sound."
    )
