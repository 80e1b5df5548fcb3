"""What phones and browsers record was refused without advice on the page, and with wrong advice in a corpus."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.audio import decoding, opening
from ser_core.audio.reading import read_audio
from ser_core.audio.streaming import AudioStream
from ser_core.corpora import open_corpus
from ser_core.corpora.folder import require_readable
from ser_core.errors import AudioError, CorpusError, FormatError
from ser_core.types import FloatArray

BEGINNINGS = {
    "m4a": b"\0\0\0\x1cftypM4A \0\0\2\0isomiso2",
    "3gp": b"\0\0\0\x1cftyp3gp4\0\0\2\0isom3gp4",
    "webm": b"\x1a\x45\xdf\xa3\x9fB\x86\x81\1B\xf7\x81\1B\xf2\x81\4webm",
    "aac": b"\xff\xf1\x50\x80\x2f\xff\xfc\x21\x17\x59",
    "amr": b"#!AMR\n" + bytes(40),
    "wma": b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c",
    "au": b"\0\0\0\x1cftypM4A \0\0\2\0isomiso2",  # libsndfile takes the name for samples without a header
}
# Container, codec, sample rate, channels: what phones, browsers and messengers write.
MADE = [
    ("ipod", "aac", 44_100, 1), ("webm", "libopus", 48_000, 2), ("adts", "aac", 16_000, 1),
    ("amr", "libopencore_amrnb", 8_000, 1),
]  # fmt: skip


@pytest.fixture(scope="module")
def voice() -> FloatArray:
    corpus = open_corpus("demo")
    samples, _ = soundfile.read(corpus.path(corpus.utterances[0]), dtype="float32")
    return 0.5 * samples / np.abs(samples).max()


def made(voice: FloatArray, container: str, codec: str, rate: int, channels: int) -> bytes:
    av = pytest.importorskip("av")
    import soxr

    samples = np.repeat(soxr.resample(voice, 16_000, rate)[None], channels, axis=0).astype(np.float32)
    file, layout = io.BytesIO(), "stereo" if channels == 2 else "mono"
    with av.open(file, "w", format=container) as output:
        try:
            stream = output.add_stream(codec, rate=rate, layout=layout)
        except (av.FFmpegError, ValueError):
            pytest.skip(f"PyAV encodes no {codec} here.")
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout=layout)
        frame.rate = rate
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            output.mux(packet)
    return file.getvalue()


@pytest.mark.parametrize("suffix", BEGINNINGS)
def test_without_a_decoder_the_advice_is_the_same_from_predict_and_in_a_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(opening, "can_decode", lambda: False)
    path = tmp_path / f"memo.{suffix}"
    path.write_bytes(BEGINNINGS[suffix] + bytes(2_000))
    with pytest.raises(FormatError) as refused:
        read_audio(path)
    assert refused.value.advice == opening.CONVERT_OR_DECODE
    assert "ffmpeg -i INPUT output.wav" in refused.value.advice
    assert decoding.EXTRA in refused.value.advice
    with pytest.raises(CorpusError) as unlisted:
        require_readable([path])
    assert refused.value.advice in str(unlisted.value)
    assert refused.value.got in str(unlisted.value)


@pytest.mark.parametrize(("container", "codec", "rate", "channels"), MADE)
def test_with_a_decoder_it_is_read_like_any_file(
    tmp_path: Path, voice: FloatArray, container: str, codec: str, rate: int, channels: int
) -> None:
    path = tmp_path / "memo"
    path.write_bytes(made(voice, container, codec, rate, channels))
    signal = read_audio(path)
    assert (signal.original_sample_rate, signal.channels) == (rate, channels)
    assert signal.duration_seconds == pytest.approx(len(voice) / 16_000, abs=0.15)
    shifts = np.correlate(signal.samples, voice, "full")
    aligned = shifts.max() / (np.linalg.norm(signal.samples) * np.linalg.norm(voice))
    assert aligned > (0.5 if codec == "libopencore_amrnb" else 0.9)
    stream = AudioStream(path)
    np.testing.assert_array_equal(np.concatenate(list(stream.blocks())), signal.samples)
    part = read_audio(io.BytesIO(path.read_bytes()), start=0.3, end=0.8)
    if rate == 16_000:
        np.testing.assert_array_equal(part.samples, signal.samples[4_800:12_800])
    assert len(part.samples) == pytest.approx(8_000, abs=1)
    require_readable([path])


def test_what_is_cut_off_or_no_sound_at_all_is_refused(voice: FloatArray) -> None:
    content = made(voice, "ipod", "aac", 44_100, 1)
    for damaged in (content[: len(content) // 2], BEGINNINGS["m4a"] + bytes(3_000), BEGINNINGS["webm"] + bytes(3_000)):
        with pytest.raises(AudioError, match=r"Expected .* memo\.m4a"):
            read_audio(io.BytesIO(damaged), name="memo.m4a")
    fragmented = made(voice, "webm", "libopus", 48_000, 1)
    assert read_audio(io.BytesIO(fragmented[: len(fragmented) * 3 // 4])).duration_seconds < len(voice) / 16_000


def test_samples_without_a_header_are_not_handed_to_the_decoder(tmp_path: Path) -> None:
    path = tmp_path / "noise.au"
    path.write_bytes(np.random.default_rng(0).integers(-(2**15), 2**15, 40_000).astype("<i2").tobytes())
    with pytest.raises(FormatError, match="raw samples without a header"):
        read_audio(path)


@pytest.mark.parametrize("ending", ["os.kill(os.getpid(), 9)", "os._exit(1)"])
def test_a_file_that_ends_its_decoder_ends_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    pytest.importorskip("av")
    worker = tmp_path / "worker.py"
    worker.write_text(f"import os, sys\nsys.stdin.buffer.read()\n{ending}\n")
    monkeypatch.setattr(decoding.decoding_worker, "__file__", str(worker))
    with pytest.raises(AudioError, match=r"memo\.m4a; got an MPEG-4 recording .* cannot be decoded"):
        read_audio(io.BytesIO(BEGINNINGS["m4a"] + bytes(2_000)), name="memo.m4a")
