"""What runs and results have in common: the systems, seeds and test utterances on which they can be compared."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ser_core.evaluation.comparable import ADVICE, differences
from ser_core.experiments.records import ExperimentRecord, basis_with
from ser_core.experiments.systems import System, systems_of

if TYPE_CHECKING:
    import pandas

_OTHER_TASK = ("corpus", "mapping of emotions", "emotions")  # no utterance is the same question to both
_OTHER_TRAINING = "protocol"
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Gap:
    """What is missing for a full comparison.

    Attributes:
        sentence: what is missing and what is compared all the same, in plain words.
        advice: what differs, with both values, and how to make both alike; empty where there is nothing to make.
    """

    sentence: str
    advice: str = ""


@dataclass(frozen=True)
class CommonGround:
    """What several systems can be compared on.

    Attributes:
        systems: all of them, in their order; those that are compared with the records of the shared seeds alone.
        compared: names of those that were tested on the same utterances; none where no two were.
        tables: predictions of each record of a compared system by the record's name, of the shared utterances alone.
        seeds: all seeds of each compared system by its name, also those that only some have.
        utterances: how many test utterances are shared; 0 without a comparison.
        gaps: what is missing; none for a full comparison.
    """

    systems: tuple[System, ...]
    compared: tuple[str, ...]
    tables: "Mapping[str, pandas.DataFrame]"
    seeds: Mapping[str, tuple[int, ...]]
    utterances: int
    gaps: tuple[Gap, ...]

    def predictions(self, system: System) -> "pandas.DataFrame":
        """Return the predictions of a compared system, all of its seeds one below the other."""
        import pandas

        return pandas.concat([self.tables[record.name] for record in system.records], ignore_index=True)


def common_ground(records: Sequence[ExperimentRecord], tables: "Mapping[str, pandas.DataFrame]") -> CommonGround:
    """Find what several runs and results can be compared on.

    The first with predictions is held against each of the others. Seeds that only some have, and utterances that only
    some were tested on, are left out; a system without a shared utterance stands apart.

    Args:
        records: as they were chosen.
        tables: predictions by the record's name, as :func:`ser_core.experiments.records.predictions` reads them; those
            of unfinished runs are absent.
    """
    systems = systems_of(records)
    judged, gaps = _judged(systems, tables)
    if not judged:
        return CommonGround(tuple(systems), (), {}, {}, 0, tuple(gaps))
    first, *others = judged
    compared, seeds = [first], first.seeds
    found: list[tuple[System, dict[str, str], bool]] = []
    for other in others:
        both = _shared_seeds(seeds, other)
        differing = _differences(first, other, tables)
        apart = any(what in differing for what in _OTHER_TASK) or not _shared_keys([*compared, other], both, tables)
        found.append((other, differing, apart))
        if not apart:
            compared.append(other)
            seeds = both
    if len(compared) < 2:
        gaps += [_apart(first, other, differing) for other, differing, _ in found]
        return CommonGround(tuple(systems), (), {}, {}, 0, tuple(gaps))
    keys = _shared_keys(compared, seeds, tables)
    utterances = len({key[1:] for key in keys})
    if any(len(one.seeds) > len(seeds) for one in compared):
        gaps.append(_seeds_left_out(compared, seeds))
    for other, differing, apart in found:
        if apart:
            gaps.append(_apart(first, other, differing))
        elif differing:
            gaps.append(_in_part(first, other, differing, utterances))
    kept = {one.name: _with_seeds(one, seeds) for one in compared}
    cut = _cut(list(kept.values()), keys, tables)
    return CommonGround(
        systems=tuple(kept.get(system.name, system) for system in systems),
        compared=tuple(kept),
        tables=cut,
        seeds={one.name: one.seeds for one in compared},
        utterances=utterances,
        gaps=tuple(gaps),
    )


def _shared_seeds(seeds: Sequence[int], other: System) -> tuple[int, ...]:
    """Return the seeds that both have; two of a single seed each are compared whatever it is."""
    if len(seeds) == len(other.seeds) == 1:
        return tuple(seeds)
    return tuple(seed for seed in seeds if seed in other.seeds)


def _with_seeds(system: System, seeds: Sequence[int]) -> System:
    if len(seeds) == len(system.records):
        return system
    return replace(system, records=tuple(record for record in system.records if record.basis.seed in seeds))


def _judged(systems: Sequence[System], tables: "Mapping[str, pandas.DataFrame]") -> tuple[list[System], list[Gap]]:
    """Return the systems with those of their records that have predictions, and a gap for what has none."""
    judged, gaps = [], []
    for system in systems:
        records = tuple(record for record in system.records if record.name in tables)
        if records:
            judged.append(replace(system, records=records))
        if not records:
            gaps.append(Gap(f"{system.name} has not answered any test recording yet, so it cannot be compared."))
        elif len(records) < len(system.records):
            absent = [record.basis.seed for record in system.records if record.name not in tables]
            gaps.append(Gap(f"{system.name} has no answers under seed {_numbers(absent)} yet, which is left out."))
    return judged, gaps


def _shared_keys(systems: Sequence[System], seeds: Sequence[int], tables: "Mapping[str, pandas.DataFrame]") -> set[Key]:
    """Name the test utterances of all the systems under the seeds; none without a seed."""
    return set.intersection(*(_keys(one, seeds, tables) for one in systems)) if seeds else set()


def _keys(system: System, seeds: Sequence[int], tables: "Mapping[str, pandas.DataFrame]") -> set[Key]:
    records = _with_seeds(system, seeds).records
    return {key for record in records for key in _keys_of(record, seeds, tables[record.name])}


def _keys_of(record: ExperimentRecord, seeds: Sequence[int], table: "pandas.DataFrame") -> list[Key]:
    """Name each row: seed, corpus, file, stretch, true emotion and speaker."""
    seed = None if len(seeds) == 1 else record.basis.seed
    missing = [None] * len(table)
    stretch = [table[name] if name in table.columns else missing for name in ("start", "end")]
    return [
        (seed, record.basis.corpus, str(file), _moment(start), _moment(end), str(emotion), str(speaker))
        for file, start, end, emotion, speaker in zip(
            table["file"], *stretch, table["emotion"], table["speaker"], strict=True
        )
    ]


def _moment(time: float | None) -> str:
    return "" if time is None or math.isnan(time) else f"{time:.6f}"


def _cut(
    systems: Sequence[System], keys: set[Key], tables: "Mapping[str, pandas.DataFrame]"
) -> "dict[str, pandas.DataFrame]":
    """Keep the shared rows of each record; seed and fold are those of the first system, which pairs the rows."""
    first, seeds = systems[0], systems[0].seeds
    folds: dict[Key, int] = {}
    cut = {}
    for system in systems:
        for record, of_first in zip(system.records, first.records, strict=True):
            table = tables[record.name]
            names = _keys_of(record, seeds, table)
            kept = table[[name in keys for name in names]].reset_index(drop=True)
            shared = [name for name in names if name in keys]
            if system is first:
                folds |= dict(zip(shared, kept["fold"], strict=True))
            cut[record.name] = kept.assign(seed=of_first.basis.seed, fold=[folds[name] for name in shared])
    return cut


def _differences(first: System, other: System, tables: "Mapping[str, pandas.DataFrame]") -> dict[str, str]:
    """Compare what the two were measured on, seed by seed where they share several."""
    pairs = [(one, two) for one in first.records for two in other.records if one.basis.seed == two.basis.seed]
    for one, two in pairs or [(first.records[0], other.records[0])]:
        found = differences(basis_with(one, tables[one.name]), basis_with(two, tables[two.name]))
        if found:
            return found
    return {}


def _seeds_left_out(compared: Sequence[System], seeds: Sequence[int]) -> Gap:
    listed = "; ".join(f"{one.name}: {_numbers(one.seeds)}" for one in compared)
    return Gap(
        f"Not all were trained equally often: only what all of them have is compared, seed {_numbers(seeds)}.",
        f"Seeds of {listed}. Train the others under the same seeds.",
    )


def _apart(first: System, other: System, differing: Mapping[str, str]) -> Gap:
    why = _reason(first, other, differing) if differing else f"{first.name} and {other.name} share no seed"
    return Gap(
        f"{why}: no recording asks both the same, so their own scores stand side by side and tell nothing of which is "
        "better.",
        _advice(differing) or "Train both under the same seeds.",
    )


def _in_part(first: System, other: System, differing: Mapping[str, str], utterances: int) -> Gap:
    count = "the one recording" if utterances == 1 else f"the {utterances} recordings"
    models = (
        " Since they also learned from other recordings, this compares the models, not the methods."
        if _OTHER_TRAINING in differing
        else ""
    )
    return Gap(
        f"{_reason(first, other, differing)}: only {count} that both were tested on are compared.{models}",
        _advice(differing),
    )


def _reason(first: System, other: System, differing: Mapping[str, str]) -> str:
    one, two = first.name, other.name
    bases = first.records[0].basis, other.records[0].basis
    if "corpus" in differing:
        return f"{one} was tested on {bases[0].corpus} and {two} on {bases[1].corpus}"
    if "mapping of emotions" in differing or "emotions" in differing:
        return f"{one} and {two} tell different emotions apart"
    if "corpus digest" in differing:
        return f"The list of recordings changed between {one} and {two}"
    if "protocol" in differing:
        return f"The recordings were divided in another way for {one} than for {two}"
    if "folds" in differing:
        return f"{one} was tested on fold {_numbers(bases[0].folds)} and {two} on fold {_numbers(bases[1].folds)}"
    return f"{one} and {two} were tested on other recordings"


def _advice(differing: Mapping[str, str]) -> str:
    if not differing:
        return ""
    named = "; ".join(f"{what} ({values})" for what, values in differing.items())
    return f"They differ in: {named}. Make both with {', '.join(ADVICE[what] for what in differing)}."


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))
