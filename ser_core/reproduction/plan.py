"""Plan of the report: experiments and the claims that they test."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ser_core.config import did_you_mean, fill, lookup, read_toml
from ser_core.errors import ConfigError
from ser_core.experiments.sweep import Sweep, load_sweep

SEEDS_TO_REFUTE = 5  # fewer cannot show that a claim fails
_PLAN = Path(__file__).parent / "plan.toml"


@dataclass(frozen=True)
class Experiment:
    """A sweep on one corpus, shortened as far as the budget requires; empty values are those of the sweep.

    Attributes:
        name: of its result file.
        corpus: kind, for example ``ravdess``.
        values: axis → its values that are run; other axes keep all.
        overrides: settings that shorten it, as ``--set`` takes them.
    """

    name: str
    corpus: str
    sweep: str
    protocol: str = ""
    values: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    seeds: tuple[int, ...] = ()
    folds: tuple[int, ...] = ()
    overrides: tuple[str, ...] = ()

    def shortened_sweep(self) -> Sweep:
        """Return the sweep as it is run; raises ConfigError if there is no such sweep or axis."""
        sweep = load_sweep(self.sweep)
        names = [axis.name for axis in sweep.axes]
        for name in self.values:
            if name not in names:
                raise ConfigError(
                    f"Expected axes of {self.sweep} among {', '.join(names)}; got {name!r}.{did_you_mean(name, names)}"
                )
        axes = tuple(
            dataclasses.replace(axis, values=tuple(self.values.get(axis.name, axis.values))) for axis in sweep.axes
        )
        return dataclasses.replace(
            sweep,
            axes=axes,
            protocol=self.protocol or sweep.protocol,
            seeds=self.seeds or sweep.seeds,
            folds=self.folds or sweep.folds,
            overrides=self.overrides,
        )

    def full_sweep(self) -> Sweep:
        """Return the sweep whole: every value, fold and epoch, and seeds enough to refute."""
        sweep = load_sweep(self.sweep)
        seeds = (*sweep.seeds, *(seed for seed in range(SEEDS_TO_REFUTE) if seed not in sweep.seeds))
        return dataclasses.replace(sweep, protocol=self.protocol or sweep.protocol, seeds=seeds)

    def full_name(self) -> str:
        """Return the name of the sweep whole; experiments that run parts of the same one share it."""
        sweep = self.full_sweep()
        return f"{sweep.name}-{self.corpus}-{sweep.protocol}"

    def full_command(self) -> str:
        """Return the command that runs the sweep whole."""
        return f"python -m ser_core reproduce --corpus {self.corpus_option()} --only {self.name} --in-full"

    def corpus_option(self) -> str:
        """Return the corpus as ``--corpus`` takes it; ``DIR`` stands for its folder."""
        return self.corpus if self.corpus == "demo" else f"{self.corpus}:DIR"


@dataclass(frozen=True)
class ClaimSystem:
    """One of the compared systems: a point of an experiment, a stage and a back end.

    Axes that are not named are free; without a stage it is the last, without a back end the recipe's own.
    """

    point: Mapping[str, Any] = field(default_factory=dict)
    stage: str = ""
    back_end: str = ""


@dataclass(frozen=True)
class Claim:
    """One row of the report.

    Attributes:
        source: whose claim it is.
        text: what is claimed.
        published: the source's own figures, with their corpus and protocol.
        kind: how it is decided; a name in :data:`ser_core.reproduction.verdicts.JUDGES`, or ``not-testable``.
        experiment: whose results decide; the corpus it is not testable on for ``not-testable``.
        first: for ``gain`` and ``improves``: the system that is to be beaten; for ``first-of`` and ``level``: what is
            fixed.
        second: for ``gain``: the system that is to be better.
        axis: for ``first-of``, ``improves`` and ``hardly-matters``: the axis whose values are compared.
        winner: for ``first-of``: the value that is to be best.
        points: claimed gain in points, or for ``level`` the published score in percent.
        metric: ``uar`` or ``wa``.
        remark: said with the row.
        of_paper: whether a paper makes the claim; otherwise it is a question of ours.
    """

    source: str
    text: str
    published: str
    kind: Literal["gain", "first-of", "improves", "hardly-matters", "level", "not-testable"]
    experiment: str
    first: ClaimSystem = field(default_factory=ClaimSystem)
    second: ClaimSystem = field(default_factory=ClaimSystem)
    axis: str = ""
    winner: str = ""
    points: float = 0.0
    metric: Literal["uar", "wa"] = "uar"
    remark: str = ""
    of_paper: bool = True

    def leaves_open(self, axis: str) -> bool:
        """Say whether the claim is about all values of an axis."""
        return self.kind in ("first-of", "improves", "hardly-matters") and (
            axis == self.axis or axis not in self.first.point
        )

    def compared(self, axis: str, run: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the values of an axis, among those that are run, that must be the source's own for its claim."""
        named = tuple(system.point[axis] for system in (self.first, self.second) if axis in system.point)
        # Whether some value improves on the reference can be seen at any value.
        return named if self.kind == "improves" or not self.leaves_open(axis) else run


@dataclass(frozen=True)
class ReproductionPlan:
    """All experiments and claims of the report, in its order."""

    experiments: tuple[Experiment, ...]
    claims: tuple[Claim, ...]

    def __post_init__(self) -> None:
        """Check that every claim has its experiment."""
        for claim in self.claims:
            self.experiment_of(claim)

    def experiment(self, name: str) -> Experiment:
        """Return an experiment by name; raises ConfigError if there is none."""
        return lookup("experiment", name, {experiment.name: experiment for experiment in self.experiments})

    def experiment_of(self, claim: Claim) -> Experiment | None:
        """Return the experiment that decides a claim; None for one that is not testable."""
        return None if claim.kind == "not-testable" else self.experiment(claim.experiment)


@cache
def shipped_plan() -> ReproductionPlan:
    """Read the plan that ships."""
    return fill(ReproductionPlan, read_toml(_PLAN))
