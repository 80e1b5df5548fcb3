"""What the live view draws with is plain, small and in the emotions' own colours."""

import json

import numpy as np

from ser_core.labels import COLOURS, SYMBOLS
from ser_core.live import LivePrediction
from ser_core.plots.angle_dial import LEFT, RIGHT, DialClass
from ser_core.plots.live_view import MOST_POINTS, live_model, live_prediction


def test_a_model_is_described_with_the_colours_and_markers_of_every_other_page(random):
    worth = {"sad": "Its range held 80 %.", "angry": "Its range held 91 %."}
    described = live_model(
        [DialClass("sad", RIGHT, 30.126), DialClass("angry", LEFT, 41.0)],
        random.normal(size=(3, 2)),
        ["angry", "sad", "calm"],
        worth=worth,
    )
    assert described["classes"] == [
        {
            "name": name,
            "colour": COLOURS[name],
            "symbol": SYMBOLS[name],
            "side": side,
            "range": limit,
            "worth": worth[name],
        }
        for name, side, limit in (("sad", RIGHT, 30.13), ("angry", LEFT, 41.0))
    ]
    assert described["map"]["classes"] == [1, 0, -1]
    assert "3 known utterances" in described["map"]["title"]
    json.dumps(described, allow_nan=False)


def test_of_a_large_map_a_sample_is_sent_that_keeps_points_and_classes_together():
    count = 3 * MOST_POINTS
    points = np.column_stack([np.arange(count), np.zeros(count)])
    emotions = ["angry" if n % 2 else "sad" for n in range(count)]
    described = live_model(
        [DialClass("sad", RIGHT, 30.0), DialClass("angry", LEFT, 41.0)],
        points,
        emotions,
        worth={"sad": "", "angry": ""},
    )
    assert len(described["map"]["points"]) == MOST_POINTS
    assert [int(x) % 2 for x, _ in described["map"]["points"]] == described["map"]["classes"]


def test_a_model_without_known_utterances_is_described_too():
    assert live_model([DialClass("sad", RIGHT, 30.0)], np.zeros((0, 2)), (), worth={"sad": ""})["map"]["points"] == []


def test_a_moment_is_told_on_the_clock_of_the_view_and_silence_has_no_figures():
    silence = LivePrediction("window", 4.0, 2.0, "silence", False, -80.0, 1.0)
    assert live_prediction(silence, began=10.0, place=None) == {
        "kind": "window", "start": 12.0, "end": 14.0, "state": "silence", "verdict": None,
    }  # fmt: skip
    angles, probabilities = np.array([20.04, 100.0]), np.array([0.75, 0.25])
    spoken = LivePrediction(
        "utterance", 4.0, 2.0, "speech", True, -20.0, 1.0, probabilities, angles, np.zeros(3), "sad"
    )
    told = live_prediction(spoken, began=0.0, place=np.array([1.0, -1.0], dtype=np.float32))
    assert (told["probabilities"], told["angles"], told["place"]) == ([0.75, 0.25], [20.04, 100.0], [1.0, -1.0])
    json.dumps(told, allow_nan=False)
