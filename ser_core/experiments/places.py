"""Locations of runs and results: in the workspace, and committed in the documentation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ser_core.paths import below
from ser_core.training.jobs import list_runs
from ser_core.training.run_names import run_title
from ser_core.workspace import results_directory, sweeps_directory

KEPT_RESULTS = Path(__file__).resolve().parents[2] / "docs" / "results"
KEPT_EXPERIMENTS = KEPT_RESULTS / "reproduction"
RUN, EVALUATION, SWEEP_POINT, KEPT_RESULT = "run", "evaluation", "sweep point", "kept result"
KEPT_EXPERIMENT = "kept experiment"
_SEED = re.compile(r"/seed-\d+$")
_SECONDS = re.compile(r"_seconds=([0-9.]+)")
KEPT_FOLDS = ".folds"  # behind the name of a result: the folder of an evaluation's folds until they are in it


@dataclass(frozen=True)
class ResultLocation:
    """Location of a run (its folder) or of a result (its file), with a unique name.

    ``kind`` is ``run``, ``evaluation``, ``sweep point``, ``kept result`` or ``kept experiment``; a kept experiment's
    file holds several results, one per ``point`` and seed.
    """

    name: str
    kind: str
    path: Path
    point: str = ""

    @property
    def source(self) -> str:
        """Name of what it is one seed of: a point of a sweep or of a kept experiment; else its own name."""
        return _SEED.sub("", self.name)

    @property
    def experiment(self) -> str:
        """Name of the sweep or of the kept experiment that it is a point of; empty if it is none."""
        return self.source.split("/")[-2] if self.kind in (SWEEP_POINT, KEPT_EXPERIMENT) else ""

    @property
    def title(self) -> str:
        """What its source is called, for people: the name that a run was given, a result's, or point and sweep.

        Examples:
            >>> ResultLocation("sweeps/mine/recipe=quick/seed-0", SWEEP_POINT, Path()).title
            'quick (mine)'
            >>> ResultLocation("sweeps/mine/duration_seconds=2.0/seed-0", SWEEP_POINT, Path()).title
            'duration 2 s (mine)'
        """
        if self.kind == RUN:
            return run_title(self.path)
        if self.experiment:
            point = self.source.rpartition("/")[2].removeprefix("recipe=").replace(",", ", ")
            point = _SECONDS.sub(lambda found: f"={float(found[1]):g} s", point).replace("=", " ").replace("_", " ")
            return f"{point} ({self.experiment})"
        return self.source.partition("/")[2]


def run_places() -> Iterator[ResultLocation]:
    """List the runs, the newest first."""
    for run in list_runs():
        yield ResultLocation(f"runs/{run.name}", RUN, run)


def result_places() -> Iterator[ResultLocation]:
    """List the files that may be results: those of the workspace, then the kept ones."""
    for home, name, pattern, depth, kind in (
        (results_directory(), "results", "*.json", None, EVALUATION),
        (sweeps_directory(), "sweeps", "seed-*.json", 3, SWEEP_POINT),
        (KEPT_RESULTS, "kept", "*.json", 1, KEPT_RESULT),
        (KEPT_EXPERIMENTS, "kept/reproduction", "*.json", 1, KEPT_EXPERIMENT),
    ):
        for path in sorted(below(home)):
            relative = path.relative_to(home)
            if not relative.match(pattern) or depth not in (None, len(relative.parts)):
                continue
            # Folds that are done have files of their own, and what begins with a dot is being written.
            hidden = path.name.startswith("fold-") or any(
                part.startswith(".") or part.endswith(KEPT_FOLDS) for part in relative.parts
            )
            if path.is_file() and not hidden:
                yield ResultLocation(f"{name}/{relative.with_suffix('').as_posix()}", kind, path)
