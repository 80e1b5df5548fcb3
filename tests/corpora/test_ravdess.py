"""RAVDESS: names, codes, the recording published twice, stereo originals, and what a damaged copy gets."""

from collections import Counter

import pytest

from ser_core.corpora import open_corpus, ravdess
from ser_core.errors import CorpusError

CORPUS = [
    f"Actor_{actor:02d}/03-01-{emotion:02d}-{intensity:02d}-{statement:02d}-{repetition:02d}-{actor:02d}.flac"
    for actor in range(1, 25)
    for emotion in range(1, 9)
    for intensity in (1, 2)
    for statement in (1, 2)
    for repetition in (1, 2)
    if (emotion, intensity) != (1, 2)
]
FEW = ["Actor_01/03-01-01-01-01-01-01.wav", "Actor_02/03-01-08-02-02-02-02.wav"]


def test_the_original_wav_layout_gives_speaker_sex_emotion_intensity_and_text(make_tree):
    manifest = ravdess.load(make_tree(FEW))
    first, second = manifest.utterances
    assert (first.file, first.speaker, first.emotion, first.gender) == (FEW[0], "01", "neutral", "male")
    assert (second.speaker, second.emotion, second.gender) == ("02", "surprise", "female")
    assert (first.intensity, second.intensity) == ("normal", "strong")
    assert (first.text, second.text) == ("Kids are talking by the door", "Dogs are sitting by the door")
    assert manifest.corpus == first.corpus == "ravdess"
    assert "BY-NC-SA" in manifest.licence


def test_a_complete_flac_copy_has_the_published_counts(make_tree):
    manifest = open_corpus(f"ravdess:{make_tree(CORPUS)}")
    counts = Counter(utterance.emotion for utterance in manifest.utterances)
    assert len(manifest.utterances) == 1440
    assert counts == Counter(dict.fromkeys(manifest.labels, 192)) - Counter({"neutral": 96})
    assert manifest.speakers == tuple(f"{actor:02d}" for actor in range(1, 25))
    assert not any("published recordings are here" in note for note in manifest.notes)
    assert any("stereo" in note and note.startswith("5 ") for note in manifest.notes)


def test_the_recording_published_twice_shares_its_id(make_tree):
    names = ["03-01-03-01-02-01-07", "03-01-03-01-02-02-07", "03-01-03-01-01-01-07"]
    manifest = ravdess.load(make_tree(f"Actor_07/{name}.wav" for name in names))
    recordings = {utterance.file[9:-4]: utterance.recording for utterance in manifest.utterances}
    assert recordings[names[0]] == recordings[names[1]] is not None
    assert recordings[names[2]] is None
    assert any("two names" in note for note in manifest.notes)


def test_a_copy_that_dropped_the_second_name_of_that_recording_is_complete(make_tree):
    manifest = ravdess.load(make_tree(file for file in CORPUS if "03-01-03-01-02-02-07" not in file))
    assert len(manifest.utterances) == 1439


def test_a_few_missing_recordings_are_named(make_tree):
    with pytest.raises(CorpusError, match=r"1 missing: 03-01-05-02-01-02-11\. Copy the corpus again"):
        ravdess.load(make_tree(file for file in CORPUS if "03-01-05-02-01-02-11" not in file))


def test_a_part_of_the_corpus_loads_with_a_note(make_tree):
    manifest = ravdess.load(make_tree(file for file in CORPUS if file.startswith("Actor_0")))
    assert any("540 of the 1440 published recordings are here" in note for note in manifest.notes)


def test_an_unknown_emotion_code_is_refused_with_the_codes(make_tree):
    with pytest.raises(CorpusError, match=r"01 neutral.*03-01-09-01-01-01-01\.wav.*Correct the names"):
        ravdess.load(make_tree([*FEW, "Actor_01/03-01-09-01-01-01-01.wav"]))


@pytest.mark.parametrize("name", ["03-01-05-01-01-01.wav", "03-01-05-01-01-01-25.wav", "hello.wav"])
def test_a_name_without_a_known_actor_is_refused(make_tree, name):
    with pytest.raises(CorpusError, match=rf"last number is the actor.*{name}.*original names"):
        ravdess.load(make_tree([*FEW, f"Actor_01/{name}"]))


@pytest.mark.parametrize(("content", "why"), [(b"", "empty file"), (b"this is no sound", "not audio")])
def test_an_unreadable_file_is_named_with_its_reason(make_tree, content, why):
    root = make_tree(FEW)
    (root / FEW[1]).write_bytes(content)
    with pytest.raises(CorpusError, match=rf"03-01-08-02-02-02-02\.wav \({why}.*Copy these files again"):
        ravdess.load(root)


def test_a_dangling_link_is_a_missing_file(make_tree):
    root = make_tree(FEW)
    (root / "Actor_01" / "03-01-02-01-01-01-01.wav").symlink_to(root / "gone.wav")
    with pytest.raises(CorpusError, match="1 missing"):
        ravdess.load(root)


def test_a_missing_and_an_empty_folder_are_told_apart(tmp_path):
    with pytest.raises(CorpusError, match=r"there is none.*python -m ser_core corpora"):
        ravdess.load(tmp_path / "nothing")
    with pytest.raises(CorpusError, match=r"found no \.wav or \.flac file.*Unpack the corpus"):
        ravdess.load(tmp_path)


def test_a_second_copy_in_a_sub_folder_and_a_second_format_are_read_once(make_tree):
    copies = [f"audio_speech_actors_01-24/{FEW[0]}", FEW[1].replace(".wav", ".flac"), "__MACOSX/._x.wav"]
    manifest = ravdess.load(make_tree([*FEW, *copies]))
    assert [utterance.file for utterance in manifest.utterances] == FEW
    assert any(note.startswith("2 file(s) repeat") for note in manifest.notes)


def test_recordings_of_the_song_part_are_left_out_with_a_note(make_tree):
    manifest = ravdess.load(make_tree([*FEW, "Actor_01/03-02-03-01-01-01-01.wav"]))
    assert len(manifest.utterances) == 2
    assert any("song" in note for note in manifest.notes)
    assert any(note.startswith("1 original") for note in ravdess.load(make_tree(STEREO)).notes)


STEREO = ["Actor_01/03-01-02-01-01-02-01.wav"]
