"""Floats beyond full scale: level, note, waveform and player each made something else of them."""

import io

import numpy as np
import pytest
import soundfile

from ser_core.audio.reading import read_audio
from ser_core.audio.streaming import AudioStream
from ser_core.corpora import open_corpus
from ser_core.errors import AudioError
from ser_core.types import FloatArray


@pytest.fixture(scope="module")
def voice() -> FloatArray:
    corpus = open_corpus("demo")
    clip = soundfile.read(corpus.path(corpus.utterances[0]), dtype="float32")[0]
    return 0.5 * clip / np.abs(clip).max()


def stored(samples: FloatArray, *, form: str = "WAV", subtype: str = "FLOAT") -> io.BytesIO:
    file = io.BytesIO()
    soundfile.write(file, samples, 16_000, format=form, subtype=subtype)
    return file


@pytest.mark.parametrize(("bits", "factor"), [(16, 2.0**15), (24, 2.0**23), (32, 2.0**31)])
@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(("form", "subtype"), [("WAV", "FLOAT"), ("AIFF", "DOUBLE"), ("CAF", "FLOAT")])
def test_floats_on_the_scale_of_integers_are_divided_by_it(
    voice: FloatArray, bits: int, factor: float, whole: bool, form: str, subtype: str
) -> None:
    scaled = voice * factor
    source = stored(np.rint(scaled) if whole else scaled, form=form, subtype=subtype)
    signal = read_audio(source)
    np.testing.assert_allclose(signal.samples, voice, atol=1 / 32_768)
    assert any(f"on the scale of {bits}-bit integers" in note for note in signal.notes)
    part = read_audio(source, start=0.2, end=0.6)
    np.testing.assert_array_equal(part.samples, signal.samples[3_200:9_600])
    stream = AudioStream(source)
    list(stream.blocks())
    if stream.is_mixed_well():
        pytest.fail("the scale was not noticed")
    np.testing.assert_array_equal(np.concatenate(list(stream.blocks())), signal.samples)
    assert stream.notes == signal.notes


def test_a_soft_recording_on_the_scale_of_integers_is_soft(voice: FloatArray) -> None:
    signal = read_audio(stored(np.rint(10 * voice / 0.5)))
    assert np.abs(signal.samples).max() == pytest.approx(10 / 32_768)
    assert any("16-bit" in note for note in signal.notes)
    assert any("Very quiet" in note for note in signal.notes)


@pytest.mark.parametrize("gain", [2.2, 5.0, 20.0])
def test_a_loud_mix_is_lowered_to_full_scale_and_is_not_clipped(voice: FloatArray, gain: float) -> None:
    signal = read_audio(stored(gain * voice))
    np.testing.assert_allclose(signal.samples, voice / 0.5, rtol=1e-5)
    (note,) = signal.notes
    assert f"{20 * np.log10(gain / 2):.1f} dB beyond full scale" in note


@pytest.mark.parametrize("huge", [30.0, 1e4, 1e9, 3e38, -1e30])
@pytest.mark.parametrize("count", [1, 3])
def test_single_huge_samples_are_cut_and_change_nothing_else(voice: FloatArray, huge: float, count: int) -> None:
    damaged = voice.copy()
    places = [5_000, 9_000, 12_000][:count]
    damaged[places] = huge
    signal = read_audio(stored(damaged))
    assert np.abs(signal.samples).max() == 1.0
    kept = np.delete(np.arange(len(voice)), places)
    np.testing.assert_array_equal(signal.samples[kept], voice[kept])
    (note,) = signal.notes
    assert ("One sample lies" if count == 1 else f"{count} samples lie") in note


def test_a_click_at_full_scale_within_integers_stays(voice: FloatArray) -> None:
    clicked = np.rint(voice * 1_000)
    clicked[7_000] = 32_767
    signal = read_audio(stored(clicked))
    np.testing.assert_allclose(signal.samples, clicked / 32_768, atol=1e-7)
    assert any("16-bit" in note for note in signal.notes)


def test_values_on_no_scale_are_refused(voice: FloatArray) -> None:
    with pytest.raises(AudioError, match=r"±1, or on the scale of .* got values up to 5e\+19.*Write the file again"):
        read_audio(stored(voice * 1e20), name="a.wav")


def test_what_lossy_decoders_add_beyond_full_scale_is_cut_without_a_note() -> None:
    time = np.arange(16_000) / 16_000
    square = 0.999 * np.sign(np.sin(2 * np.pi * 220 * time) + 0.1)
    source = stored(square, form="OGG", subtype="VORBIS")
    source.seek(0)
    assert soundfile.read(source)[0].max() > 1.0
    signal = read_audio(source)
    assert np.abs(signal.samples).max() == 1.0
    assert not any("beyond" in note for note in signal.notes)


def test_an_ordinary_file_of_floats_has_no_note(voice: FloatArray) -> None:
    signal = read_audio(stored(voice))
    np.testing.assert_array_equal(signal.samples, voice)
    assert signal.notes == ()


def test_both_channels_of_a_stereo_file_are_on_one_scale(voice: FloatArray) -> None:
    signal = read_audio(stored(np.column_stack([voice, 0.5 * voice]) * 2.0**15))
    np.testing.assert_allclose(signal.samples, 0.75 * voice, atol=1e-6)
