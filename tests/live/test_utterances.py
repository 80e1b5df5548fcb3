"""An utterance ends with the pause behind it, and is told once."""

import pytest

from ser_core.live.utterances import SpokenSpan, UtteranceSegmenter


def told(spans, *, pause=0.4, longest=15.0, step=0.1, until=20.0):
    """Hear the spans as they become known, every ``step`` seconds; return each utterance with the time it was told."""
    utterances, found = UtteranceSegmenter(pause=pause, longest=longest), []
    for number in range(1, round(until / step) + 1):
        now = number * step
        known = [(start, min(end, now)) for start, end in spans if start < now]
        found += [(round(now, 3), utterance) for utterance in utterances.update(known, now)]
    return found


def test_speech_between_two_pauses_is_one_utterance_told_when_the_pause_is_long_enough():
    found = told([(1.0, 2.0), (2.3, 3.0), (3.45, 4.0), (6.0, 6.5)])
    assert [utterance for _, utterance in found] == [SpokenSpan(1.0, 3.0), SpokenSpan(3.45, 4.0), SpokenSpan(6.0, 6.5)]
    assert [now for now, _ in found] == pytest.approx([3.5, 4.4, 6.9], abs=0.101)


def test_a_longer_pause_joins_what_a_shorter_one_parts():
    assert [utterance for _, utterance in told([(1.0, 2.0), (2.5, 3.0)], pause=0.6)] == [SpokenSpan(1.0, 3.0)]


def test_a_very_long_utterance_is_told_in_parts_that_leave_nothing_out():
    parts = [utterance for _, utterance in told([(1.0, 12.0)], longest=5.0)]
    assert parts[0].start == 1.0
    assert parts[-1].end == 12.0
    assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert all(part.end - part.start <= 5.1 for part in parts)


def test_both_sides_of_a_pause_that_become_known_at_once_are_two_utterances():
    utterances = UtteranceSegmenter(pause=0.4, longest=15.0)
    assert utterances.update([(1.0, 2.0), (3.0, 4.0)], 5.0) == [SpokenSpan(1.0, 2.0), SpokenSpan(3.0, 4.0)]
    assert utterances.update([(1.0, 2.0), (3.0, 4.0)], 5.2) == []


def test_at_the_end_what_is_being_spoken_is_an_utterance():
    utterances = UtteranceSegmenter(pause=0.4, longest=15.0)
    assert utterances.finish() == []
    assert utterances.update([(1.0, 2.0)], 2.1) == []
    assert utterances.begun == 1.0
    assert utterances.finish() == [SpokenSpan(1.0, 2.0)]
    assert utterances.begun is None
    assert utterances.finish() == []
