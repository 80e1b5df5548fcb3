"""Grouping of records into systems: a system is a recipe with its settings, whatever the seed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ser_core.experiments.records import ExperimentRecord


@dataclass(frozen=True)
class System:
    """One side of a comparison, with a name of its own: one record, or one for each seed, in the order of the seeds."""

    name: str
    records: tuple[ExperimentRecord, ...]

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds of its records."""
        return tuple(record.basis.seed for record in self.records)


def system_key(record: ExperimentRecord) -> str:
    """Return a text that is the same for the same recipe with the same settings."""
    return json.dumps([record.recipe, dict(record.settings)], sort_keys=True, default=str)


def systems_of(records: Sequence[ExperimentRecord]) -> list[System]:
    """Put the seeds of each system together.

    The seeds of one source (a point of a sweep, a kept experiment) are one system. Sources of the same recipe and
    settings on the same division are one, too, if they have different seeds and there is another system beside them;
    otherwise their seeds are what is compared.

    Returns:
        Systems in the order of their first record. One source keeps its title; several are named by the title that they
        share, else by recipe and by the settings in which systems of that recipe differ.
    """
    joined: dict[str, list[tuple[ExperimentRecord, ...]]] = {}
    for found in by_source(records):
        joined.setdefault(_division_key(found[0]), []).append(found)
    apart = len(joined) < 2
    groups: list[tuple[ExperimentRecord, ...]] = []
    for of_key in joined.values():
        seeds = [record.basis.seed for found in of_key for record in found]
        groups += of_key if apart or len(set(seeds)) < len(seeds) else [tuple(one for found in of_key for one in found)]
    names = _distinct([_name(group, groups) for group in groups], groups)
    return [
        System(name, tuple(sorted(group, key=lambda record: record.basis.seed)))
        for name, group in zip(names, groups, strict=True)
    ]


def titles_of(groups: Sequence[Sequence[ExperimentRecord]]) -> list[str]:
    """Return what sources, or single records of them, are called; no two are called the same."""
    return _distinct([group[0].place.title for group in groups], groups)


def by_source(records: Sequence[ExperimentRecord]) -> list[tuple[ExperimentRecord, ...]]:
    """Put the seeds of each point of a sweep or of a kept experiment together, in the order of the seeds."""
    sources: dict[str, list[ExperimentRecord]] = {}
    for record in records:
        sources.setdefault(record.place.source, []).append(record)
    return [tuple(sorted(found, key=lambda record: record.basis.seed)) for found in sources.values()]


def differing_settings(records: Sequence[ExperimentRecord]) -> dict[str, list[Any]]:
    """Return the settings that differ between records: dotted path → the value in each, None if it has none.

    Unreadable settings are left out.
    """
    readable = [record for record in records if record.settings]
    keys = sorted({key for record in readable for key in record.settings})
    return {
        key: [record.settings.get(key) for record in records]
        for key in keys
        if len({repr(record.settings.get(key)) for record in readable}) > 1
    }


def _division_key(record: ExperimentRecord) -> str:
    basis = record.basis
    return json.dumps([system_key(record), basis.corpus, basis.digest, basis.protocol, sorted(basis.folds)])


def _name(group: Sequence[ExperimentRecord], groups: Sequence[Sequence[ExperimentRecord]]) -> str:
    experiments = {one.place.experiment for other in groups for one in other}
    needless = f" ({experiments.pop()})" if len(experiments) == 1 else ""  # every name would repeat it
    titles = {record.place.title.removesuffix(needless) for record in group}
    if len(titles) == 1:
        return titles.pop()
    record = group[0]
    firsts = [other[0] for other in groups if other[0].recipe == record.recipe]
    changes = [f"{key}={record.settings[key]}" for key in differing_settings(firsts) if key in record.settings]
    return f"{record.recipe} ({', '.join(changes)})" if changes else record.recipe


def _distinct(names: Sequence[str], groups: Sequence[Sequence[ExperimentRecord]]) -> list[str]:
    """Let no two systems have the same name: a name that comes again is followed by its seeds, then by its source."""
    with_seeds = [
        f"{name}, seed {', '.join(str(record.basis.seed) for record in group)}" if names.count(name) > 1 else name
        for name, group in zip(names, groups, strict=True)
    ]
    return [
        f"{name} ({group[0].place.source})" if with_seeds.count(name) > 1 else name
        for name, group in zip(with_seeds, groups, strict=True)
    ]
