"""Live speech: what a window and an utterance say, which windows are left out, and what never grows."""

import dataclasses
import math
import tracemalloc

import numpy as np
import pytest

from ser_core.audio.signal import Signal
from ser_core.errors import ConfigError, InputError
from ser_core.live import NONE_OF_THESE, LiveListener, LiveSettings
from ser_core.live import listener as module

EVERY = LiveSettings(patience_seconds=math.inf)


def in_blocks(listener, samples, size, *, rate=16_000):
    return [
        prediction
        for first in range(0, len(samples), size)
        for prediction in listener.feed(samples[first : first + size], rate)
    ]


def windows(predictions):
    return [prediction for prediction in predictions if prediction.kind == "window"]


def utterances(predictions):
    return [prediction for prediction in predictions if prediction.kind == "utterance"]


def assert_reads(prediction, reader, samples):
    """Compare with the offline reading of exactly these samples."""
    offline = reader.read_many([Signal(samples)])[0]
    assert prediction.probabilities.tolist() == list(offline.probabilities.values())
    assert prediction.angles.tolist() == list(offline.angles_degrees.values())
    np.testing.assert_array_equal(prediction.embedding, offline.embedding)
    assert prediction.verdict == (offline.emotion if offline.inside_range else NONE_OF_THESE)


def test_a_window_says_what_the_offline_reading_of_its_samples_says(reader, sound):
    samples = sound(5.0, (1.0, 2.2), (3.0, 4.0))
    heard = windows(in_blocks(LiveListener(reader, EVERY), samples, 1_234))
    assert [prediction.seconds for prediction in heard] == pytest.approx([0.2 * number for number in range(1, 26)])
    judged = [prediction for prediction in heard if prediction.verdict is not None]
    assert len(judged) > 10
    for prediction in judged:
        assert prediction.duration_seconds == pytest.approx(min(2.0, prediction.seconds))
        assert_reads(
            prediction, reader, samples[round(prediction.start_seconds * 16_000) : round(prediction.seconds * 16_000)]
        )


def test_an_utterance_is_read_with_its_pauses_once_the_silence_behind_it_is_long_enough(reader, sound):
    samples = sound(6.0, (1.0, 2.2), (2.4, 3.0), (4.0, 4.8))
    listener = LiveListener(reader, EVERY)
    told = []
    for first in range(0, len(samples), 1_600):
        told += [
            (first + 1_600, prediction)
            for prediction in utterances(listener.feed(samples[first : first + 1_600], 16_000))
        ]
    assert len(told) == 2
    for (came, prediction), (start, end) in zip(told, [(1.0, 3.0), (4.0, 4.8)], strict=True):
        assert prediction.start_seconds == pytest.approx(start - 0.4, abs=0.15)
        assert prediction.seconds == pytest.approx(end + 0.4, abs=0.15)
        assert came / 16_000 == pytest.approx(end + 0.5, abs=0.25)
        assert_reads(
            prediction, reader, samples[round(prediction.start_seconds * 16_000) : round(prediction.seconds * 16_000)]
        )
    assert listener.counters.utterances == 2


def test_what_is_being_spoken_at_the_end_is_an_utterance_too_and_a_knock_is_none(reader, sound):
    listener = LiveListener(reader, EVERY)
    assert not utterances(in_blocks(listener, sound(3.0, (1.0, 1.1), (2.0, 3.0)), 1_600))
    last = listener.finish()
    assert [prediction.kind for prediction in last] == ["utterance"]
    assert last[0].start_seconds == pytest.approx(1.6, abs=0.15)
    assert listener.finish() == []


@pytest.mark.parametrize("size", [77, 3_200, 5_000, 10**6])
def test_the_size_of_the_blocks_changes_nothing(reader, sound, size):
    samples = sound(4.0, (0.5, 2.5))
    expected = in_blocks(LiveListener(reader, EVERY), samples, 1_600)
    found = in_blocks(LiveListener(reader, EVERY), samples, size)
    assert [(m.kind, m.seconds, m.state, m.verdict) for m in found] == [
        (m.kind, m.seconds, m.state, m.verdict) for m in expected
    ]


def test_another_rate_is_heard_alike(reader, sound):
    import soxr

    samples = sound(4.0, (0.5, 2.5))
    expected = in_blocks(LiveListener(reader, EVERY), samples, 1_600)
    found = in_blocks(LiveListener(reader, EVERY), soxr.resample(samples, 16_000, 48_000), 4_800, rate=48_000)
    assert len(found) >= len(expected) - 1  # the resampler holds the end back
    for ours, theirs in zip(found, expected, strict=False):
        assert (ours.kind, ours.state) == (theirs.kind, theirs.state)
        if ours.verdict is not None:
            np.testing.assert_allclose(ours.angles, theirs.angles, atol=3.0)


@pytest.mark.parametrize(
    ("change", "state", "is_judged"),
    [
        (lambda samples: samples, "speech", True),
        (lambda samples: np.clip(30 * samples, -1, 1), "clipped", True),
        (lambda samples: samples / 100, "too quiet", False),
        (lambda samples: 0 * samples, "silence", False),
        (lambda samples: samples[::-1][:8_000].repeat(4), "silence", False),  # noise alone
    ],
)
def test_each_kind_of_sound_has_its_state_and_only_some_are_judged(reader, sound, change, state, is_judged):
    samples = change(sound(3.0, (0.5, 2.4)))
    last = windows(in_blocks(LiveListener(reader, EVERY), np.ascontiguousarray(samples, dtype=np.float32), 1_600))[9]
    assert last.state == state
    for figures in (last.verdict, last.probabilities, last.angles, last.embedding):
        assert (figures is not None) is is_judged


def test_outside_every_range_the_verdict_is_none_of_these(reader, sound):
    from ser_core.inference import Reader

    nothing = dataclasses.replace(reader.checkpoint, ranges=np.zeros(len(reader.labels), dtype=np.float32))
    heard = in_blocks(LiveListener(Reader(nothing), EVERY), sound(3.0, (0.5, 2.0)), 1_600)
    assert {prediction.verdict for prediction in heard} == {None, NONE_OF_THESE}
    assert utterances(heard)


def test_a_moment_tells_whether_somebody_speaks_at_its_end_and_how_loud_it_is(reader, sound):
    heard = windows(in_blocks(LiveListener(reader, EVERY), sound(3.0, (1.0, 2.0)), 1_600))
    assert [prediction.seconds for prediction in heard if prediction.speaking] == pytest.approx(
        [1.2, 1.4, 1.6, 1.8, 2.0, 2.2]
    )
    assert heard[7].level_dbfs > heard[0].level_dbfs + 20
    assert all(prediction.milliseconds > 0 for prediction in heard)


def test_the_summary_is_the_mean_over_the_judged_windows(reader, sound):
    listener = LiveListener(reader, EVERY)
    assert listener.summary() is None
    judged = [
        prediction
        for prediction in windows(in_blocks(listener, sound(5.0, (1.0, 3.0)), 1_600))
        if prediction.embedding is not None
    ]
    summary = listener.summary()
    for number, label in enumerate(reader.labels):
        angles = [prediction.angles[number] for prediction in judged]
        assert summary.angles_degrees[label] == pytest.approx(sum(angles) / len(angles))
    mean = sum(prediction.embedding / np.linalg.norm(prediction.embedding) for prediction in judged) / len(judged)
    np.testing.assert_allclose(summary.embedding, mean, atol=1e-6)
    expected = np.mean([prediction.probabilities for prediction in judged], axis=0)
    assert list(summary.probabilities.values()) == pytest.approx(expected.tolist())
    assert summary.emotion == min(summary.angles_degrees, key=summary.angles_degrees.get)
    assert summary.duration_seconds == pytest.approx(0.2 * len(judged))


# ------------------------------------------------------------------------------------------------ too late
def test_of_a_block_with_old_windows_only_the_newest_is_read_and_the_others_are_counted(reader, sound):
    listener = LiveListener(reader, LiveSettings(patience_seconds=1.0))
    samples = sound(10.0, (1.0, 2.0), (4.0, 8.0))
    heard = listener.feed(samples, 16_000)
    assert [prediction.seconds for prediction in windows(heard)] == [10.0]
    assert len(utterances(heard)) == 2  # nobody's words are skipped
    counters = listener.counters
    assert (counters.windows, counters.skipped) == (1, 49)
    assert counters.seconds == 10.0


def test_a_model_slower_than_the_microphone_leaves_out_windows_and_falls_no_further_behind(reader, sound, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(module.time, "perf_counter", lambda: clock[0])

    class Slow:
        def __getattr__(self, name):
            return getattr(reader, name)

        def read_many(self, signals):
            clock[0] += 0.5  # for 0.2 s of sound
            return reader.read_many(signals)

    listener = LiveListener(Slow(), LiveSettings(patience_seconds=1.0))
    samples = sound(30.0, (0.5, 30.0))
    read, behind = 0, []
    while read < len(samples):  # whoever feeds takes what came meanwhile
        came = min(len(samples), round(clock[0] * 16_000))
        if came - read < 1_600:
            clock[0] += 0.1
            continue
        listener.feed(samples[read:came], 16_000)
        read = came
        behind.append(clock[0] - came / 16_000)
    counters = listener.counters
    assert counters.windows + counters.skipped == 150
    assert counters.skipped > 75
    assert max(behind) <= 1.0 + 2 * 0.5  # the patience, and a window that began just before its end
    assert counters.milliseconds_slowest == pytest.approx(500)


# ------------------------------------------------------------------------------------------------ holes
def test_nothing_is_read_across_a_hole_and_time_goes_on(reader, sound):
    listener = LiveListener(reader, EVERY)
    in_blocks(listener, sound(2.0, (0.5, 2.0)), 1_600)
    interrupted = listener.gap(3.0)
    assert [prediction.kind for prediction in interrupted] == ["utterance"]
    assert interrupted[0].seconds == pytest.approx(2.0)
    after = sound(2.0, (0.5, 1.5))
    heard = windows(in_blocks(listener, after, 1_600))
    assert heard[0].seconds == pytest.approx(5.2)
    assert [prediction.start_seconds for prediction in heard] == pytest.approx([5.0] * 10)
    assert_reads(heard[-1], reader, after)
    counters = listener.counters
    assert (counters.gaps, counters.lost_seconds) == (1, 3.0)
    assert counters.seconds == pytest.approx(7.0)


@pytest.mark.parametrize("seconds", [0.3, 3.0, 9.0])
def test_what_was_said_before_a_hole_is_not_heard_again_behind_it(reader, sound, seconds):
    listener = LiveListener(reader, EVERY)
    assert len(utterances(in_blocks(listener, sound(4.0, (1.0, 2.0)), 1_600))) == 1
    assert listener.gap(seconds) == []
    assert utterances(in_blocks(listener, np.zeros(1_000, dtype=np.float32), 1_000)) == []
    assert listener.gap(seconds) == []
    assert utterances(in_blocks(listener, sound(4.0, (1.0, 2.0)), 1_600)) != []
    assert listener.counters.utterances == 2


# ------------------------------------------------------------------------------------------------ memory
def test_minutes_fed_at_once_leave_memory_as_it_was(reader, sound):
    listener = LiveListener(reader, LiveSettings(patience_seconds=0, hop_seconds=0.5))
    half = sound(30.0, *((start, start + 4.0) for start in range(1, 30, 10)))
    in_blocks(listener, half, 5 * 16_000)
    tracemalloc.start()
    sizes = []
    for _ in range(9):
        in_blocks(listener, half, 5 * 16_000)
        sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert max(sizes) - sizes[0] < 50_000  # one more second of samples would be more
    assert listener.counters.seconds == 300
    assert listener.counters.utterances == 30


# ------------------------------------------------------------------------------------------------ refusals
def test_a_block_that_is_no_sound_is_refused_and_listening_goes_on(reader, sound):
    listener = LiveListener(reader, EVERY)
    with pytest.raises(InputError, match="pass its length to gap"):
        listener.feed(np.full(100, np.nan, dtype=np.float32), 16_000)
    assert listener.feed(np.zeros(0, dtype=np.float32), 16_000) == []
    assert len(windows(listener.feed(sound(1.0), 16_000))) == 5


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({"window_seconds": 0.1}, "live.window_seconds between 0.5 and 10; got 0.1"),
        ({"hop_seconds": 3.0}, "live.hop_seconds of at most the window's 2; got 3. With a longer hop"),
        ({"pause_seconds": math.nan}, "live.pause_seconds between 0.2 and 5; got nan"),
    ],
)
def test_settings_that_cannot_be_are_refused(changes, advice):
    with pytest.raises(ConfigError, match=advice):
        LiveSettings(**changes)
