"""Speech in a stream is found as in a recording of the last ten seconds."""

import numpy as np
import pytest

from ser_core.audio.activity import spans_above_floor, speech_spans, step_levels
from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.live.activity import LiveSpeechActivity
from ser_core.live.ring_buffer import RingBuffer


@pytest.fixture
def stream(random):
    """Return 14 seconds: bursts of a swelling buzz, in a soft noise."""
    time = np.arange(14 * 16_000) / 16_000
    buzz = sum(np.sin(2 * np.pi * 130 * number * time) / number for number in range(1, 9))
    swell = np.sin(np.pi * 4 * time) ** 2 * (np.sin(2 * np.pi * time / 3.1) > 0)
    return (0.2 * buzz * swell + 1e-3 * random.standard_normal(time.size)).astype(np.float32)


@pytest.mark.parametrize("hop", [800, 3_200, 2_137, 48_000])
def test_spans_are_those_of_a_recording_of_the_last_ten_seconds(stream, hop):
    ring = RingBuffer(14 * 16_000)
    activity = LiveSpeechActivity(ring, 16_000)
    for first in range(0, len(stream), hop):
        ring.append(stream[first : first + hop])
        found = activity.spans()
        steps = ring.end // 160
        begin = max(0, steps - 1_000) * 160
        last = stream[begin : ring.end]
        levels = step_levels(last, sample_rate=16_000)
        expected = spans_above_floor(levels, duration=len(last) / 16_000, adapting=True)
        shifted = [(begin / 16_000 + start, begin / 16_000 + end) for start, end in expected]
        # At a cut edge, the mean that is taken off differs in one step of 10 ms.
        np.testing.assert_allclose(found, shifted, atol=1e-9 if begin == 0 else 0.011)


def heard(samples):
    """Return the stretches of speech that are found while the sound comes, hop by hop, each as often as it is found."""
    ring = RingBuffer(20 * 16_000)
    activity = LiveSpeechActivity(ring, 16_000)
    found = []
    for first in range(0, len(samples), 3_200):
        ring.append(samples[first : first + 3_200])
        found += activity.spans()
    return found


@pytest.fixture
def loud_angry():
    """Return an angry sentence nearly at full scale, with a second of nothing before it."""
    demo = open_corpus("demo")
    row = next(row for row in demo.utterances if row.speaker == "voice09" and row.emotion == "angry")
    samples = read_audio(demo.path(row)).samples
    return np.concatenate([np.zeros(16_000), 0.9 * samples / np.abs(samples).max()])


@pytest.mark.parametrize("pause", [0.3, 1.0])
@pytest.mark.parametrize("softer", [20, 35])
def test_who_speaks_softly_after_somebody_loud_is_heard_from_the_first_syllable(loud_angry, random, softer, pause):
    demo = open_corpus("demo")
    for row in [row for row in demo.utterances if row.speaker == "voice10"][::6]:
        reply = read_audio(demo.path(row)).samples
        first, _ = speech_spans(reply, sample_rate=16_000)[0]
        soft = 0.9 * 10 ** (-softer / 20) * reply / np.abs(reply).max()
        both = np.concatenate([loud_angry, np.zeros(round(pause * 16_000)), soft, np.zeros(8_000)])
        both = (both + 10 ** (-70 / 20) * random.standard_normal(both.size)).astype(np.float32)
        begin = len(loud_angry) / 16_000 + pause
        starts = [start - begin for start, until in heard(both) if until > begin + first and start > begin - pause / 2]
        assert min(starts) == pytest.approx(first, abs=0.08), row.file


@pytest.mark.parametrize("level", [-62, -56])
def test_noise_that_begins_after_somebody_loud_is_no_soft_voice(loud_angry, random, level):
    time = np.arange(6 * 16_000) / 16_000
    fan = 10 ** ((level + 1.5 * np.sin(2 * np.pi * 1.3 * time)) / 20) * random.standard_normal(time.size)
    both = np.concatenate([loud_angry, fan])
    both = (both + 10 ** (-75 / 20) * random.standard_normal(both.size)).astype(np.float32)
    begin = len(loud_angry) / 16_000
    assert max(until for _, until in heard(both)) < begin + 0.3


def test_after_a_restart_nothing_from_before_counts(stream):
    ring = RingBuffer(20 * 16_000)
    activity = LiveSpeechActivity(ring, 16_000)
    ring.append(stream[:64_000])
    assert activity.spans()
    ring.skip(16_000)
    activity.restart()
    assert activity.spans() == []
    ring.append(stream[:32_000])
    expected = speech_spans(stream[:32_000], sample_rate=16_000)
    np.testing.assert_allclose(activity.spans(), [(5 + start, 5 + end) for start, end in expected])
