"""EmoBox's folds: the published lists, the development parts drawn beside them, and corpora that are not theirs."""

import dataclasses
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from ser_core.corpora.emodb import EMOTION_CODES, PUBLISHED_PER_SPEAKER
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.corpora.protocols import make_folds
from ser_core.corpora.protocols.emobox import published_folds
from ser_core.errors import CorpusError

RAVDESS = [f"{actor:02d}" for actor in range(1, 25)]
SAVEE = ["DC", "JE", "JK", "KL"]


def corpus(name: str, speakers: Iterable[str], session_of: dict[str, str] | None = None) -> Manifest:
    """Every speaker says four emotions three times; RAVDESS's odd actors are men, SAVEE's all."""
    utterances = tuple(
        Utterance(
            file=f"{speaker}/{emotion}{take}.wav",
            speaker=speaker,
            emotion=emotion,
            gender="female" if speaker in RAVDESS[1::2] else "male",
            session=session_of[speaker] if session_of else None,
        )
        for speaker in speakers
        for emotion in ("neutral", "happy", "sad", "angry")
        for take in range(3)
    )
    return Manifest(name, Path("/nowhere"), utterances, "", "")


@pytest.fixture
def iemocap() -> Manifest:
    session_of = {f"Ses0{number}{sex}": f"Session{number}" for number in range(1, 6) for sex in "FM"}
    return corpus("iemocap", session_of, session_of)


@pytest.fixture
def emodb() -> Manifest:
    names = published_folds("emodb").members
    rows = tuple(Utterance(file=f"wav/{name}.wav", speaker=name[:2], emotion=EMOTION_CODES[name[5]]) for name in names)
    return Manifest("emodb", Path("/nowhere"), rows, "", "")


def speakers(manifest: Manifest, part: tuple[int, ...]) -> set[str]:
    return {manifest.utterances[index].speaker for index in part}


def sexes(manifest: Manifest, part: tuple[int, ...]) -> Counter[str | None]:
    pairs = {(manifest.utterances[index].speaker, manifest.utterances[index].gender) for index in part}
    return Counter(gender for _, gender in pairs)


def test_ravdess_is_tested_by_the_published_actors_and_tuned_on_one_of_each_sex():
    published = [
        {"01", "11", "20", "21"}, {"04", "10", "12", "14"}, {"08", "09", "19", "23"},
        {"03", "05", "07", "24"}, {"02", "15", "16", "18"}, {"06", "13", "17", "22"},
    ]  # fmt: skip
    manifest = corpus("ravdess", RAVDESS)
    for fold, test in zip(make_folds(manifest, "emobox", 0), published, strict=True):
        assert speakers(manifest, fold.test) == test
        assert sexes(manifest, fold.development) == {"female": 1, "male": 1}
        assert len(speakers(manifest, fold.train)) == 18


def test_iemocap_is_tested_session_by_session_and_tuned_on_another_drawn_one(iemocap):
    drawn = []
    for seed in range(4):
        folds = make_folds(iemocap, "emobox", seed)
        assert [speakers(iemocap, fold.test) for fold in folds] == [
            {f"Ses0{number}F", f"Ses0{number}M"} for number in range(1, 6)
        ]
        for fold in folds:
            tuned = {iemocap.utterances[index].session for index in fold.development}
            assert len(tuned) == 1
            assert len(fold.development) == len(fold.test) == len(iemocap.utterances) / 5
            drawn += tuned
    assert len(set(drawn)) > 2


def test_savee_is_tested_speaker_by_speaker_in_the_published_order():
    manifest = corpus("savee", SAVEE)
    folds = make_folds(manifest, "emobox", 0)
    assert [speakers(manifest, fold.test) for fold in folds] == [{"JE"}, {"KL"}, {"DC"}, {"JK"}]
    assert all(len(speakers(manifest, fold.development)) == 1 for fold in folds)


def test_a_table_of_the_same_speakers_is_known_whatever_its_name():
    for published, names in (("ravdess", RAVDESS), ("savee", SAVEE)):
        own, other = corpus(published, names), corpus("my-table", names)
        assert make_folds(other, "emobox", 0) == make_folds(own, "emobox", 0)


def test_emodb_is_tested_by_files_107_in_each_fold_and_everyone_is_heard(emodb):
    tests = published_folds("emodb").tests
    assert [len(test) for test in tests.values()] == [107] * 5
    assert Counter(name[:2] for name in published_folds("emodb").members) == PUBLISHED_PER_SPEAKER
    for fold in make_folds(emodb, "emobox-emodb", 0):
        assert {Path(emodb.utterances[index].file).stem for index in fold.test} == set(tests[fold.number])
        assert len(fold.development) == pytest.approx((535 - 107) / 10, abs=1)
    for name, number in (("03a02Wb", 1), ("03a07Wc", 2), ("03b10Wc", 3), ("03b01Wc", 4), ("03a01Wa", 5)):
        assert name in tests[number]  # the first of each published list


def test_emotions_left_out_of_emodb_leave_its_folds_as_they_are(emodb):
    fewer = emodb.map_emotions({"boredom": "drop"})
    for fold in make_folds(fewer, "emobox-emodb", 0):
        test = {Path(fewer.utterances[index].file).stem for index in fold.test}
        assert test == {name for name in published_folds("emodb").tests[fold.number] if name[5] != "L"}


def test_a_corpus_that_emobox_does_not_divide_by_speaker_is_told_which_it_does(make_manifest, emodb):
    message = (
        r"actors 01 to 24, or IEMOCAP with its sessions 1 to 5, or SAVEE .*; got made with 3 speakers\. Choose spe"
    )
    with pytest.raises(CorpusError, match=message):
        make_folds(make_manifest(["f1", "f2", "m1"]), "emobox", 0)
    with pytest.raises(CorpusError, match=r"EmoBox's folds of EmoDB test heard speakers: choose emobox-emodb"):
        make_folds(emodb, "emobox", 0)


def test_a_part_of_a_corpus_or_strangers_in_it_are_named(iemocap, emodb):
    with pytest.raises(CorpusError, match=r"got ravdess with 23 speakers \(without 13\)\. Choose speaker-k-fold"):
        make_folds(corpus("ravdess", [actor for actor in RAVDESS if actor != "13"]), "emobox", 0)
    with pytest.raises(CorpusError, match=r"got savee with 5 speakers \(also XY\)"):
        make_folds(corpus("savee", [*SAVEE, "XY"]), "emobox", 0)
    part = iemocap.select(index for index, row in enumerate(iemocap.utterances) if row.session != "Session4")
    with pytest.raises(CorpusError, match="Expected the sessions 1, 2, 3, 4, 5 for emobox; iemocap is without 4"):
        make_folds(part, "emobox", 0)
    rows = (*emodb.utterances, dataclasses.replace(emodb.utterances[0], file="wav/other.wav"))
    with pytest.raises(CorpusError, match="EmoDB with its published recordings for emobox-emodb; emodb also has other"):
        make_folds(dataclasses.replace(emodb, utterances=rows), "emobox-emodb", 0)


def test_actors_who_share_a_recording_are_tested_once_with_the_first_of_them():
    manifest = corpus("ravdess", RAVDESS)
    rows = tuple(
        dataclasses.replace(row, recording="both" if row.file in ("01/sad0.wav", "04/sad0.wav") else None)
        for row in manifest.utterances
    )
    folds = make_folds(dataclasses.replace(manifest, utterances=rows), "emobox", 0)
    assert [("04" in speakers(manifest, fold.test)) for fold in folds] == [True, False, False, False, False, False]
