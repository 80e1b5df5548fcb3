"""One recording under two speakers or labels was learned from and tested on at once."""

import os
import re
import shutil

import numpy as np
import pytest
import soundfile

from ser_core.corpora import copies, open_corpus
from ser_core.corpora.protocols import make_folds
from ser_core.corpora.splits import groups, speaker_units
from ser_core.errors import CorpusError


@pytest.fixture
def corpus(tmp_path):
    """Return a function that lists twelve recordings of four speakers, some of them copies of others."""

    def make(copied: dict[int, int], *, link: bool = False, columns: str = ""):
        rows = ["file,speaker,emotion" + (",recording" if columns else "")]
        for number in range(24):
            name = f"u{number:02}.wav"
            path = tmp_path / name
            if number in copied:
                (os.link if link else shutil.copy)(tmp_path / f"u{copied[number]:02}.wav", path)
            else:
                tone = 0.1 * np.sin(np.arange(8_000) * (number + 5) / 100)
                soundfile.write(path, tone, 16_000)
            rows.append(f"{name},s{number // 6},{('sad', 'happy')[number % 2]}" + (f",{columns}" if columns else ""))
        (tmp_path / "list.csv").write_text("\n".join(rows))
        return open_corpus(str(tmp_path / "list.csv"))

    return make


@pytest.mark.parametrize("link", [False, True])
@pytest.mark.parametrize(
    ("copied", "told"),
    [
        ({7: 0}, r"2 recordings .* u00.wav \(s0, sad\) and u07.wav \(s1, happy\)\. Splits keep"),
        ({6: 0}, r"2 recordings .* u00.wav \(s0, sad\) and u06.wav \(s1, sad\)"),
        ({1: 0}, r"2 recordings .* u00.wav \(s0, sad\) and u01.wav \(s0, happy\)"),
        ({6: 0, 12: 0, 19: 1}, r"5 recordings .* u00.wav .* and u06.wav .*, u01.wav .* and u19.wav"),
        ({2: 0}, None),
        ({}, None),
    ],
)
def test_copies_under_several_speakers_or_labels_are_told_and_kept_together(corpus, copied, told, link):
    manifest = corpus(copied, link=link)
    notes = [note for note in manifest.notes if "byte for byte" in note]
    assert bool(notes) == (told is not None)
    if told is not None:
        assert re.search(told, notes[0])
    joined = [set(group) for group in groups(manifest) if len(group) > 1]
    for copy, original in copied.items():
        assert any({copy, original} <= group for group in joined)
    assert sum(map(len, joined)) == len({*copied, *copied.values()})


@pytest.mark.parametrize("protocol", ["random-70-30", "random-5-fold"])
def test_no_split_by_recording_separates_copies(corpus, protocol):
    manifest = corpus({7: 0, 13: 0, 20: 3, 21: 4})
    for fold in make_folds(manifest, protocol, seed=0):
        for part in (fold.train, fold.development, fold.test):
            for pair in ({0, 7}, {0, 13}, {3, 20}, {4, 21}):
                assert len(pair & set(part)) in (0, 2)


def test_speakers_who_share_a_copy_are_one_unit(corpus):
    units = speaker_units(corpus({6: 0}))
    assert [unit.speakers for unit in units] == [("s0", "s1"), ("s2",), ("s3",)]


def test_copies_that_the_list_itself_joins_are_known(corpus):
    assert not any("byte for byte" in note for note in corpus({6: 0}, columns="one").notes)


def test_files_of_one_size_are_told_apart_and_each_is_read_in_whole_only_when_its_blocks_are_equal(corpus, monkeypatch):
    whole = []
    monkeypatch.setattr(copies, "_digest", lambda path, *version: whole.append(path.name))
    corpus({7: 0})
    assert set(whole) == {"u00.wav", "u07.wav"}


def test_files_that_differ_only_between_the_blocks_are_no_copies(tmp_path):
    for number in range(2):
        content = bytearray(60_000)
        content[10_000] = number
        (tmp_path / f"{number}.wav").write_bytes(content)
    named = copies.sounds([tmp_path / "0.wav", tmp_path / "1.wav", tmp_path / "gone.wav"])
    assert len(set(named.values())) == 3


def test_a_file_that_changed_is_read_again(tmp_path):
    for number in range(2):
        (tmp_path / f"{number}.wav").write_bytes(bytes(5_000))
    paths = [tmp_path / "0.wav", tmp_path / "1.wav"]
    assert len(set(copies.sounds(paths).values())) == 1
    paths[1].write_bytes(bytes(4_999) + b"x")
    os.utime(paths[1], ns=(1, 1))
    assert len(set(copies.sounds(paths).values())) == 2


def test_too_few_speakers_beside_copies_are_told_with_the_reason(corpus):
    manifest = corpus({6: 0, 12: 0, 18: 0})
    with pytest.raises(
        CorpusError, match=r"has 1 \(s0 with s1 with s2 with s3; those who share .* copies .* count once\)"
    ):
        make_folds(manifest, "held-out-speakers", seed=0)
