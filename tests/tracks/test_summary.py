"""The sentence that sums a recording up agrees with a plain count of its hundredths of a second."""

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from ser_core.inference.reader import NONE_OF_THESE, NOT_SPEECH
from ser_core.tracks import Track, TrackSettings
from ser_core.tracks.summary import WORTH_SAYING, summary
from ser_core.tracks.track import clock
from ser_core.tracks.windows import Windows

LABELS = ("neutral", "sad", "angry")


def track(verdicts: list[str], lengths: list[float]) -> Track:
    """A track whose windows lie side by side, each with its answer."""
    ends = np.cumsum(lengths)
    speech = np.array([one != NOT_SPEECH for one in verdicts])
    inside = np.array([one in LABELS for one in verdicts])
    count = len(verdicts)
    return Track(
        name="talk.wav",
        checkpoint="tiny",
        labels=LABELS,
        settings=TrackSettings(),
        duration_seconds=float(ends[-1]),
        speech=((0.0, float(ends[-1])),),
        windows=Windows(ends - lengths, ends, np.arange(count)),
        is_speech=speech,
        probabilities=np.full((count, 3), 1 / 3),
        angles=np.full((count, 3), 60.0),
        emotions=tuple(
            None if not heard else one if one in LABELS else "sad" for one, heard in zip(verdicts, speech, strict=True)
        ),
        inside_range=inside,
        levels=np.full(count, -26.0),
        outline=(-np.ones(10, dtype=np.float32), np.ones(10, dtype=np.float32)),
        notes=(),
    )


def hundredths(made: Track) -> Counter[str]:
    """Count moments, each with the label of the segment in which it lies."""
    moments = np.arange(0.005, made.duration_seconds, 0.01)
    return Counter(next(one.label for one in made.segments if one.start <= at < one.end) for at in moments)


def test_the_sentence_names_the_most_frequent_where_the_next_is_and_what_was_not_speech():
    made = track(["neutral", "sad", "neutral", NOT_SPEECH], [40.0, 30.0, 10.0, 12.0])
    assert summary(made) == "Mostly neutral (62\N{NO-BREAK SPACE}%), sad from 0:40 to 1:10; 12 s were not speech."


def test_an_answer_in_several_places_is_told_with_its_share_and_its_longest_place():
    made = track(["sad", "neutral", "sad", "neutral"], [5.0, 30.0, 15.0, 50.0])
    assert summary(made) == (
        "Mostly neutral (80\N{NO-BREAK SPACE}%), sad in 2 places (20\N{NO-BREAK SPACE}%, "
        "the longest from 0:35 to 0:50)."
    )


def test_an_answer_below_half_of_the_speech_is_not_called_most_of_it():
    made = track(["neutral", "sad", "angry"], [40.0, 30.0, 30.5])
    assert summary(made) == "Most often neutral (40\N{NO-BREAK SPACE}%), angry from 1:10 to 1:40."


def test_without_speech_the_sentence_says_so():
    assert summary(track([NOT_SPEECH], [7.0])) == "No speech was judged; 7 s were not speech."


def test_the_words_of_a_silence_are_no_answer():
    made = track(["sad"], [10.0])
    assert summary(replace(made, duration_seconds=100.0)) == "Mostly sad (100\N{NO-BREAK SPACE}%)."


@pytest.mark.parametrize("seed", range(12))
def test_shares_places_and_seconds_agree_with_a_plain_count(seed: int):
    random = np.random.default_rng(seed)
    answers = (*LABELS, NONE_OF_THESE, NOT_SPEECH)
    count = int(random.integers(2, 25))
    verdicts = [answers[k] for k in random.choice(5, count, p=[0.4, 0.25, 0.1, 0.15, 0.1])]
    made = track(verdicts, random.integers(2, 40, count).astype(float).tolist())
    counted = hundredths(made)
    sounds = counted.pop(NOT_SPEECH, 0)
    spoken = sum(counted.values())
    said = summary(made)
    assert (f"; {round(sounds / 100)} s were not speech." in said) == (sounds > 0)
    if not spoken:
        assert said.startswith("No speech")
        return
    told = re.match(r"Most(ly| often) (.+?) \((\d+)\N{NO-BREAK SPACE}%\)", said)
    assert told is not None
    assert counted[told[2]] == max(counted.values())
    assert (told[1] == "ly") == (counted[told[2]] >= spoken / 2)
    assert float(told[3]) == pytest.approx(100 * counted[told[2]] / spoken, abs=0.51)
    others = {answer: number for answer, number in counted.items() if answer != told[2]}
    next_most = max(others.values(), default=0)
    place = re.search(r", ([a-z ]+?) (?:in (\d+) places .*longest )?from (\S+) to ([\d:]+)", said)
    assert (place is not None) == (next_most >= WORTH_SAYING * spoken)
    if place is not None:
        assert others[place[1]] == next_most
        own = [one for one in made.segments if one.label == place[1]]
        assert len(own) == int(place[2] or 1)
        longest = max(one.seconds for one in own)
        assert any((clock(one.start), clock(one.end)) == (place[3], place[4]) for one in own if one.seconds == longest)
