"""What speaks against an answer follows its figures, and nothing is said where nothing does."""

import numpy as np
import pytest

from ser_core.inference import EmotionPrediction
from ser_core.inference.doubts import doubts


def reading(angles: dict[str, float], ranges: dict[str, float], emotion: str = "sad") -> EmotionPrediction:
    return EmotionPrediction(
        emotion=emotion,
        probabilities=dict.fromkeys(angles, 1 / len(angles)),
        angles_degrees=angles,
        ranges_degrees=ranges,
        inside_range=any(angles[label] <= ranges[label] for label in angles),
        nearest_class=min(angles, key=angles.__getitem__),
        embedding=np.zeros(2),
        duration_seconds=1.0,
        notes=(),
    )


FAR = {"neutral": 80.0, "sad": 20.0, "angry": 110.0}
NARROW = {"neutral": 50.0, "sad": 50.0, "angry": 50.0}


def test_nothing_speaks_against_an_answer_that_alone_fits():
    assert doubts(reading(FAR, NARROW), ["sad", "sad"]) == []


@pytest.mark.parametrize(
    ("angles", "ranges", "neighbours", "told"),
    [
        ({**FAR, "neutral": 34.6}, {**NARROW, "neutral": 10.0}, (), "Neutral is almost as near: 35°, sad 20°."),
        (FAR, {**NARROW, "neutral": 80.0, "angry": 120.0}, (), "It lies in the range of neutral and angry too."),
        (FAR, {**NARROW, "sad": 21.0}, (), "It lies at the edge of the range of sad: 20° of 21°."),
        (FAR, {**NARROW, "sad": 90.0}, (), "The range of sad is wide, 90°: much other speech lies in it as well."),
        (FAR, NARROW, ("sad", "angry", "calm"), "2 of the 3 nearest known utterances were spoken otherwise."),
        (FAR, NARROW, ("sad", "angry"), "1 of the 2 nearest known utterances was spoken otherwise."),
    ],
    ids=["close", "held by others", "edge", "wide", "neighbours", "one neighbour"],
)
def test_each_doubt_is_told_with_its_figures(angles, ranges, neighbours, told):
    assert doubts(reading(angles, ranges), neighbours) == [told]


def test_where_all_of_many_ranges_hold_it_they_are_counted_and_where_one_does_not_they_are_listed():
    angles = {"sad": 20.0, "neutral": 60.0, "calm": 61.0, "happy": 62.0, "angry": 63.0}
    wide = dict.fromkeys(angles, 70.0)
    assert doubts(reading(angles, wide)) == ["It lies in the range of all 4 other emotions too."]
    assert doubts(reading(angles, {**wide, "angry": 62.0})) == ["It lies in the range of neutral, calm and happy too."]


def test_outside_every_range_the_nearest_is_compared_and_no_range_holds_it():
    assert doubts(reading({"neutral": 60.0, "sad": 70.0}, {"neutral": 30.0, "sad": 30.0})) == [
        "Sad is almost as near: 70°, neutral 60°."
    ]
