"""Every file that a person may bring: read with a note, or refused with advice."""

import io
import re
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from ser_core.audio.reading import read_audio, write_flac
from ser_core.errors import AudioError, StorageError
from ser_core.types import FloatArray


def tone(seconds: float, rate: int, hertz: float = 200.0, amplitude: float = 0.3) -> FloatArray:
    return (amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def written(path: Path, samples: FloatArray, rate: int, **settings: str) -> Path:
    soundfile.write(path, samples, rate, **settings)
    return path


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3", "aiff"])
def test_every_common_format_is_read_as_the_tone_that_was_written(tmp_path: Path, suffix: str) -> None:
    signal = read_audio(written(tmp_path / f"a.{suffix}", tone(1.0, 16_000), 16_000))
    assert signal.samples.dtype == np.float32
    assert signal.duration_seconds == pytest.approx(1.0, abs=0.01)
    spectrum = np.abs(np.fft.rfft(signal.samples))
    assert spectrum.argmax() * 16_000 / len(signal.samples) == pytest.approx(200, abs=2)


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "FLOAT", "DOUBLE", "ALAW"])
def test_every_sample_format_of_a_wav_file_is_read(tmp_path: Path, subtype: str) -> None:
    signal = read_audio(written(tmp_path / "a.wav", tone(0.5, 16_000), 16_000, subtype=subtype))
    np.testing.assert_allclose(signal.samples, tone(0.5, 16_000), atol=0.02)


@pytest.mark.parametrize("rate", [3_000, 8_000, 11_025, 22_050, 44_100, 48_000, 192_000])
def test_every_sample_rate_becomes_16_khz_and_keeps_length_and_tone(tmp_path: Path, rate: int) -> None:
    signal = read_audio(written(tmp_path / "a.wav", tone(1.0, rate), rate, subtype="FLOAT"))
    assert (signal.sample_rate, signal.original_sample_rate) == (16_000, rate)
    assert len(signal.samples) == pytest.approx(16_000, abs=1)
    inner = slice(2_000, 14_000)
    np.testing.assert_allclose(signal.samples[inner], tone(1.0, 16_000)[: len(signal.samples)][inner], atol=2e-3)
    assert any("less certain" in note for note in signal.notes) == (rate < 16_000)


def test_resampling_in_blocks_equals_resampling_at_once(
    tmp_path: Path, random: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = random.normal(scale=0.1, size=44_100).astype(np.float32)
    path = written(tmp_path / "a.wav", noise, 44_100, subtype="FLOAT")
    monkeypatch.setattr("ser_core.audio.mixing._BLOCK_VALUES", 1_000)
    np.testing.assert_allclose(read_audio(path).samples, soxr.resample(noise, 44_100, 16_000), atol=1e-6)


def test_channels_are_averaged(tmp_path: Path) -> None:
    left, right = tone(0.5, 16_000, 200), tone(0.5, 16_000, 300)
    signal = read_audio(written(tmp_path / "a.wav", np.stack([left, right], axis=1), 16_000, subtype="FLOAT"))
    np.testing.assert_allclose(signal.samples, (left + right) / 2, atol=1e-6)
    assert signal.channels == 2
    assert signal.notes == ()


def test_eight_channels_are_read_with_a_note(tmp_path: Path) -> None:
    signal = read_audio(written(tmp_path / "a.wav", np.repeat(tone(0.5, 16_000)[:, None], 8, axis=1), 16_000))
    assert signal.channels == 8
    assert "8 channels were averaged to one." in signal.notes


def test_one_live_channel_of_eight_is_kept(tmp_path: Path) -> None:
    channels = np.zeros((8_000, 8), dtype=np.float32)
    channels[:, 3] = tone(0.5, 16_000)
    signal = read_audio(written(tmp_path / "a.wav", channels, 16_000))
    np.testing.assert_allclose(signal.samples, tone(0.5, 16_000) / 8, atol=1e-4)


def test_channels_of_opposite_sign_do_not_cancel(tmp_path: Path) -> None:
    opposite = np.stack([tone(0.5, 16_000), -0.99 * tone(0.5, 16_000)], axis=1)
    signal = read_audio(written(tmp_path / "a.wav", opposite, 16_000, subtype="FLOAT"))
    np.testing.assert_allclose(signal.samples, tone(0.5, 16_000), atol=1e-6)
    assert any("channel 1 was used alone" in note for note in signal.notes)


def test_start_and_end_cut_exactly(tmp_path: Path, random: np.random.Generator) -> None:
    noise = random.normal(scale=0.1, size=16_000).astype(np.float32)
    path = written(tmp_path / "a.wav", noise, 16_000, subtype="FLOAT")
    np.testing.assert_array_equal(read_audio(path, start=0.25, end=0.5).samples, noise[4_000:8_000])
    np.testing.assert_array_equal(read_audio(path, start=0.5).samples, noise[8_000:])
    with pytest.raises(AudioError, match=r"start and end inside the 1\.00 s of a\.wav; got 0\.5 s to 2 s.*manifest"):
        read_audio(path, start=0.5, end=2.0)
    with pytest.raises(AudioError, match="start and end inside"):
        read_audio(path, start=0.5, end=0.25)


def test_an_open_file_is_read_like_a_path_and_named_in_messages(tmp_path: Path) -> None:
    path = written(tmp_path / "a.flac", tone(0.5, 16_000), 16_000)
    memory = io.BytesIO(path.read_bytes())
    np.testing.assert_array_equal(read_audio(memory).samples, read_audio(str(path)).samples)
    with pytest.raises(AudioError, match=r"Expected audio in voice\.wav; got an empty file"):
        read_audio(io.BytesIO(b""), name="voice.wav")


def test_clipping_is_noted_and_its_absence_is_not(tmp_path: Path) -> None:
    loud = np.clip(tone(0.5, 16_000, amplitude=3.0), -1, 1)
    assert any("clipped" in note for note in read_audio(written(tmp_path / "a.wav", loud, 16_000)).notes)
    assert read_audio(written(tmp_path / "b.wav", tone(0.5, 16_000, amplitude=0.98), 16_000)).notes == ()


def test_a_very_quiet_recording_is_noted(tmp_path: Path) -> None:
    signal = read_audio(written(tmp_path / "a.wav", tone(0.5, 16_000, amplitude=0.005), 16_000))
    assert any("peak lies 46 dB below full scale" in note for note in signal.notes)


def test_one_hour_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "hour.wav"
    with soundfile.SoundFile(path, "w", 8_000, 1, subtype="PCM_U8") as file:
        minute = tone(60, 8_000)
        for _ in range(60):
            file.write(minute)
    tracemalloc.start()
    signal = read_audio(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert signal.duration_seconds == pytest.approx(3600, abs=0.01)
    assert any("60 minutes long" in note for note in signal.notes)
    assert peak < signal.samples.nbytes + 50e6


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"Expected audio in a\.wav; got an empty file \(0 bytes\)\. Copy or download it again"),
        (b"this is no audio at all\n" * 50, r"Expected audio in a\.wav .*; got something else .*Convert it to WAV"),
        (b"RIFF\x00\x00\x00\x00WAVE", r"Expected .*a\.wav.*again"),
    ],
)
def test_a_file_that_is_no_audio_is_refused_with_advice(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(AudioError, match=message):
        read_audio(path)
    with pytest.raises(AudioError, match=message):
        read_audio(io.BytesIO(content), name="a.wav")


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3", "aiff"])
def test_a_truncated_file_is_refused_in_every_format(tmp_path: Path, suffix: str, random: np.random.Generator) -> None:
    path = written(tmp_path / f"a.{suffix}", random.normal(scale=0.1, size=48_000).astype(np.float32), 16_000)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(AudioError, match=r"Expected .* in a\..*Copy or download it again"):
        read_audio(path)


@pytest.mark.parametrize("subtype", ["VORBIS", "OPUS"])
@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_an_ogg_file_with_damage_anywhere_is_refused(
    tmp_path: Path, subtype: str, place: float, random: np.random.Generator
) -> None:
    path = written(
        tmp_path / "a.ogg", random.normal(scale=0.1, size=61_440).astype(np.float32), 16_000, subtype=subtype
    )
    content = bytearray(path.read_bytes())
    assert len(read_audio(io.BytesIO(content + b"TAG of a player")).samples) == 61_440
    begin = int(place * len(content))
    content[begin : begin + 50] = bytes(byte ^ 255 for byte in content[begin : begin + 50])
    path.write_bytes(content)
    for source in (path, io.BytesIO(content)):
        with pytest.raises(AudioError, match=r"Expected .* Copy or download it again"):
            read_audio(source)


def test_an_ogg_file_without_one_of_its_pages_is_refused_and_a_broadcast_from_its_middle_is_read(
    tmp_path: Path, random: np.random.Generator
) -> None:
    path = written(tmp_path / "a.ogg", random.normal(scale=0.1, size=96_000).astype(np.float32), 16_000)
    content = path.read_bytes()
    begins = [found.start() for found in re.finditer(b"OggS", content)]
    middle = len(begins) // 2
    with pytest.raises(AudioError, match=r"got one with damaged parts"):
        read_audio(io.BytesIO(content[: begins[middle]] + content[begins[middle + 1] :]))
    read_audio(io.BytesIO(content[: begins[2]] + content[begins[middle] :]))


def test_an_mp3_file_that_lost_a_frame_is_read_with_a_note(tmp_path: Path, random: np.random.Generator) -> None:
    path = written(tmp_path / "a.mp3", random.normal(scale=0.1, size=96_000).astype(np.float32), 16_000)
    content = bytearray(path.read_bytes())
    assert read_audio(path).notes == ()
    begin = content.index(content[4 * 288 : 4 * 288 + 2], len(content) // 2)
    content[begin : begin + 50] = bytes(byte ^ 255 for byte in content[begin : begin + 50])
    path.write_bytes(content)
    assert any("slightly less sound than its header says" in note for note in read_audio(path).notes)


def test_a_wav_file_from_a_pipe_whose_header_has_no_length_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", tone(0.5, 16_000), 16_000)
    content = bytearray(path.read_bytes())
    content[4:8] = content[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    assert read_audio(path).duration_seconds == pytest.approx(0.5)


def test_a_recording_of_ten_milliseconds_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", tone(0.01, 16_000), 16_000)
    with pytest.raises(AudioError, match=r"at least 0\.1 s of audio in a\.wav; got 0\.010 s\. Record a longer clip"):
        read_audio(path)


def test_a_header_without_samples_is_refused_as_too_short(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", np.zeros(0, dtype=np.float32), 16_000)
    with pytest.raises(AudioError, match=r"at least 0\.1 s"):
        read_audio(path)


def test_values_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    samples = tone(0.5, 16_000)
    samples[100] = np.nan
    with pytest.raises(AudioError, match="Expected finite samples"):
        read_audio(written(tmp_path / "a.wav", samples, 16_000, subtype="FLOAT"))


def test_a_sample_rate_that_holds_no_speech_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="at least 2000 samples per second"):
        read_audio(written(tmp_path / "a.wav", tone(2, 500, 50), 500))


@pytest.mark.parametrize("name", ["n" * 300, "a\0.wav", "~nobody-of-this-name/a.wav"])
def test_a_name_that_no_system_looks_at_is_a_missing_file(name: str) -> None:
    with pytest.raises(AudioError, match=r"there is none\. Check the path"):
        read_audio(Path(name))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="there is none. Check the path"):
        read_audio(tmp_path / "none.wav")
    with pytest.raises(AudioError, match="got a folder"):
        read_audio(tmp_path)


def test_writing_flac_and_reading_it_gives_the_same_samples(tmp_path: Path) -> None:
    write_flac(tmp_path / "new" / "a.flac", tone(0.5, 16_000))
    np.testing.assert_allclose(read_audio(tmp_path / "new" / "a.flac").samples, tone(0.5, 16_000), atol=1 / 32_000)


def test_writing_flac_to_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.flac"
    write_flac(path, tone(0.5, 16_000))
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise soundfile.LibsndfileError(2, "")

    monkeypatch.setattr(soundfile.SoundFile, "write", full)
    with pytest.raises(StorageError, match="Free some space"):
        write_flac(path, tone(1.0, 16_000))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_reading_loads_no_slow_library(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", tone(0.5, 44_100), 44_100)
    script = (
        "import sys; from ser_core.audio.reading import read_audio; from ser_core.audio.activity import trim_to_speech;"
        "from ser_core.audio.level import normalise_level;"
        f"s = read_audio({str(path)!r}).samples; normalise_level(trim_to_speech(s, sample_rate=16000));"
        "print(sorted({'torch', 'numba', 'librosa', 'pandas', 'sklearn', 'scipy'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
