"""Dai's four settings: two inputs, with and without centre loss, trained on one and the same split."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ser_core.evaluation.comparable import ScoreBasis
from ser_core.experiments.places import RUN
from ser_core.experiments.records import ExperimentRecord
from ser_core.recipes import load_recipe
from ser_core.recipes.recipe import has_effect

# Recipe → its name in figures, in the order of Dai et al. (2019), table 2: settings 1 to 4.
SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "dai-2019-mel-softmax": "log-mel, softmax",
        "dai-2019-mel": "log-mel, softmax + centre",
        "dai-2019-stft-softmax": "log-STFT, softmax",
        "dai-2019-stft": "log-STFT, softmax + centre",
    }
)
QUICK = ("stages.0.epochs=5",)


@dataclass(frozen=True)
class FourSettings:
    """Finished runs of the four recipes on one split.

    Attributes:
        basis: what they were measured on.
        corpus: how it was named on the command line.
        records: recipe → its newest run; in the order of :data:`SETTINGS`.
    """

    basis: ScoreBasis
    corpus: str
    records: Mapping[str, ExperimentRecord]

    @property
    def missing(self) -> tuple[str, ...]:
        """Recipes without a finished run on this split."""
        return tuple(recipe for recipe in SETTINGS if recipe not in self.records)


def four_settings(records: Sequence[ExperimentRecord]) -> list[FourSettings]:
    """Find finished runs of the four recipes, split by split.

    Args:
        records: all there are.

    Returns:
        One entry for each corpus, mapping, protocol, fold and seed: those with most of the four first, then the newest.
    """
    groups: dict[str, list[ExperimentRecord]] = {}
    for record in records:
        if record.place.kind == RUN and record.recipe in SETTINGS and record.checkpoint is not None:
            basis = record.basis
            split = [basis.digest, dict(basis.mapping or {}), basis.protocol, basis.folds, basis.seed]
            groups.setdefault(json.dumps(split, sort_keys=True), []).append(record)
    found = []
    for group in groups.values():
        newest = sorted(group, key=_made)
        of_recipe = {record.recipe: record for record in newest}
        ordered = {recipe: of_recipe[recipe] for recipe in SETTINGS if recipe in of_recipe}
        found.append(FourSettings(newest[-1].basis, newest[-1].corpus, ordered))
    return sorted(found, key=lambda one: (-len(one.records), -max(map(_made, one.records.values()))))


def changes(record: ExperimentRecord) -> dict[str, Any]:
    """List the settings of a run that are not those of the recipe that ships."""
    shipped = load_recipe(record.recipe).parameters()
    return {
        key: value for key, value in record.settings.items() if key not in shipped or not _same(value, shipped[key])
    }


def unlike_settings(found: FourSettings) -> dict[str, list[Any]]:
    """List the settings in which the runs differ although their recipes do not, with the values that occur."""
    shipped = {recipe: load_recipe(recipe).parameters() for recipe in found.records}
    unlike: dict[str, list[Any]] = {}
    for key in {key for record in found.records.values() for key in changes(record)}:
        # Of each recipe that has the setting: its own value, and that of its run.
        pairs = [
            (shipped[recipe][key], record.settings[key])
            for recipe, record in found.records.items()
            if key in shipped[recipe] and key in record.settings and has_effect(key, shipped[recipe])
        ]
        values = list({json.dumps(value, default=str): value for _, value in pairs}.values())
        if len(values) > 1 and all(_same(own, pairs[0][0]) for own, _ in pairs):
            unlike[key] = values
    return dict(sorted(unlike.items()))


def train_command(recipe: str, found: FourSettings | None, *, runs: Path) -> str:
    """Write the command that trains a missing setting.

    Args:
        recipe: a key of :data:`SETTINGS`.
        found: the split to train on, whose runs' changed settings are kept; without one, a short
            run on the demo corpus.
        runs: folder in which the run's own is made.

    Returns:
        One line for a shell.
    """
    words = ["python", "-m", "ser_core", "train", "--corpus", found.corpus if found else "demo", "--recipe", recipe]
    name = f"{recipe}-seed-{found.basis.seed}-fold-{found.basis.folds[0]}" if found else recipe
    assignments: Sequence[str] = QUICK
    if found is not None:
        basis = found.basis
        words += ["--protocol", basis.protocol, "--fold", str(basis.folds[0]), "--seed", str(basis.seed)]
        for source, target in (basis.mapping or {}).items():
            words += ["--map", f"{source}={target}"]
        known = load_recipe(recipe).parameters()
        kept: dict[str, Any] = {}
        for record in found.records.values():
            kept |= {key: value for key, value in changes(record).items() if key in known}
        assignments = [f"{key}={json.dumps(value)}" for key, value in kept.items() if has_effect(key, known)]
    for assignment in assignments:
        words += ["--set", assignment]
    return shlex.join([*words, "--out", str(_free(runs / name))])


def _free(folder: Path) -> Path:
    """A folder that is not there yet: an unfinished run may be in the first one."""
    number, free = 2, folder
    while free.exists():
        free, number = folder.with_name(f"{folder.name}-{number}"), number + 1
    return free


def _made(record: ExperimentRecord) -> float:
    return record.made or 0.0


def _same(first: Any, second: Any) -> bool:
    return json.dumps(first, default=str, sort_keys=True) == json.dumps(second, default=str, sort_keys=True)
