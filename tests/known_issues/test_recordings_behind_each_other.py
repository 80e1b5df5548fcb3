"""Of files that were put together byte for byte, only the first was read, without a word."""

import io
import struct

import numpy as np
import pytest
import soundfile

from ser_core.audio.concatenated import has_second_recording
from ser_core.audio.reading import read_audio
from ser_core.audio.streaming import AudioStream
from ser_core.cli import main
from ser_core.errors import AudioError

RATE = 16_000
ID3 = b"ID3\x04\x00\x00" + bytes((0, 0, 0, 100)) + bytes(100)
ID3V1 = b"TAG" + bytes(125)


def encoded(form: str, subtype: str | None = None, *, seed: int = 0, frames: int = RATE) -> bytes:
    file = io.BytesIO()
    samples = np.random.default_rng(seed).normal(scale=0.1, size=frames)
    soundfile.write(file, samples, RATE, format=form, subtype=subtype)
    return file.getvalue()


KINDS = [
    ("OGG", "VORBIS"), ("OGG", "OPUS"), ("FLAC", "PCM_16"), ("WAV", "PCM_16"), ("AIFF", "PCM_16"), ("AU", "PCM_16"),
    ("CAF", "PCM_16"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "subtype"), KINDS)
def test_several_recordings_in_one_file_are_refused_with_advice(form, subtype):
    both = io.BytesIO(encoded(form, subtype) + encoded(form, subtype, seed=1))
    for read in (read_audio, AudioStream):
        with pytest.raises(AudioError) as caught:
            read(both, name="both")
        told = str(caught.value)
        assert "Expected one recording in both; got several behind each other, of which only the first" in told
        assert "Use the files that were put together, one by one, or join their sound" in told


@pytest.mark.parametrize(("form", "subtype"), KINDS)
@pytest.mark.parametrize("behind", [b"", ID3V1, b"\n", bytes(1000)], ids=["nothing", "a tag", "a line", "zeros"])
def test_what_is_no_recording_may_stand_behind_one(form, subtype, behind):
    assert not has_second_recording(io.BytesIO(encoded(form, subtype) + behind))


def test_samples_of_an_odd_number_of_bytes_have_one_more_behind_them():
    odd = encoded("WAV", "PCM_U8", frames=RATE + 1)
    assert len(odd) % 2 == 0
    assert has_second_recording(io.BytesIO(odd + odd))
    assert not has_second_recording(io.BytesIO(odd))


def test_chunks_between_two_recordings_hide_nothing():
    first = bytearray(encoded("WAV", "PCM_16") + b"LIST" + struct.pack("<I", 4) + b"INFO")
    first[4:8] = struct.pack("<I", len(first) - 8)
    assert has_second_recording(io.BytesIO(bytes(first) + encoded("WAV", "PCM_16")))
    assert not has_second_recording(io.BytesIO(bytes(first)))


def test_streams_side_by_side_in_ogg_are_no_chain():
    page = struct.Struct("<4sBBqIIIBB")

    def pages(*told):
        content = (
            page.pack(b"OggS", 0, flags, position, serial, 0, 0, 1, 3) + b"abc" for flags, position, serial in told
        )
        return io.BytesIO(b"".join(content))

    assert not has_second_recording(pages((2, 0, 1), (2, 0, 2), (0, 100, 1), (4, 200, 2)))
    assert not has_second_recording(pages((2, 0, 1), (0, -1, 1), (4, 100, 1)))  # -1: no packet ends on the page
    assert has_second_recording(pages((2, 0, 1), (4, 100, 1), (2, 0, 1)))


def test_a_second_m4a_is_seen_behind_the_first():
    def box(kind, content=b""):
        return struct.pack(">I", 8 + len(content)) + kind + content

    one = box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", bytes(20)) + box(b"mdat", bytes(50))
    wide = struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", 66) + bytes(50)
    for single in (one, box(b"ftyp", b"M4A \0\0\0\0") + wide, one + box(b"moof") + box(b"mdat", b"ftyp")):
        assert not has_second_recording(io.BytesIO(single))
        assert has_second_recording(io.BytesIO(single + one))
    assert not has_second_recording(
        io.BytesIO(box(b"ftyp") + struct.pack(">I", 0) + b"mdat" + one)
    )  # to the end of the file


@pytest.mark.parametrize("between", [b"", ID3, ID3V1 + ID3], ids=["nothing", "a tag", "two tags"])
def test_an_mp3_is_read_to_its_end_whatever_the_first_frame_promises(between):
    first, second = encoded("MP3"), encoded("MP3", seed=1)
    assert b"Xing" in first or b"Info" in first
    lengths = [read_audio(io.BytesIO(content)).duration_seconds for content in (first, second)]
    signal = read_audio(io.BytesIO(first + between + second))
    assert signal.duration_seconds == pytest.approx(sum(lengths), abs=0.25)
    assert np.abs(signal.samples[round(1.4 * RATE) : round(1.6 * RATE)]).max() > 0.05
    assert signal.notes == ()


@pytest.mark.parametrize("behind", [b"", ID3V1, b"\xff\xfb\x90" * 2 + bytes(500)], ids=["nothing", "a tag", "bytes"])
def test_one_mp3_keeps_the_length_that_it_promises(behind):
    assert read_audio(io.BytesIO(encoded("MP3") + behind)).duration_seconds == pytest.approx(1.0, abs=0.001)


def test_predict_names_such_a_file_and_goes_on(tiny_checkpoint, tiny_corpus, workspace, tmp_path, capsys):
    voice = (tiny_corpus.parent / "f1_sad0.wav").read_bytes()
    (tmp_path / "both.wav").write_bytes(voice + voice)
    (tmp_path / "one.wav").write_bytes(voice)
    files = [str(tmp_path / name) for name in ("both.wav", "one.wav")]
    assert main(["predict", "--checkpoint", str(tiny_checkpoint), *files]) == 2
    printed = capsys.readouterr()
    assert "Expected one recording in both.wav; got several behind each other" in " ".join(printed.err.split())
    assert "one.wav" in printed.out
