"""URDU: codes in names and folders, overlapping clips, one woman under two names."""

import pytest

from ser_core.corpora import urdu
from ser_core.corpora.protocols import make_folds
from ser_core.corpora.splits import speaker_units
from ser_core.errors import CorpusError

FILES = ["Angry/SM1_F1_A01.wav", "Happy/SF1_F1_H01.wav", "Neutral/SF9_F1_N01.wav", "Sad/SM24_F2_S014.wav"]
OVERLAPS = [f"Sad/{name}.flac" for name in ("SM24_F2_S014", "SM24_F3_S015", "SM25_F8_S058", "SM25_F9_S059")]


def complete() -> list[str]:
    return [
        f"{folder}/SM{number % 20 + 1}_F{number}_{folder[0]}{number:03d}.flac"
        for folder in ("Angry", "Happy", "Neutral", "Sad")
        for number in range(1, 101)
    ]


def test_names_give_speaker_sex_and_emotion(make_tree):
    manifest = urdu.load(make_tree(FILES))
    assert [utterance.emotion for utterance in manifest.utterances] == ["angry", "happy", "neutral", "sad"]
    assert manifest.speakers == ("SF1", "SF9", "SM1", "SM24")
    assert [utterance.gender for utterance in manifest.utterances] == ["male", "female", "female", "male"]
    assert "research" in manifest.licence


def test_folders_per_speaker_below_the_emotions_load_as_well(make_tree):
    assert urdu.load(make_tree(["Angry/SM1/SM1_F1_A01.wav"])).utterances[0].speaker == "SM1"


def test_clips_cut_from_the_same_seconds_share_their_recording(make_tree):
    manifest = urdu.load(make_tree(OVERLAPS))
    assert [utterance.recording for utterance in manifest.utterances] == ["SM24_F2_S014"] * 2 + ["SM25_F8_S058"] * 2
    assert any("overlap in time" in note for note in manifest.notes)


def test_two_names_of_one_woman_are_one_unit_in_every_split_by_speaker(make_tree):
    manifest = urdu.load(make_tree([*FILES, "Happy/SF1_F4_H04.wav", "Happy/SF4_F3_H019.wav"]))
    assert ("SF1", "SF4") in [unit.speakers for unit in speaker_units(manifest)]
    assert any("SF1 and SF4" in note for note in manifest.notes)


def test_a_random_split_never_separates_overlapping_clips(make_tree):
    manifest = urdu.load(make_tree({*complete(), *(f"{file}" for file in OVERLAPS)}))
    for seed in range(5):
        for fold in make_folds(manifest, "random-10-fold", seed):
            for part in (fold.train, fold.development, fold.test):
                shared = [manifest.utterances[index].recording for index in part]
                assert all(shared.count(name) in (0, 2) for name in ("SM24_F2_S014", "SM25_F8_S058"))


def test_a_complete_corpus_has_no_gap_and_a_gap_is_named(make_tree):
    root = make_tree(complete())
    assert len(urdu.load(root).utterances) == 400
    (root / "Sad/SM18_F17_S017.flac").unlink()
    with pytest.raises(CorpusError, match=r"400 recordings.*1 missing: clip S017 \(sad\)"):
        urdu.load(root)


def test_an_unknown_emotion_letter_is_refused(make_tree):
    with pytest.raises(CorpusError, match=r"A angry, H happy.*SM1_F1_X01\.wav"):
        urdu.load(make_tree(["Angry/SM1_F1_X01.wav"]))


def test_no_speaker_is_refused(make_tree):
    with pytest.raises(CorpusError, match=r"sex M or F.*F1_A01\.wav.*original names"):
        urdu.load(make_tree(["Angry/F1_A01.wav"]))


def test_a_clip_in_the_folder_of_another_emotion_is_refused(make_tree):
    with pytest.raises(CorpusError, match=r"Happy/SM1_F1_A01\.wav.*Move these clips"):
        urdu.load(make_tree(["Happy/SM1_F1_A01.wav"]))
