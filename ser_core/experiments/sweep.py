"""Sweep of a recipe over a grid of values."""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ser_core.config import did_you_mean, fill, read_toml
from ser_core.errors import ConfigError
from ser_core.recipes import Recipe, load_recipe

_FOLDER = Path(__file__).parent / "sweeps"
RECIPE = "recipe"
_LONGEST_NAME = 200  # of a folder, in bytes: no system allows more than 255


@dataclass(frozen=True)
class SweepAxis:
    """One setting of a sweep with its values.

    Attributes:
        name: short, for tables and figures.
        key: dotted path in the recipe; ``recipe`` itself takes another recipe for each value.
        values: in the order of the figure.
        published: those for which the sweep's source prints a result; none where it prints none or its figure is lost.
    """

    name: str
    key: str
    values: tuple[Any, ...]
    published: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        """Check that there are values to compare."""
        if not self.values:
            raise ConfigError(f"Expected at least one value for the axis {self.name!r}; got none. Add values = [...].")
        twice = _first_twice(self.values)
        if twice is not None:
            raise ConfigError(f"Expected each value of the axis {self.name!r} once; got {twice!r} twice. Delete one.")


@dataclass(frozen=True)
class Sweep:
    """Definition of a sweep, without the corpus.

    Attributes:
        title: one line for people.
        summary: what it asks.
        source: where the question comes from.
        axes: settings; every combination of their values is a point.
        seeds: each point is trained once per seed.
        folds: numbers of the folds; all if empty.
        overrides: ``key.path=value`` assignments for every point, for example to shorten it.
    """

    name: str
    title: str
    summary: str
    source: str
    recipe: str
    protocol: str
    axes: tuple[SweepAxis, ...]
    seeds: tuple[int, ...] = (0, 1, 2)
    folds: tuple[int, ...] = field(default=())
    overrides: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        """Check that every point is trained once for each seed, into a folder of its own, as its name says."""
        if not self.axes:
            raise ConfigError(
                "Expected at least one axis, whose values are compared; got none. Add [[axes]] with name, key and "
                "values, or train the recipe as it is with: python -m ser_core evaluate"
            )
        if not self.seeds:
            raise ConfigError("Expected at least one seed; got none. Write for example seeds = [0, 1, 2].")
        twice = _first_twice(self.seeds)
        if twice is not None:
            raise ConfigError(
                f"Expected each seed once; got {twice} twice. The same training again would give the same result."
            )
        short = [_last_part(axis.key) for axis in self.axes]
        if len(set(short)) < len(short):
            raise ConfigError(
                f"Expected axes whose keys end differently; got {', '.join(axis.key for axis in self.axes)}. "
                "Sweep over one of them at a time."
            )
        points_of(self.axes)
        for override in self.overrides:
            self._require_seen(override)

    def _require_seen(self, override: str) -> None:
        """Refuse to override what every point sets itself: it would only appear in the record."""
        changed = override.partition("=")[0].strip()
        for axis in self.axes:
            if f"{changed}.".startswith(f"{axis.key}.") or f"{axis.key}.".startswith(f"{changed}."):
                raise ConfigError(
                    f"Expected --set to change what all points share; got {override!r}, but the axis {axis.name!r} "
                    f"sets {axis.key} for every point. Leave --set {changed} out, or change the values of the axis."
                )

    def recipe_of(self, point: "SweepPoint") -> Recipe:
        """Return the recipe of a point; raises ConfigError if a value does not fit the recipe."""
        return load_recipe(str(point.values.get(RECIPE, self.recipe)), [*self.overrides, *point.assignments])

    def points(self) -> list["SweepPoint"]:
        """List the combinations, the last axis changing fastest."""
        return points_of(self.axes)


@dataclass(frozen=True)
class SweepPoint:
    """One combination of values: dotted path → value."""

    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Of its folder: the last part of each key, and its value."""
        return ",".join(
            f"{_last_part(key)}={Path(str(value)).stem if key == RECIPE else value}"
            for key, value in self.values.items()
        )

    @property
    def assignments(self) -> tuple[str, ...]:
        """As ``--set`` takes them."""
        return tuple(f"{key}={json.dumps(value)}" for key, value in self.values.items() if key != RECIPE)


def _last_part(key: str) -> str:
    return key.rsplit(".", 1)[-1]


def _first_twice(values: Sequence[Any]) -> Any:
    return next((value for place, value in enumerate(values) if value in values[:place]), None)


def points_of(axes: Sequence[SweepAxis]) -> list[SweepPoint]:
    """List the combinations of the axes' values, the last axis changing fastest.

    Raises:
        ConfigError: if two have the same name, or one has a name that no folder can have.
    """
    known: dict[str, SweepPoint] = {}
    for values in itertools.product(*(axis.values for axis in axes)):
        point = SweepPoint(dict(zip((axis.key for axis in axes), values, strict=True)))
        name = point.name
        if not name.isprintable() or "/" in name or "\\" in name or len(name.encode(errors="replace")) > _LONGEST_NAME:
            shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
            raise ConfigError(
                f"Expected values that can name the folder of a point; got {shown!r}, which cannot. Sweep over values "
                f"of at most {_LONGEST_NAME} characters without slashes and line breaks."
            )
        if name in known:
            both = " and ".join(str(dict(one.values)) for one in (known[name], point))
            raise ConfigError(
                f"Expected a name of its own for every point; got {name!r} for {both}. Each point's results lie under "
                "its name: rename one of the files, or leave one of the values out."
            )
        known[name] = point
    return list(known.values())


def shipped_sweeps() -> tuple[str, ...]:
    """Return the names of the sweeps that ship, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def load_sweep(name: str | Path) -> Sweep:
    """Read a sweep that ships, or from the path of a TOML file.

    Raises:
        ConfigError: if there is no such sweep, or a key or value is wrong.
    """
    path = Path(name)
    if path.suffix != ".toml":
        if str(name) not in shipped_sweeps():
            raise ConfigError(
                f"Expected a sweep among {', '.join(shipped_sweeps())}, or a .toml file; got {str(name)!r}."
                f"{did_you_mean(str(name), shipped_sweeps())}"
            )
        path = _FOLDER / f"{name}.toml"
    return fill(Sweep, {"name": path.stem, **read_toml(path)})
