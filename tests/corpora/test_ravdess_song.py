"""RAVDESS, song: the same code as speech, other emotions, and one actor who does not sing."""

from collections import Counter

import pytest

from ser_core.corpora import open_corpus, ravdess, ravdess_song
from ser_core.errors import CorpusError

CORPUS = [
    f"Actor_{actor:02d}/03-02-{emotion:02d}-{intensity:02d}-{statement:02d}-{repetition:02d}-{actor:02d}.wav"
    for actor in range(1, 25)
    for emotion in range(1, 7)
    for intensity in (1, 2)
    for statement in (1, 2)
    for repetition in (1, 2)
    if (emotion, intensity) != (1, 2) and actor != 18
]
FEW = ["Actor_01/03-02-01-01-01-01-01.wav", "Actor_02/03-02-06-02-02-02-02.wav"]


def test_a_complete_copy_has_23_actors_and_six_emotions(make_tree):
    manifest = open_corpus(f"ravdess-song:{make_tree(CORPUS)}")
    assert len(manifest.utterances) == 1012
    assert len(manifest.speakers) == 23
    assert "18" not in manifest.speakers
    counts = Counter(utterance.emotion for utterance in manifest.utterances)
    assert counts == {"neutral": 92, "calm": 184, "happy": 184, "sad": 184, "angry": 184, "fearful": 184}
    assert not any("published recordings are here" in note for note in manifest.notes)


def test_names_say_the_same_as_in_the_speech_part(make_tree):
    manifest = ravdess_song.load(make_tree(FEW))
    first, second = manifest.utterances
    assert (first.speaker, first.gender, first.emotion, first.intensity) == ("01", "male", "neutral", "normal")
    assert (second.emotion, second.text) == ("fearful", "Dogs are sitting by the door")
    assert manifest.corpus == first.corpus == "ravdess-song"
    assert any(note.startswith("Sung, not spoken") for note in manifest.notes)


def test_speech_is_left_out_of_song_and_song_out_of_speech(make_tree):
    root = make_tree([*FEW, "Actor_01/03-01-08-01-01-01-01.wav"])
    assert len(ravdess_song.load(root).utterances) == 2
    assert any("1 file(s) of the speech or video part" in note for note in ravdess_song.load(root).notes)
    assert len(ravdess.load(root).utterances) == 1


def test_a_folder_of_speech_alone_names_the_archive_of_the_songs(make_tree):
    with pytest.raises(CorpusError, match=r"song part, whose names begin with 03-02.*Audio_Song_Actors_01-24\.zip"):
        ravdess_song.load(make_tree(["Actor_01/03-01-08-01-01-01-01.wav"]))


def test_an_emotion_that_is_not_sung_is_refused_with_the_codes(make_tree):
    with pytest.raises(CorpusError, match=r"01 neutral.*06 fearful as third.*03-02-07-01-01-01-01\.wav.*Correct"):
        ravdess_song.load(make_tree([*FEW, "Actor_01/03-02-07-01-01-01-01.wav"]))


def test_a_name_without_a_known_actor_is_refused(make_tree):
    with pytest.raises(CorpusError, match=r"the last number is the actor.*03-02-03-01-01-01-25\.wav.*original names"):
        ravdess_song.load(make_tree(["Actor_25/03-02-03-01-01-01-25.wav"]))


def test_a_few_missing_songs_are_named(make_tree):
    with pytest.raises(CorpusError, match=r"all 1012 .*1 missing: 03-02-05-02-01-02-11\. Copy the corpus again"):
        ravdess_song.load(make_tree(file for file in CORPUS if "03-02-05-02-01-02-11" not in file))


def test_an_unreadable_song_is_named(make_tree):
    root = make_tree(FEW)
    (root / FEW[1]).write_bytes(b"")
    with pytest.raises(CorpusError, match=r"03-02-06-02-02-02-02\.wav \(empty file.*Copy these files again"):
        ravdess_song.load(root)
