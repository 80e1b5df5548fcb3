"""Definition of a protocol."""

from collections.abc import Callable
from dataclasses import dataclass

from ser_core.corpora.manifest import Manifest
from ser_core.corpora.splits import Fold


@dataclass(frozen=True)
class Protocol:
    """Rule that divides a corpus into folds.

    Attributes:
        name: what ``--protocol`` takes.
        description: who is in which part, in a sentence or two.
        speaker_independent: no test speaker is ever heard in training or development.
        make: corpus and seed → folds.
    """

    name: str
    title: str
    description: str
    speaker_independent: bool
    make: Callable[[Manifest, int], list[Fold]]
