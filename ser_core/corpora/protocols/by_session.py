"""Protocols by recording session: test sessions do not occur in training."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols.protocol import Protocol
from ser_core.corpora.splits import Fold, SpeakerGroup, speaker_units
from ser_core.errors import CorpusError

LEAST_SESSIONS = 3  # one each to train, to tune and to test
OTHER = "speaker-k-fold or leave-one-speaker-out"
_NUMBERED = re.compile(r"(?:ses(?:sion)?)?[\s_-]*0*([1-9]\d*)", re.IGNORECASE)


def sessions(manifest: Manifest, name: str) -> dict[str, SpeakerGroup]:
    """Return the speakers and utterances of each session, in the order of their numbers, then of their names.

    ``3``, ``03``, ``Ses03`` and ``Session3`` are one session, named ``3``.

    Raises:
        CorpusError: if an utterance has no session, or a speaker is heard in two.
    """
    without = [utterance.file for utterance in manifest.utterances if not (utterance.session or "").strip()]
    if without:
        raise CorpusError(
            f"Expected a session for every utterance in {name}; {len(without)} of the {len(manifest.utterances)} in "
            f"{manifest.corpus} have none ({first_few(without)}). Fill in the column session, or choose {OTHER}."
        )
    indices: dict[str, list[int]] = defaultdict(list)
    speakers: dict[str, list[str]] = defaultdict(list)
    for unit in speaker_units(manifest):
        places = {_session_name(manifest.utterances[index].session or "") for index in unit.indices}
        if len(places) > 1:
            raise CorpusError(
                f"Expected each speaker and each recording in one session in {name}; {first_few(unit.speakers)} "
                f"{'are' if len(unit.speakers) > 1 else 'is'} heard in {' and '.join(_in_order(places))}. "
                f"Correct the column session, or choose {OTHER}."
            )
        place = places.pop()
        indices[place] += unit.indices
        speakers[place] += unit.speakers
    return {
        place: SpeakerGroup(tuple(sorted(speakers[place])), "", tuple(sorted(indices[place])))
        for place in _in_order(indices)
    }


def require_sessions(found: Mapping[str, SpeakerGroup], expected: Sequence[str], manifest: Manifest, name: str) -> None:
    """Check that exactly the expected sessions were found; raises CorpusError if not."""
    absent = [session for session in expected if session not in found]
    strange = [session for session in found if session not in expected]
    if absent or strange:
        raise CorpusError(
            f"Expected the sessions {', '.join(expected)} for {name}; {manifest.corpus} "
            f"{'is without' if absent else 'also has'} {first_few(absent or strange)}. "
            f"{'Copy the whole corpus' if absent else 'Leave the others out'}, or choose leave-one-session-out."
        )


def _sessions_1_3_4_5(manifest: Manifest, seed: int) -> list[Fold]:
    """Nothing is drawn: every seed gives the same fold.

    References:
        Lian et al. (2018), "A pairwise discriminative task for speech emotion recognition", arXiv:1801.01237:
        IEMOCAP's sessions 1 to 3, 4 and 5.
    """
    name = "sessions-1-3-4-5"
    found = sessions(manifest, name)
    require_sessions(found, ("1", "2", "3", "4", "5"), manifest, name)
    train = sorted(index for session in ("1", "2", "3") for index in found[session].indices)
    return [Fold(1, tuple(train), found["4"].indices, found["5"].indices)]


def _leave_one_session_out(manifest: Manifest, seed: int) -> list[Fold]:
    """Nothing is drawn: the session after the tested one, and after the last the first, is for development."""
    name = "leave-one-session-out"
    found = sessions(manifest, name)
    if len(found) < LEAST_SESSIONS:
        raise CorpusError(
            f"Expected at least {LEAST_SESSIONS} sessions for {name}; {manifest.corpus} has {len(found)} "
            f"({', '.join(found)}). Add sessions, or choose {OTHER}."
        )
    names = list(found)
    folds = []
    for position, tested in enumerate(names):
        tuned = names[(position + 1) % len(names)]
        train = sorted(index for session in names if session not in (tested, tuned) for index in found[session].indices)
        folds.append(Fold(position + 1, tuple(train), found[tuned].indices, found[tested].indices))
    return folds


def _session_name(text: str) -> str:
    match = _NUMBERED.fullmatch(text.strip())
    return match[1] if match else text.strip()


def _in_order(names: Sequence[str] | set[str] | Mapping[str, object]) -> list[str]:
    return sorted(names, key=lambda name: (not name.isdecimal(), int(name) if name.isdecimal() else 0, name))


SESSIONS_1_3_4_5 = Protocol(
    name="sessions-1-3-4-5",
    title="Sessions 1 to 3, 4 and 5",
    description=(
        "One fold, as Lian et al. divide IEMOCAP: sessions 1 to 3 train, session 4 is for development, session 5 is "
        "tested; for corpora with five sessions of different speakers."
    ),
    speaker_independent=True,
    make=_sessions_1_3_4_5,
)
LEAVE_ONE_SESSION_OUT = Protocol(
    name="leave-one-session-out",
    title="Leave one session out",
    description=(
        "As many folds as sessions; each is tested once, and the next one (after the last, the first) is for "
        "development. Nobody speaks in two sessions."
    ),
    speaker_independent=True,
    make=_leave_one_session_out,
)
