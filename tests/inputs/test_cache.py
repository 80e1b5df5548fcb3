"""Frames on disk are found again by content and settings, and a cache that fails is no error."""

import errno
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from ser_core.errors import AudioError
from ser_core.inputs import cache as room
from ser_core.inputs.cache import Span, frames_of_files
from ser_core.inputs.spectrogram import LogMel


@pytest.fixture
def recording(tmp_path: Path, random: np.random.Generator) -> Path:
    soundfile.write(tmp_path / "a.wav", 0.1 * random.standard_normal(4_000), 16_000)
    return tmp_path / "a.wav"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """List every file that is decoded, as opposed to found in the cache."""
    decoded: list[Path] = []
    real = room.read_audio

    def read_audio(path, **options):
        decoded.append(path)
        return real(path, **options)

    monkeypatch.setattr(room, "read_audio", read_audio)
    return decoded


def cached(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.npy"))


def test_frames_are_found_again_by_content_wherever_the_file_lies(recording, reads, tmp_path):
    first = frames_of_files([Span(recording)], LogMel(), cache=tmp_path / "cache")
    moved = Path(shutil.copy(recording, tmp_path / "other name.wav"))
    again = frames_of_files([Span(moved)], LogMel(), cache=tmp_path / "cache")
    assert reads == [recording]
    torch.testing.assert_close(first, again, rtol=0, atol=0)


def test_another_setting_another_span_or_other_content_is_computed_anew(recording, reads, tmp_path):
    def ask(span=None, **settings):
        return frames_of_files([span or Span(recording)], LogMel(**settings), cache=tmp_path / "cache")

    ask()
    ask(mel_bands=20)
    ask(window="hamming")
    ask(Span(recording, 0.05, 0.2))
    soundfile.write(recording, np.linspace(-0.5, 0.5, 4_000), 16_000)
    ask()
    assert len(reads) == 5
    assert len(cached(tmp_path / "cache")) == 5


@pytest.mark.parametrize("damage", [b"", b"no array", "half", "other shape", "other type"])
def test_a_damaged_cache_file_is_computed_anew_and_replaced(recording, reads, tmp_path, damage):
    whole = frames_of_files([Span(recording)], LogMel(), cache=tmp_path / "cache")[0]
    (file,) = cached(tmp_path / "cache")
    if damage == "half":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif damage == "other shape":
        np.save(file, np.zeros((3, 5), np.float32))
    elif damage == "other type":
        np.save(file, np.zeros(whole.shape, np.float64))
    else:
        file.write_bytes(damage)
    again = frames_of_files([Span(recording)], LogMel(), cache=tmp_path / "cache")[0]
    assert torch.equal(again, whole)
    assert len(reads) == 2
    frames_of_files([Span(recording)], LogMel(), cache=tmp_path / "cache")
    assert len(reads) == 2


def test_a_cache_folder_that_cannot_be_made_is_left_out(recording, tmp_path):
    (tmp_path / "in the way").write_text("")
    assert len(frames_of_files([Span(recording)], LogMel(), cache=tmp_path / "in the way" / "cache")) == 1


def test_a_full_disk_leaves_the_cache_out_and_no_rest_behind(recording, tmp_path, monkeypatch):
    def full(*arguments, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(room.np, "save", full)
    assert len(frames_of_files([Span(recording)], LogMel(), cache=tmp_path / "cache")) == 1
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == []


def test_progress_counts_to_the_end_and_a_missing_recording_is_named(recording, tmp_path):
    told: list[tuple[int, int]] = []
    frames_of_files([Span(recording)] * 70, LogMel(), cache=tmp_path, progress=lambda *so_far: told.append(so_far))
    assert told == [(64, 70), (70, 70)]
    with pytest.raises(AudioError, match="missing.wav"):
        frames_of_files([Span(tmp_path / "missing.wav")], LogMel(), cache=tmp_path)


def test_recordings_are_read_at_the_sample_rate_of_the_front_end(recording):
    settings = LogMel(sample_rate=8_000, highest_hertz=4_000.0, transform_length=256, trim=False)
    assert frames_of_files([Span(recording)], settings)[0].shape[0] == 1 + 2_000 // settings.hop_length
