"""CREMA-D: levels, one misspelt name, the table of actors, clones without Git LFS, incomplete copies."""

from collections import Counter

import pytest

from ser_core.corpora import cremad, open_corpus
from ser_core.errors import CorpusError

FILES = ["AudioWAV/1001_DFA_ANG_XX.wav", "AudioWAV/1002_IEO_HAP_LO.wav", "AudioWAV/1091_WSI_NEU_XX.wav"]
ACTORS = '"ActorID","Age","Sex","Race","Ethnicity"\n1001,51,"Male","Caucasian","Not Hispanic"\n1002,21,"Female","",""\n'


def test_names_give_actor_sentence_emotion_and_level(make_tree):
    manifest = cremad.load(make_tree(FILES))
    first, second, third = manifest.utterances
    assert (first.file, first.speaker, first.emotion, first.sentence) == (FILES[0], "1001", "angry", "DFA")
    assert (first.intensity, second.intensity) == ("unspecified", "low")
    assert (first.text, third.text) == ("Don't forget a jacket", "We'll stop in a couple of minutes")
    assert manifest.corpus == first.corpus == "cremad"
    assert "Open Database" in manifest.licence


def test_the_table_of_actors_gives_sex_and_age_also_from_above_the_recordings(make_tree):
    root = make_tree(FILES)
    (root / "VideoDemographics.csv").write_text(ACTORS)
    for folder in (root, root / "AudioWAV"):
        first, second, third = cremad.load(folder).utterances
        assert (first.gender, first.age, second.gender, second.age) == ("male", 51, "female", 21)
        assert (third.gender, third.age) == (None, None)


def test_without_the_table_of_actors_a_note_says_where_it_is(make_tree):
    assert any("VideoDemographics.csv" in note and "github.com" in note for note in cremad.load(make_tree(FILES)).notes)


def test_a_broken_table_of_actors_is_named(make_tree):
    root = make_tree(FILES)
    (root / "VideoDemographics.csv").write_text("ActorID,Age\n1001,51\n")
    with pytest.raises(CorpusError, match=r"ActorID, Age and Sex in .*VideoDemographics\.csv.*it is optional"):
        cremad.load(root)


def test_the_one_name_that_lacks_a_letter_in_every_copy_is_read(make_tree):
    utterance = cremad.load(make_tree(["AudioWAV/1040_ITH_SAD_X.wav"])).utterances[0]
    assert (utterance.speaker, utterance.emotion, utterance.intensity) == ("1040", "sad", "unspecified")


def test_the_silent_clip_is_noted(make_tree):
    notes = cremad.load(make_tree(["AudioWAV/1076_MTI_SAD_XX.wav"])).notes
    assert any("1076_MTI_SAD_XX is reported to be silent" in note for note in notes)


def test_a_clone_without_git_lfs_is_told_to_pull(make_tree):
    root = make_tree(FILES)
    (root / FILES[1]).write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    with pytest.raises(CorpusError, match=r"1002_IEO_HAP_LO\.wav \(a pointer of Git LFS.*git lfs pull"):
        cremad.load(root)


def test_7442_clips_were_published_and_one_of_a_complete_copy_less_is_refused(make_tree, monkeypatch):
    assert sum(cremad.PUBLISHED_PER_EMOTION.values()) == 7442
    monkeypatch.setattr(cremad, "PUBLISHED_PER_EMOTION", dict.fromkeys(cremad.PUBLISHED_PER_EMOTION, 12))
    files = [f"AudioWAV/1001_{text}_{code}_XX.wav" for text in cremad.SENTENCES for code in cremad.EMOTION_CODES]
    root = make_tree(files)
    manifest = open_corpus(f"cremad:{root}")
    assert Counter(utterance.emotion for utterance in manifest.utterances) == dict.fromkeys(manifest.labels, 12)
    assert not any("published recordings are here" in note for note in manifest.notes)
    (root / "AudioWAV" / "1001_DFA_ANG_XX.wav").unlink()
    with pytest.raises(CorpusError, match=r"all 72 .*1 missing: one more angry \(11 of 12\)\. Copy the corpus again"):
        cremad.load(root)


def test_a_part_loads_with_a_note(make_tree):
    assert any("3 of the 7442 published" in note for note in cremad.load(make_tree(FILES)).notes)


@pytest.mark.parametrize("name", ["hello.wav", "1092_DFA_ANG_XX.wav", "DFA_ANG_XX.wav", "1001_DFA_ANG_YY.wav"])
def test_a_name_without_actor_or_level_is_refused(make_tree, name):
    with pytest.raises(CorpusError, match=rf"actor 1001 to 1091.*{name}.*original names"):
        cremad.load(make_tree([*FILES, f"AudioWAV/{name}"]))


def test_an_unknown_emotion_is_refused_with_the_codes(make_tree):
    with pytest.raises(CorpusError, match=r"ANG angry.*1001_DFA_SUR_XX\.wav.*Correct the names"):
        cremad.load(make_tree(["AudioWAV/1001_DFA_SUR_XX.wav"]))
