"""The clips of people that ship: small, complete, well recognised, of many speakers, under terms that allow it."""

import sys
from collections import Counter
from pathlib import Path

import pytest
import soundfile

from ser_core.corpora import CORPORA, emodb, emodb_clips, open_corpus
from ser_core.inference.atlas import corpus_roots

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def manifest():
    return open_corpus("emodb-clips")


def test_every_emotion_is_heard_from_several_of_at_least_five_speakers(manifest):
    emotions = Counter(clip.emotion for clip in manifest.utterances)
    assert set(emotions) == set(emodb.EMOTION_CODES.values())
    assert min(emotions.values()) >= 4
    assert 36 <= len(manifest.utterances) <= 48
    assert len(manifest.speakers) >= 5
    cells = Counter((clip.speaker, clip.emotion) for clip in manifest.utterances)
    assert set(cells.values()) == {1}
    assert {clip.gender for clip in manifest.utterances} == {"male", "female"}


def test_the_files_are_short_whole_and_small(manifest):
    total = 0
    for clip in manifest.utterances:
        found = soundfile.info(manifest.path(clip))
        assert (found.samplerate, found.channels, found.format, found.subtype) == (16_000, 1, "FLAC", "PCM_16")
        assert 1 < found.duration < 3.5
        total += manifest.path(clip).stat().st_size
    assert total < 2_000_000
    on_disk = {path.stem for path in emodb_clips.CLIPS_ROOT.rglob("*.flac")}
    assert on_disk == {Path(clip.file).stem for clip in manifest.utterances}


def test_they_say_that_they_are_acted_and_under_which_terms(manifest):
    assert "Acted German" in manifest.licence
    assert "CC0 1.0" in manifest.licence
    assert manifest.citation == emodb.CITATION
    assert not CORPORA["emodb-clips"].artificial
    readme = (emodb_clips.CLIPS_ROOT / "README.md").read_text(encoding="utf-8")
    assert f"{len(manifest.utterances)} clips" in readme
    assert "CC0 1.0" in readme
    assert any("says nothing about EmoDB" in note for note in manifest.notes)


def test_a_model_that_knows_them_finds_their_sound_in_the_package(manifest):
    roots = corpus_roots("emodb-clips", None)
    assert all(any((root / clip.file).is_file() for root in roots) for clip in manifest.utterances)


@pytest.mark.real
def test_the_script_chooses_the_same_clips_from_the_corpus(real_data, manifest, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(REPOSITORY / "tools"), *sys.path])
    import make_emodb_clips

    chosen = {path.stem: path for path in make_emodb_clips.chosen(real_data / "emodb")}
    assert set(chosen) == {Path(clip.file).stem for clip in manifest.utterances}
    for clip in manifest.utterances:
        shipped, _ = soundfile.read(manifest.path(clip), dtype="int16")
        original, _ = soundfile.read(chosen[Path(clip.file).stem], dtype="int16")
        assert (shipped == original).all()
