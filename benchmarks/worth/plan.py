"""Which trainings a table needs, and which corpora each of them is tested on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ser_core.corpora import open_corpus
from ser_core.corpora.joining import SEPARATOR
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.people import family
from ser_core.corpora.splits import Fold, draw_development, indices_of, speaker_units
from ser_core.seeding import stream

SHIPS, RESEARCH = "ships", "research"
TABLES = (SHIPS, RESEARCH)
MAY_SHIP = ("ravdess", "ravdess-song", "emodb")  # corpora whose terms allow weights to be shipped
FAMILIES_THAT_FIT = frozenset(map(family, MAY_SHIP))  # others choose no temperature and no range


@dataclass(frozen=True)
class Training:
    """One training: of which table and seed, on which corpora, and on which it is tested."""

    table: str
    seed: int
    corpora: tuple[str, ...]
    tested: tuple[str, ...]


def trainings(
    given: Sequence[str], *, tables: Collection[str], tested: Collection[str], seeds: Sequence[int]
) -> list[Training]:
    """List the trainings, one seed after the other; corpora that need the same training share it.

    A tested corpus is left out of the training with every corpus in which the same people speak. Corpora for which
    nothing is left to train on have no place in that table.
    """
    shared: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for table in TABLES:
        allowed = [name for name in given if table == RESEARCH or name in MAY_SHIP]
        for name in given:
            others = tuple(other for other in allowed if family(other) != family(name))
            if table in tables and name in tested and others:
                shared.setdefault((table, others), []).append(name)
    return [
        Training(table, seed, corpora, tuple(names)) for seed in seeds for (table, corpora), names in shared.items()
    ]


@dataclass(frozen=True)
class GivenCorpus:
    """A corpus as it was named to the command, and its utterances."""

    spec: str
    manifest: Manifest


def training_speech(corpora: Mapping[str, GivenCorpus], names: Sequence[str]) -> tuple[Manifest, Fold]:
    """Join corpora, and set development speakers apart; nobody is kept for a test.

    The development speakers are the same for every seed.
    """
    manifest = open_corpus(SEPARATOR.join(corpora[name].spec for name in names))
    units = speaker_units(manifest)
    development = indices_of(draw_development(manifest, units, random=stream(0, "worth", "development", *names)))
    apart = set(development)
    train = tuple(row for row in range(len(manifest.utterances)) if row not in apart)
    return manifest, Fold(1, train, development, ())
