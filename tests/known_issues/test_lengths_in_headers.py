"""A length in a header is not always a promise: 0, unknown, or more than the file could hold is none."""

import io
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.audio.containers import HeaderField
from ser_core.audio.mpeg import after_tags, count_frames, mp3_stream, parsed
from ser_core.audio.opening import seconds_in
from ser_core.audio.reading import read_audio
from ser_core.audio.streaming import AudioStream
from ser_core.errors import AudioError
from ser_core.types import FloatArray

RATE = 16_000


def sound(seconds: float = 1.0) -> FloatArray:
    return np.asarray(np.random.default_rng(0).normal(scale=0.1, size=round(seconds * RATE)), dtype=np.float32)


def encoded(form: str, subtype: str | None = None, *, samples: FloatArray | None = None, **settings: object) -> bytes:
    file = io.BytesIO()
    with soundfile.SoundFile(file, "w", RATE, 1, format=form, subtype=subtype, **settings) as opened:
        opened.write(sound() if samples is None else samples)
    return file.getvalue()


def patched(content: bytes, *changes: tuple[int, bytes]) -> bytes:
    changed = bytearray(content)
    for at, new in changes:
        changed[at : at + len(new)] = new
    return bytes(changed)


def wav(riff: int, data: int, subtype: str = "PCM_16") -> bytes:
    content = encoded("WAV", subtype)
    at = content.index(b"data") + 4
    return patched(content, (4, struct.pack("<I", riff)), (at, struct.pack("<I", data)))


def aiff(form: int, frames: int, data: int) -> bytes:
    content = encoded("AIFF", "PCM_16")
    comm, ssnd = content.index(b"COMM") + 10, content.index(b"SSND") + 4
    return patched(content, *((at, struct.pack(">I", n)) for at, n in ((4, form), (comm, frames), (ssnd, data))))


def au(length: int, subtype: str = "PCM_16") -> bytes:
    return patched(encoded("AU", subtype), (8, struct.pack(">I", length)))


def caf(length: int) -> bytes:
    content = encoded("CAF", "PCM_16")
    return patched(content, (content.index(b"data") + 4, struct.pack(">q", length)))


def w64(length: int) -> bytes:
    content = encoded("W64", "PCM_16")
    return patched(content, (16, struct.pack("<q", -1)), (content.index(b"data") + 16, struct.pack("<q", length)))


def rf64(value: int) -> bytes:
    content = encoded("RF64", "PCM_16")
    return patched(content, (content.index(b"ds64") + 8, struct.pack("<3q", value, value, value)))


def flac(total: int, *, samples: FloatArray | None = None, before: bytes = b"", after: bytes = b"") -> bytes:
    content = encoded("FLAC", "PCM_16", samples=samples)
    first = content[21] & 0xF0 | total >> 32
    known = struct.pack(">BI", first, total & 0xFFFFFFFF)
    return before + patched(content, (21, known), (26, bytes(16))) + after


def id3(size: int) -> bytes:
    return b"ID3\x03\0\0" + bytes(size >> shift & 127 for shift in (21, 14, 7, 0)) + b"\x55" * size


def mp3(samples: FloatArray, *, mode: str = "CONSTANT", before: bytes = b"") -> bytes:
    """An MP3 without the frame in which its encoder wrote the length."""
    content = encoded("MP3", "MPEG_LAYER_III", samples=samples, bitrate_mode=mode, compression_level=0.5)
    first = mp3_stream(io.BytesIO(content), 0)
    assert first is not None
    assert first.declared
    return before + content[first.begin + first.first.size :]


FROM_A_PIPE: dict[str, Callable[[], bytes]] = {
    "WAV of length 0": lambda: wav(0, 0),
    "WAV of length 0, RIFF as if empty": lambda: wav(36, 0),
    "WAV of length 0 as floats": lambda: wav(0, 0, "FLOAT"),
    "WAV by ffmpeg": lambda: wav(0xFFFFFFFF, 0xFFFFFFFF),
    "WAV by sox": lambda: wav(0x7FFFF024, 0x7FFFF000),
    "WAV of the largest length with its header": lambda: wav(0x7FFFFFFF, 0x7FFFFFFF - 36),
    "WAV of the largest length less its header": lambda: wav(0xFFFFFFFF, 0xFFFFFFFF - 37),
    "AIFF of length 0": lambda: aiff(0, 0, 0),
    "AIFF without samples in its header": lambda: aiff(0, 0, 8),
    "AIFF by sox": lambda: aiff(0x7F000000, 0x3F000000, 0x7F000000),
    "AU of unknown length": lambda: au(0xFFFFFFFF),
    "AU of length 0": lambda: au(0),
    "AU of the largest length": lambda: au(0x7FFFFFFF),
    "CAF of unknown length": lambda: caf(-1),
    "CAF of length 0": lambda: caf(0),
    "W64 of length 0": lambda: w64(24),
    "W64 of unknown length": lambda: w64(-1),
    "W64 of the largest length": lambda: w64(2**63 - 1),
    "RF64 of length 0": lambda: rf64(0),
    "RF64 of unknown length": lambda: rf64(-1),
    "FLAC of unknown length": lambda: flac(0),
    "FLAC behind a tag": lambda: flac(0, before=id3(5_000)),
    "FLAC before a tag": lambda: flac(0, after=b"TAG" + bytes(125)),
    "FLAC of a length that the file cannot hold": lambda: flac(2**36 - 1),
}


@pytest.mark.parametrize("kind", FROM_A_PIPE)
def test_what_was_written_to_a_pipe_is_read_to_its_end_by_every_path(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(FROM_A_PIPE[kind]())
    expected = sound() if "floats" in kind else np.round(sound() * 32_768) / 32_768
    for source in (path, io.BytesIO(path.read_bytes())):
        signal = read_audio(source)
        np.testing.assert_allclose(signal.samples, expected, atol=1 / 30_000)
        assert signal.notes == ()
        stream = AudioStream(source)
        np.testing.assert_array_equal(np.concatenate(list(stream.blocks())), signal.samples)
        assert stream.duration_seconds == signal.duration_seconds == 1.0
        part = read_audio(source, start=0.25, end=0.75)
        np.testing.assert_array_equal(part.samples, signal.samples[4_000:12_000])
    assert seconds_in(path) == 1.0


@pytest.mark.parametrize("subtype", ["GSM610", "G721_32"])
@pytest.mark.parametrize("form", ["WAV", "AIFF"])
def test_a_file_that_cannot_seek_is_read_from_its_beginning_and_from_its_middle(form: str, subtype: str) -> None:
    if form == "AIFF" and subtype != "GSM610":
        form = "AU"
    content = encoded(form, subtype)
    signal = read_audio(io.BytesIO(content))
    assert signal.duration_seconds == pytest.approx(1.0, abs=0.04)
    part = read_audio(io.BytesIO(content), start=0.5, end=0.9)
    np.testing.assert_array_equal(part.samples, signal.samples[8_000:14_400])


@pytest.mark.parametrize("mode", ["CONSTANT", "VARIABLE"])
@pytest.mark.parametrize("tag", [0, 400, 200_000])
@pytest.mark.parametrize("beginning", ["loud", "quiet"])
def test_an_mp3_without_a_length_is_read_whole_and_without_a_note(mode: str, tag: int, beginning: str) -> None:
    parts = [sound(2), np.zeros(4 * RATE, dtype=np.float32)]
    samples = np.concatenate(parts if beginning == "loud" else parts[::-1])
    content = mp3(samples, mode=mode, before=id3(tag) if tag else b"")
    signal, stream = read_audio(io.BytesIO(content)), AudioStream(io.BytesIO(content))
    assert signal.duration_seconds == pytest.approx(6.0, abs=0.15)
    assert signal.notes == ()
    np.testing.assert_array_equal(np.concatenate(list(stream.blocks())), signal.samples)
    loud = np.abs(signal.samples) > 0.02
    assert np.mean(loud[: 2 * RATE] if beginning == "loud" else loud[4 * RATE :]) > 0.5
    part = read_audio(io.BytesIO(content), start=3.0, end=5.0)
    np.testing.assert_allclose(part.samples, signal.samples[48_000:80_000], atol=1e-4)


def test_frames_of_an_mp3_are_counted_through_damage_and_tags() -> None:
    content = mp3(sound(3))
    found = mp3_stream(io.BytesIO(content), 0)
    assert found is not None
    count = count_frames(io.BytesIO(content), found)
    assert count == pytest.approx(3 * RATE / 576, abs=4)
    middle = len(content) // 2
    for changed in (content + b"TAG" + bytes(125), content[:middle] + b"junk" * 9 + content[middle:]):
        found = mp3_stream(io.BytesIO(changed), 0)
        assert found is not None
        assert count_frames(io.BytesIO(changed), found) == pytest.approx(count, abs=1)
    tagged = io.BytesIO(id3(300) + id3(50) + content)
    assert after_tags(tagged) == 370


@pytest.mark.parametrize("header", [b"", b"\xff\xfb\x90", b"\xff\xf1\x50\x80", b"\xff\xfb\xf0\0", b"RIFF"])
def test_what_is_no_frame_of_layer_3_is_none(header: bytes) -> None:
    assert parsed(header) is None


@pytest.mark.parametrize(
    "content",
    [
        encoded("WAV", "PCM_16")[:20_000],
        encoded("AIFF", "PCM_16")[:20_000],
        encoded("AU", "PCM_16")[:20_000],
        encoded("W64", "PCM_16")[:20_000],
        encoded("FLAC", "PCM_16")[:15_000],
        wav(0, 3_000_000_000),
        wav(0, 33_000),
    ],
    ids=["WAV", "AIFF", "AU", "W64", "FLAC", "3 of 4 GB", "a little"],
)
def test_a_plausible_length_of_which_more_than_a_hundredth_is_missing_stays_a_refusal(content: bytes) -> None:
    with pytest.raises(AudioError, match=r"Expected a complete recording .* again"):
        read_audio(io.BytesIO(content), name="a")


def test_a_flac_of_unknown_length_with_damage_stays_a_refusal() -> None:
    content = flac(0)
    damaged = patched(content, (len(content) // 2, bytes(60)))
    with pytest.raises(AudioError, match=r"Expected a complete recording .* again"):
        read_audio(io.BytesIO(damaged), name="a")


@pytest.mark.parametrize(
    "content",
    [
        encoded("WAV", "PCM_16", samples=np.zeros(0, dtype=np.float32)),
        encoded("WAV", "PCM_16", samples=np.zeros(0, dtype=np.float32)) + b"LIST\x04\0\0\0INFO",
        encoded("AIFF", "PCM_16", samples=np.zeros(0, dtype=np.float32)),
    ],
    ids=["WAV", "WAV with a chunk behind", "AIFF"],
)
def test_a_recording_without_samples_is_no_recording_of_its_metadata(content: bytes) -> None:
    with pytest.raises(AudioError, match=r"at least 0\.1 s"):
        read_audio(io.BytesIO(content), name="a")


def test_hours_of_silence_in_a_small_file_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "silence.flac"
    with soundfile.SoundFile(path, "w", RATE, 1) as file:
        minute = np.zeros(60 * RATE, dtype=np.int16)
        for _ in range(91):
            file.write(minute)
    unknown = patched(path.read_bytes(), (21, struct.pack(">BI", 0xF0, 0)), (26, bytes(16)))
    for content in (path.read_bytes(), unknown):
        assert len(content) < 400_000
        tracemalloc.start()
        with pytest.raises(AudioError, match=r"at most 90 minutes .* for one answer; got 91 minutes.*Long recordings"):
            read_audio(io.BytesIO(content), name="silence.flac")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
        tracemalloc.stop()
        assert AudioStream(io.BytesIO(content)).duration_seconds == pytest.approx(91 * 60, abs=0.1)


def test_a_chunk_that_ends_beyond_every_file_is_no_overflow() -> None:
    content = w64(2**63 - 1)
    at = content.index(b"fmt ") + 16
    with pytest.raises(AudioError):
        read_audio(io.BytesIO(patched(content, (at, struct.pack("<q", 2**63 - 9)))))


def test_more_samples_than_a_field_counts_are_told_as_the_most_it_holds() -> None:
    head = bytearray(8)
    HeaderField(4, "<I", 0).put(head, 5 << 30)
    assert head[4:] == b"\xff" * 4
    HeaderField(0, "<q", 0).put(head, 5 << 30)
    assert struct.unpack("<q", head) == (5 << 30,)
