"""Named protocols: a corpus and a seed → folds. A figure means nothing without the protocol it was obtained with."""

from collections.abc import Mapping
from types import MappingProxyType

from ser_core.config import lookup
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols.by_recording import RANDOM_5_FOLD, RANDOM_10_FOLD, RANDOM_70_30
from ser_core.corpora.protocols.by_session import LEAVE_ONE_SESSION_OUT, SESSIONS_1_3_4_5
from ser_core.corpora.protocols.by_speaker import HELD_OUT_SPEAKERS, LEAVE_ONE_SPEAKER_OUT, SPEAKER_K_FOLD
from ser_core.corpora.protocols.emobox import EMOBOX, EMOBOX_EMODB
from ser_core.corpora.protocols.given import GIVEN_SPLIT
from ser_core.corpora.protocols.protocol import Protocol
from ser_core.corpora.splits import Fold, require_usable, speaker_overlap
from ser_core.errors import CorpusError

__all__ = ["PROTOCOLS", "Fold", "Protocol", "make_folds", "speaker_overlap"]

PROTOCOLS: Mapping[str, Protocol] = MappingProxyType(
    {
        "held-out-speakers": HELD_OUT_SPEAKERS,
        "emobox": EMOBOX,
        "speaker-k-fold": SPEAKER_K_FOLD,
        "leave-one-speaker-out": LEAVE_ONE_SPEAKER_OUT,
        "sessions-1-3-4-5": SESSIONS_1_3_4_5,
        "leave-one-session-out": LEAVE_ONE_SESSION_OUT,
        "random-10-fold": RANDOM_10_FOLD,
        "random-5-fold": RANDOM_5_FOLD,
        "random-70-30": RANDOM_70_30,
        "emobox-emodb": EMOBOX_EMODB,
        "given-split": GIVEN_SPLIT,
    }
)


def make_folds(manifest: Manifest, protocol: str, seed: int) -> list[Fold]:
    """Divide a corpus by a protocol of :data:`PROTOCOLS`; one seed gives the same folds on every machine.

    Emotions are looked at where the corpus has any. Folds are numbered from 1; in each, no sound is on two sides, and
    every emotion is in training.

    Raises:
        ConfigError: for an unknown protocol; names the nearest one.
        CorpusError: if the corpus is too small for the protocol, or not the one it is for.
    """
    chosen = lookup("protocol", protocol, PROTOCOLS)
    if len(manifest.labels) < 2 and (manifest.labels or not manifest.utterances):
        raise CorpusError(
            f"Expected at least two emotions to distinguish; {manifest.corpus} has "
            f"{' and '.join(manifest.labels) or 'no utterance'}. Add recordings of another emotion."
        )
    folds = chosen.make(manifest, seed)
    require_usable(manifest, folds, chosen.name)
    return folds
