"""What is run for the report, and which claims it is to decide."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ser_core.config import did_you_mean, fill, lookup, read_toml
from ser_core.errors import ConfigError
from ser_core.experiments.sweep import Axis, Sweep, load_sweep

_PLAN = Path(__file__).parent / "plan.toml"


@dataclass(frozen=True)
class Experiment:
    """A sweep on one corpus, shortened as far as the budget asks for.

    Attributes:
        name: of its result file.
        corpus: kind, for example ``ravdess``.
        sweep: that is run; one that ships.
        protocol: how the corpus is split; as the sweep says if empty.
        values: axis → those of its values that are run; axes that are not named keep all.
        seeds: as the sweep says if empty.
        folds: as the sweep says if empty.
        overrides: what is shortened, as ``--set`` takes it.
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
        """Return the sweep as it is run.

        Raises:
            ConfigError: if there is no such sweep or axis.
        """
        sweep = load_sweep(self.sweep)
        names = [axis.name for axis in sweep.axes]
        for name in self.values:
            if name not in names:
                raise ConfigError(
                    f"Expected axes of {self.sweep} among {', '.join(names)}; got {name!r}.{did_you_mean(name, names)}"
                )
        axes = tuple(Axis(axis.name, axis.key, tuple(self.values.get(axis.name, axis.values))) for axis in sweep.axes)
        return dataclasses.replace(
            sweep,
            axes=axes,
            protocol=self.protocol or sweep.protocol,
            seeds=self.seeds or sweep.seeds,
            folds=self.folds or sweep.folds,
            overrides=self.overrides,
        )

    def full_sweep(self) -> Sweep:
        """Return the sweep whole: every value, fold and epoch, as :meth:`full_command` runs it."""
        sweep = load_sweep(self.sweep)
        return dataclasses.replace(sweep, protocol=self.protocol or sweep.protocol)

    def full_name(self) -> str:
        """Return the name of the sweep whole; experiments that run parts of the same one share it."""
        sweep = self.full_sweep()
        return f"{sweep.name}-{self.corpus}-{sweep.protocol}"

    def full_command(self) -> str:
        """Return the command that runs the sweep whole."""
        protocol = f" --protocol {self.protocol}" if self.protocol else ""
        return f"python -m ser_core sweep {self.sweep} --corpus {self.corpus_option()}{protocol} --out DIR"

    def corpus_option(self) -> str:
        """Return the corpus as ``--corpus`` takes it; ``DIR`` stands for its folder."""
        return self.corpus if self.corpus == "demo" else f"{self.corpus}:DIR"


@dataclass(frozen=True)
class System:
    """One of the things compared: a point of an experiment, and whose prediction counts.

    Attributes:
        point: axis → value; axes that are not named are free.
        stage: after which it is judged; the last if empty.
        back_end: that judges; the recipe's own if empty.
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
        first: for ``gain``: the system that is to be beaten; for ``first-of`` and ``level``: what is fixed.
        second: for ``gain``: the system that is to be better.
        axis: for ``first-of``, ``matters`` and ``hardly-matters``: whose values are compared.
        winner: for ``first-of``: the value that is to be best.
        points: claimed gain in points, or for ``level`` the published score in percent.
        metric: ``uar`` or ``wa``.
        remark: said with the row.
    """

    source: str
    text: str
    published: str
    kind: Literal["gain", "first-of", "matters", "hardly-matters", "level", "not-testable"]
    experiment: str
    first: System = field(default_factory=System)
    second: System = field(default_factory=System)
    axis: str = ""
    winner: str = ""
    points: float = 0.0
    metric: Literal["uar", "wa"] = "uar"
    remark: str = ""


@dataclass(frozen=True)
class Plan:
    """Everything that the report rests on.

    Attributes:
        experiments: what is run.
        claims: what is decided, in the order of the report.
    """

    experiments: tuple[Experiment, ...]
    claims: tuple[Claim, ...]

    def __post_init__(self) -> None:
        """Check that every claim has its experiment."""
        for claim in self.claims:
            if claim.kind != "not-testable":
                self.experiment(claim.experiment)

    def experiment(self, name: str) -> Experiment:
        """Return an experiment by name.

        Raises:
            ConfigError: if there is none.
        """
        return lookup("experiment", name, {experiment.name: experiment for experiment in self.experiments})


@cache
def shipped_plan() -> Plan:
    """Read the plan that ships."""
    return fill(Plan, read_toml(_PLAN))
