"""Files of listed utterances: their spelling on disk, and stretches that lie inside them."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.corpora.manifest import Utterance
from ser_core.corpora.speech_files import as_on_disk, require_speech
from ser_core.errors import CorpusError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one file of two seconds."""
    soundfile.write(tmp_path / "two.wav", np.zeros(32_000), 16_000)
    return tmp_path


def utterance(start: float | None = None, end: float | None = None, file: str = "two.wav") -> Utterance:
    return Utterance(file=file, speaker="a", emotion="sad", start=start, end=end)


@pytest.mark.parametrize("stretch", [(None, None), (0.0, 2.0), (1.5, None), (None, 0.5), (0.0, 2.0001)])
def test_a_stretch_inside_its_file_passes(root, stretch):
    require_speech(root, [utterance(*stretch)])


@pytest.mark.parametrize("stretch", [(0.0, 2.5), (2.0, None), (3.0, 4.0)])
def test_a_stretch_beyond_its_file_is_named_with_both_lengths(root, stretch):
    with pytest.raises(CorpusError, match=r"1 row\(s\) reach beyond: two\.wav \(.* s of 2 s\)"):
        require_speech(root, [utterance(0.0, 1.0), utterance(*stretch)])


def test_a_stretch_too_short_to_hold_speech_is_named(root):
    with pytest.raises(CorpusError, match=r"1 row\(s\) are shorter: two\.wav \(1\.99 to 2 s of 2 s\)"):
        require_speech(root, [utterance(1.99, 2.0)])


def test_a_missing_file_is_named(root):
    with pytest.raises(CorpusError, match="gone"):
        require_speech(root, [utterance(file="gone.wav")])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_in_the_other_unicode_form_is_spelled_as_on_disk(tmp_path, form):
    other = {"NFC": "NFD", "NFD": "NFC"}[form]
    on_disk, listed = (unicodedata.normalize(one, "wütend.wav") for one in (form, other))
    (tmp_path / on_disk).touch()
    (found, unknown) = as_on_disk(tmp_path, [utterance(file=listed), utterance(file="nowhere.wav")])
    assert (tmp_path / found.file).exists()
    assert unicodedata.normalize("NFC", found.file) == "wütend.wav"
    assert found.file == on_disk
    assert unknown.file == "nowhere.wav"  # what is not there keeps its name, for the message
