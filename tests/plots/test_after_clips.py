"""The picture of an answer over the number of clips that are known."""

from types import SimpleNamespace

import pytest

from ser_core.errors import InputError
from ser_core.inference.own_voice import AfterClips
from ser_core.plots.after_clips import after_clips_figure, in_words

LABELS = ("neutral", "calm", "happy", "sad", "angry")


def answer(clips: int, verdict: str, **probabilities: float) -> AfterClips:
    shares = dict.fromkeys(LABELS, 0.01) | probabilities
    return AfterClips(clips, SimpleNamespace(verdict=verdict, probabilities=shares))  # type: ignore[arg-type]


ANSWERS = [
    answer(0, "sad", sad=0.7, happy=0.2),
    answer(1, "sad", sad=0.5, neutral=0.4),
    answer(2, "neutral", neutral=0.8),
]


def test_every_emotion_that_was_ever_near_has_its_probability_after_each_number_of_clips() -> None:
    figure = after_clips_figure(ANSWERS, LABELS)
    drawn = {trace.name: trace for trace in figure.data}
    assert next(iter(drawn)) == "neutral"
    assert len(drawn) == 4
    assert {"neutral", "happy", "sad"} < set(drawn)
    assert list(drawn["sad"].x) == ["0", "1", "2"]
    assert list(drawn["sad"].y) == [0.7, 0.5, 0.01]


def test_the_answers_are_told_one_after_the_other() -> None:
    assert in_words(ANSWERS) == "after 0 clips sad, after 1 clip sad, after 2 clips neutral"


def test_a_single_answer_is_no_picture() -> None:
    with pytest.raises(InputError, match="at least two numbers of clips; got 1"):
        after_clips_figure(ANSWERS[:1], LABELS)
