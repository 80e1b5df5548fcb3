"""Grouping of records into systems: a system is a recipe with its settings, whatever the seed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ser_core.evaluation.comparable import MeasuredScore, is_paired
from ser_core.experiments.records import ExperimentRecord


@dataclass(frozen=True)
class System:
    """One column of a comparison: one record, or one for each seed, in the order of the seeds."""

    name: str
    records: tuple[ExperimentRecord, ...]


def system_key(record: ExperimentRecord) -> str:
    """Return a text that is the same for the same recipe with the same settings."""
    return json.dumps([record.recipe, dict(record.settings)], sort_keys=True, default=str)


def systems_of(records: Sequence[ExperimentRecord]) -> list[System]:
    """Put the seeds of each system together, if all systems have the same seeds; otherwise each record is one.

    Systems are in the order of their first record. Several seeds are named by recipe and by the settings in which
    systems of that recipe differ; a single record keeps its name.
    """
    measured = [MeasuredScore(record.name, system_key(record), record.basis) for record in records]
    if not is_paired(measured):
        return [System(record.name, (record,)) for record in records]
    groups: dict[str, list[ExperimentRecord]] = {}
    for record in records:
        groups.setdefault(system_key(record), []).append(record)
    return [
        System(
            _name(group[0], [others[0] for others in groups.values()]),
            tuple(sorted(group, key=lambda record: record.basis.seed)),
        )
        for group in groups.values()
    ]


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


def _name(record: ExperimentRecord, others: Sequence[ExperimentRecord]) -> str:
    telling = differing_settings([other for other in others if other.recipe == record.recipe])
    changes = ", ".join(f"{key}={record.settings[key]}" for key in telling if key in record.settings)
    return f"{record.recipe} ({changes})" if changes else record.recipe
