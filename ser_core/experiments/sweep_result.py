"""Result of a sweep: scores of all complete points and seeds, also while the sweep is running."""

import itertools
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ser_core import plain_json
from ser_core.errors import ConfigError, reason_of
from ser_core.experiments.fold_files import FoldScores, read_scores
from ser_core.experiments.scores import score_in
from ser_core.experiments.sweep import SweepAxis, points_of
from ser_core.experiments.sweep_run import COMMAND_FILE, SWEEP_FILE, VERSION
from ser_core.paths import changed, is_file, matching
from ser_core.workspace import sweeps_directory

Place = tuple[int, ...]  # for each axis, the number of its value


@dataclass(frozen=True)
class PointScore:
    """Mean scores over the folds of one point with one seed.

    ``place`` holds the number of each axis's value, in the order of the axes.
    """

    place: Place
    seed: int
    uar: float
    wa: float


@dataclass(frozen=True)
class SweepResult:
    """Result of a sweep; ``scores`` are those of complete points.

    ``overrides`` are ``key=value`` assignments of every point; ``finished`` is whether all points are complete.
    """

    folder: Path
    name: str
    recipe: str
    protocol: str
    corpus: str
    axes: tuple[SweepAxis, ...]
    seeds: tuple[int, ...]
    overrides: tuple[str, ...]
    scores: tuple[PointScore, ...]
    finished: bool

    @property
    def expected(self) -> int:
        """Points times seeds."""
        count = len(self.seeds)
        for axis in self.axes:
            count *= len(axis.values)
        return count


def sweep_folders() -> list[Path]:
    """List the sweeps in the workspace, the one that was touched last first; also those that have just been started."""
    touched = {
        folder: max(changed(folder / name) for name in (SWEEP_FILE, COMMAND_FILE) if is_file(folder / name))
        for folder in matching(sweeps_directory(), "*")
        if is_file(folder / SWEEP_FILE) or is_file(folder / COMMAND_FILE)
    }
    return sorted(touched, key=touched.__getitem__, reverse=True)


def read_sweep_result(folder: Path) -> SweepResult:
    """Read a sweep; raises ConfigError if ``sweep.json`` is missing, damaged, or of another version."""
    path = folder / SWEEP_FILE
    try:
        content = plain_json.read(path)
        if content["version"] != VERSION:
            raise ValueError(f"version {content['version']!r} instead of {VERSION}")
        axes = tuple(SweepAxis(str(axis["name"]), str(axis["key"]), tuple(axis["values"])) for axis in content["axes"])
        seeds = tuple(int(seed) for seed in content["seeds"])
        rows = content["points"]
        scores = _from_points(rows, axes) if rows else _from_folds(folder, axes, seeds, content["folds"])
        return SweepResult(
            folder=folder,
            name=str(content["sweep"]),
            recipe=str(content["recipe"]),
            protocol=str(content["protocol"]),
            corpus=str(content["corpus"]),
            axes=axes,
            seeds=seeds,
            overrides=tuple(map(str, content.get("overrides", ()))),
            scores=tuple(scores),
            finished=bool(rows),
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ConfigError(
            f"Expected a sweep at {path}; got: {reason_of(error)}. Repeat the command that made it with another --out."
        ) from error


def _from_points(rows: Sequence[Mapping[str, Any]], axes: Sequence[SweepAxis]) -> list[PointScore]:
    return [
        PointScore(
            tuple(axis.values.index(row["values"][axis.key]) for axis in axes),
            int(row["seed"]),
            score_in(row, "uar_mean"),
            score_in(row, "wa_mean"),
        )
        for row in rows
    ]


def _from_folds(
    folder: Path, axes: Sequence[SweepAxis], seeds: Sequence[int], folds: Sequence[int]
) -> list[PointScore]:
    """Combine finished folds; a point counts once it has all of them.

    Without a list of folds, as many are expected as the point with most has: points are trained one after another.
    """
    done: dict[tuple[Place, int], list[FoldScores]] = {}
    places = itertools.product(*(range(len(axis.values)) for axis in axes))
    for place, point in zip(places, points_of(axes), strict=True):
        for seed in seeds:
            files = sorted((folder / point.name / f"seed-{seed}").glob("fold-*.json"))
            done[place, seed] = [read_scores(file) for file in files]
    expected = len(set(folds)) or max(map(len, done.values()), default=0)
    return [
        PointScore(place, seed, statistics.fmean(one.uar for one in found), statistics.fmean(one.wa for one in found))
        for (place, seed), found in done.items()
        if found and len(found) == expected
    ]
