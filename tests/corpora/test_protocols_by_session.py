"""Protocols by session: who is where, how sessions are named, and corpora that do not fit."""

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.corpora.protocols import Fold, make_folds
from ser_core.errors import CorpusError

NAMES = ("sessions-1-3-4-5", "leave-one-session-out")
MakeSessions = Callable[..., Manifest]


@pytest.fixture
def make_sessions() -> MakeSessions:
    """Return a function that makes a corpus with a woman and a man in each of the named sessions."""

    def make(names: Sequence[str | None]) -> Manifest:
        utterances = tuple(
            Utterance(
                file=f"{number}/{sex}{emotion}{take}.wav",
                speaker=f"{number}{sex}",
                emotion=emotion,
                gender={"F": "female", "M": "male"}[sex],
                session=name,
            )
            for number, name in enumerate(names, 1)
            for sex in "FM"
            for emotion in ("neutral", "happy", "sad", "angry")
            for take in range(3)
        )
        return Manifest("made", Path("/nowhere"), utterances, "", "")

    return make


def sessions(manifest: Manifest, part: tuple[int, ...]) -> set[str | None]:
    return {manifest.utterances[index].session for index in part}


def parts(manifest: Manifest, fold: Fold) -> tuple[set[str | None], ...]:
    return tuple(sessions(manifest, part) for part in (fold.train, fold.development, fold.test))


def test_sessions_one_to_three_train_four_tunes_and_five_is_tested(make_sessions):
    manifest = make_sessions(["Session1", "Session2", "Session3", "Session4", "Session5"])
    (fold,) = make_folds(manifest, "sessions-1-3-4-5", 0)
    assert parts(manifest, fold) == ({"Session1", "Session2", "Session3"}, {"Session4"}, {"Session5"})
    assert len(fold.train) + len(fold.development) + len(fold.test) == len(manifest.utterances)


@pytest.mark.parametrize("pattern", ["{}", "0{}", "Ses0{}", "session {}", "Session_{}", "SES-{}"])
def test_a_session_may_be_named_in_any_usual_way_and_listed_in_any_order(make_sessions, pattern):
    manifest = make_sessions([pattern.format(number) for number in (5, 3, 1, 4, 2)])
    (fold,) = make_folds(manifest, "sessions-1-3-4-5", 0)
    assert parts(manifest, fold)[1:] == ({pattern.format(4)}, {pattern.format(5)})
    folds = make_folds(manifest, "leave-one-session-out", 0)
    assert [sessions(manifest, fold.test) for fold in folds] == [{pattern.format(number)} for number in range(1, 6)]


def test_each_session_is_tested_once_and_the_next_one_tunes(make_sessions):
    manifest = make_sessions(["2", "10", "1"])
    folds = make_folds(manifest, "leave-one-session-out", 0)
    assert [parts(manifest, fold) for fold in folds] == [
        ({"10"}, {"2"}, {"1"}),
        ({"1"}, {"10"}, {"2"}),
        ({"2"}, {"1"}, {"10"}),
    ]


def test_sessions_without_a_number_follow_those_with_one_by_name(make_sessions):
    manifest = make_sessions(["pilot", "2", "evening"])
    folds = make_folds(manifest, "leave-one-session-out", 0)
    assert [sessions(manifest, fold.test) for fold in folds] == [{"2"}, {"evening"}, {"pilot"}]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ("1235", r"Expected the sessions 1, 2, 3, 4, 5 for sessions-1-3-4-5; made is without 4\. Copy the whole"),
        ("12", r"is without 3, 4, 5\..*or choose leave-one-session-out"),
        ("123456", r"made also has 6\. Leave the others out, or choose leave-one-session-out"),
    ],
)
def test_a_missing_session_or_one_too_many_is_told_before_anything_is_trained(make_sessions, names, message):
    with pytest.raises(CorpusError, match=message):
        make_folds(make_sessions(names), "sessions-1-3-4-5", 0)


@pytest.mark.parametrize("name", NAMES)
def test_utterances_without_a_session_are_counted_and_named(make_sessions, make_manifest, name):
    manifest = make_sessions(["1", "2", None, "4", "5"])
    with pytest.raises(CorpusError, match=rf"every utterance in {name}; 24 of the 120 in made have none \(3/Fneu"):
        make_folds(manifest, name, 0)
    with pytest.raises(CorpusError, match="Fill in the column session, or choose speaker-k-fold"):
        make_folds(make_manifest(["f1", "f2", "m1"]), name, 0)


@pytest.mark.parametrize("name", NAMES)
def test_a_speaker_or_a_recording_in_two_sessions_is_refused(make_sessions, name):
    manifest = make_sessions("12345")
    rows = [dataclasses.replace(row, speaker="4F") if row.speaker == "1F" else row for row in manifest.utterances]
    with pytest.raises(CorpusError, match=rf"one session in {name}; 4F is heard in 1 and 4\. Correct the column"):
        make_folds(dataclasses.replace(manifest, utterances=tuple(rows)), name, 0)
    rows = [
        dataclasses.replace(row, recording="phone call" if row.file in ("1/Fsad0.wav", "5/Msad0.wav") else None)
        for row in manifest.utterances
    ]
    with pytest.raises(CorpusError, match="1F, 5M are heard in 1 and 5"):
        make_folds(dataclasses.replace(manifest, utterances=tuple(rows)), name, 0)


def test_two_sessions_are_too_few_to_leave_one_out(make_sessions):
    with pytest.raises(CorpusError, match=r"at least 3 sessions for leave-one-session-out; made has 2 \(1, 2\)\. Add"):
        make_folds(make_sessions("12"), "leave-one-session-out", 0)


def test_an_emotion_heard_in_one_session_alone_is_told(make_sessions):
    manifest = make_sessions("12345")
    odd = dataclasses.replace(manifest.utterances[-1], file="odd.wav", emotion="disgust")
    manifest = dataclasses.replace(manifest, utterances=(*manifest.utterances, odd))
    with pytest.raises(CorpusError, match=r"fold 1 has no disgust to learn from \(1 in the corpus\)"):
        make_folds(manifest, "sessions-1-3-4-5", 0)
