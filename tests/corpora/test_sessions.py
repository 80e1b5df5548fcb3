"""Sessions of a corpus: how they are named and ordered, and who may be in them."""

from pathlib import Path

import pytest

from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.corpora.protocols.by_session import LEAVE_ONE_SESSION_OUT, SESSIONS_1_3_4_5, require_sessions, sessions
from ser_core.errors import CorpusError


def manifest(*rows: tuple[str, str | None]) -> Manifest:
    """One utterance for each pair of speaker and session."""
    utterances = (
        Utterance(file=f"{number}.wav", speaker=speaker, emotion="sad", session=session)
        for number, (speaker, session) in enumerate(rows)
    )
    return Manifest("made", Path("/nowhere"), tuple(utterances), "", "")


@pytest.mark.parametrize("spelling", ["3", "03", "Ses03", "Session3", "session 3", "SES-003", " 3 "])
def test_spellings_of_a_number_are_one_session_named_by_it(spelling):
    assert list(sessions(manifest(("a", spelling), ("b", "3")), "p")) == ["3"]


def test_numbers_come_in_their_order_and_names_after_them():
    found = sessions(manifest(("a", "noon"), ("b", "Ses10"), ("c", "2"), ("d", "evening")), "p")
    assert list(found) == ["2", "10", "evening", "noon"]


def test_a_session_lists_its_speakers_and_their_utterances():
    found = sessions(manifest(("b", "1"), ("a", "1"), ("c", "2"), ("b", "1")), "p")
    assert (found["1"].speakers, found["1"].indices) == (("a", "b"), (0, 1, 3))
    assert (found["2"].speakers, found["2"].indices) == (("c",), (2,))


@pytest.mark.parametrize("session", [None, "", "  "])
def test_an_utterance_without_a_session_is_named(session):
    with pytest.raises(CorpusError, match=r"Expected a session for every utterance in p; 1 of the 2 .*1\.wav"):
        sessions(manifest(("a", "1"), ("b", session)), "p")


def test_a_speaker_in_two_sessions_is_named_with_both():
    with pytest.raises(CorpusError, match="anna is heard in 1 and 2"):
        sessions(manifest(("anna", "2"), ("anna", "1")), "p")


def test_the_expected_sessions_are_neither_fewer_nor_more():
    corpus = manifest(("a", "1"), ("b", "2"))
    found = sessions(corpus, "p")
    require_sessions(found, ("1", "2"), corpus, "p")
    with pytest.raises(CorpusError, match="made is without 3. Copy the whole corpus"):
        require_sessions(found, ("1", "2", "3"), corpus, "p")
    with pytest.raises(CorpusError, match="made also has 2. Leave the others out"):
        require_sessions(found, ("1",), corpus, "p")


def test_sessions_one_to_three_train_four_tunes_and_five_is_tested_under_every_seed():
    corpus = manifest(*((f"s{number}", str(number)) for number in (5, 4, 3, 2, 1)))
    for seed in (0, 7):
        (fold,) = SESSIONS_1_3_4_5.make(corpus, seed)
        assert (fold.train, fold.development, fold.test) == ((2, 3, 4), (1,), (0,))


def test_each_session_is_tested_once_and_the_next_one_tunes():
    corpus = manifest(*((f"s{number}", str(number)) for number in (1, 2, 3, 4)))
    folds = LEAVE_ONE_SESSION_OUT.make(corpus, 0)
    assert [(fold.number, fold.test, fold.development) for fold in folds] == [
        (1, (0,), (1,)), (2, (1,), (2,)), (3, (2,), (3,)), (4, (3,), (0,)),
    ]  # fmt: skip
    for fold in folds:
        assert sorted([*fold.train, *fold.development, *fold.test]) == [0, 1, 2, 3]


def test_two_sessions_are_too_few_to_train_tune_and_test():
    with pytest.raises(CorpusError, match="Expected at least 3 sessions"):
        LEAVE_ONE_SESSION_OUT.make(manifest(("a", "1"), ("b", "2")), 0)
