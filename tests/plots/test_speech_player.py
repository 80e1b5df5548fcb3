"""The player's bytes hold exactly what was recorded, and what cannot be played is refused."""

import json

import numpy as np
import pytest

from ser_core.audio.intensity import intensity_contour
from ser_core.errors import InputError
from ser_core.plots.speech_player import PlayedSound, played_sound

RATE = 16_000


def made(samples: np.ndarray, **changes) -> PlayedSound:
    return played_sound(samples, **{"sample_rate": RATE, "title": "A sound"} | changes)


def read(content: bytes) -> dict:
    """Read a sound as the browser does, from the description of its form alone."""
    assert content[:4] == b"SERM"
    length = int.from_bytes(content[4:8], "little")
    header = json.loads(content[8 : 8 + length])
    body = content[8 + length :]

    def array(packed) -> np.ndarray:
        assert packed["at"] % 8 == 0
        return np.frombuffer(body, np.dtype(packed["type"]).newbyteorder("<"), packed["length"], packed["at"])

    for name in ("samples", "speech"):
        header[name] = array(header[name])
    for name in ("intensity", "pitch"):
        header[name] = header[name] and {key: array(packed) for key, packed in header[name].items()}
    return header


@pytest.mark.parametrize("gain", [1e-30, 0.003, 1.0, 40.0])
def test_samples_travel_with_sixteen_bits_whatever_their_gain(random: np.random.Generator, gain: float):
    samples = (gain * random.uniform(-1, 1, 5_000)).astype(np.float32)
    header = read(made(samples).content)
    peak = float(np.abs(samples).max())
    assert header["peak"] == pytest.approx(peak)
    assert header["samples"].dtype == np.int16
    np.testing.assert_allclose(header["samples"] / 32_768 * header["peak"], samples, atol=peak / 32_000)


def test_the_contours_count_from_the_beginning_of_the_recording():
    samples = np.sin(np.arange(RATE) / 9).astype(np.float32)
    pitch = (np.array([59.0, 60.5, 61.5]), np.array([100.0, np.nan, 220.0]))
    sound = made(samples, begins=60.0, pitch=pitch, speech=[(10.0, 59.0), (59.5, 60.25), (60.5, 99.0), (61.0, 62.0)])
    header = read(sound.content)
    assert (sound.begins, sound.ends) == (60.0, 61.0)
    times, levels = intensity_contour(samples, sample_rate=RATE)
    np.testing.assert_allclose(header["intensity"]["times"], times + 60, rtol=1e-6)
    np.testing.assert_allclose(header["intensity"]["values"], levels, rtol=1e-6)
    np.testing.assert_array_equal(header["pitch"]["values"], pitch[1].astype(np.float32))
    np.testing.assert_array_equal(header["speech"], [60.0, 60.25, 60.5, 61.0])


def test_a_pitch_that_is_nowhere_is_left_out():
    assert read(made(np.ones(9), pitch=(np.ones(2), np.full(2, np.nan))).content)["pitch"] is None
    assert read(made(np.ones(9), pitch=(np.empty(0), np.empty(0))).content)["pitch"] is None
    assert read(made(np.ones(9)).content)["pitch"] is None


@pytest.mark.parametrize("samples", [np.ones(1), np.zeros(1), np.zeros(RATE)], ids=["one", "one of silence", "silence"])
def test_one_sample_and_silence_can_be_shown(samples: np.ndarray):
    header = read(made(samples).content)
    assert header["peak"] == 1.0
    assert len(header["samples"]) == len(samples)


def test_an_hour_is_written_in_whole_and_with_two_bytes_for_each_sample():
    samples = np.zeros(3_600 * 1_000, dtype=np.float32)
    sound = made(samples, sample_rate=1_000)
    assert sound.ends == 3_600.0
    assert len(sound.content) == pytest.approx(2 * len(samples) + 8 * 360_000, rel=0.01)


def test_the_same_sound_has_the_same_name_and_another_has_another():
    one, other = np.ones(9), np.full(9, 0.5)
    assert made(one).digest == made(one).digest
    assert len({made(one).digest, made(other).digest, made(one, begins=1.0).digest, made(one, reads=True).digest}) == 4


@pytest.mark.parametrize(
    ("samples", "advice"),
    [
        (np.empty(0), r"N > 0; got \(0,\)"),
        (np.ones((2, 9)), "Mix the channels down"),
        (np.array([0.0, np.nan]), "finite samples"),
        (np.array([0.0, np.inf]), "finite samples"),
        (np.array([0.0, -np.inf]), "finite samples"),
    ],
)
def test_what_is_no_sound_is_refused_with_advice(samples: np.ndarray, advice: str):
    with pytest.raises(InputError, match=advice):
        made(samples)


def test_a_sample_rate_and_a_pitch_that_cannot_be_are_refused():
    with pytest.raises(InputError, match="sample rate above 0 Hz; got 0"):
        made(np.ones(9), sample_rate=0)
    with pytest.raises(InputError, match="one time for each frequency"):
        made(np.ones(9), pitch=(np.ones(3), np.ones(2)))
