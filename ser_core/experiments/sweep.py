"""A recipe over a grid of values: which value is best, and does it matter?

A sweep lives in a folder, one result file per fold, so that it goes on where it was stopped and repeats nothing.
"""

import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ser_core.config import did_you_mean, fill, read_toml
from ser_core.corpora import open_corpus
from ser_core.errors import ConfigError
from ser_core.experiments.folds import Task, chosen_folds, read_fold, write_fold
from ser_core.experiments.processes import shares_of_machine, side_by_side
from ser_core.experiments.result import result_of, write_result
from ser_core.paths import exists, is_file, is_folder
from ser_core.recipes import Recipe, load_recipe
from ser_core.storage import write_text_atomically
from ser_core.training.examples import load_examples
from ser_core.training.fit import require_trainable, trained_fold
from ser_core.workspace import cache_directory

_FOLDER = Path(__file__).parent / "sweeps"
SWEEP_FILE = "sweep.json"
VERSION = 1
RECIPE = "recipe"


@dataclass(frozen=True)
class Axis:
    """One setting and the values it takes.

    Attributes:
        name: short, for tables and figures.
        key: dotted path in the recipe; ``recipe`` itself takes another recipe for each value.
        values: in the order of the figure.
    """

    name: str
    key: str
    values: tuple[Any, ...]

    def __post_init__(self) -> None:
        """Check that there is something to compare."""
        if not self.values:
            raise ConfigError(f"Expected at least one value for the axis {self.name!r}; got none. Add values = [...].")


@dataclass(frozen=True)
class Sweep:
    """What a sweep does, but the corpus.

    Attributes:
        name: of the file it ships in.
        title: one line for people.
        summary: what it asks.
        source: where the question comes from.
        recipe: that is varied.
        protocol: how the corpus is split.
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
    axes: tuple[Axis, ...]
    seeds: tuple[int, ...] = (0, 1, 2)
    folds: tuple[int, ...] = field(default=())
    overrides: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        """Check that no two axes would give their points the same names."""
        short = [_last_part(axis.key) for axis in self.axes]
        if len(set(short)) < len(short):
            raise ConfigError(
                f"Expected axes whose keys end differently; got {', '.join(axis.key for axis in self.axes)}. "
                "Sweep over one of them at a time."
            )

    def recipe_of(self, point: "Point") -> Recipe:
        """Return the recipe of a point.

        Raises:
            ConfigError: if a value does not fit the recipe.
        """
        return load_recipe(str(point.values.get(RECIPE, self.recipe)), [*self.overrides, *point.assignments])

    def points(self) -> list["Point"]:
        """List the combinations, the last axis changing fastest."""
        return [
            Point(dict(zip((axis.key for axis in self.axes), values, strict=True)))
            for values in itertools.product(*(axis.values for axis in self.axes))
        ]


@dataclass(frozen=True)
class Point:
    """One combination of values.

    Attributes:
        values: dotted path → value.
    """

    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Of its folder: the last part of each key, and its value."""
        return ",".join(
            f"{_last_part(key)}={Path(value).stem if key == RECIPE else value}" for key, value in self.values.items()
        )

    @property
    def assignments(self) -> tuple[str, ...]:
        """As ``--set`` takes them."""
        return tuple(f"{key}={json.dumps(value)}" for key, value in self.values.items() if key != RECIPE)


def _last_part(key: str) -> str:
    return key.rsplit(".", 1)[-1]


def shipped_sweeps() -> tuple[str, ...]:
    """Return the names of the sweeps that ship, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def load_sweep(name: str | Path) -> Sweep:
    """Read a sweep.

    Args:
        name: one that ships, or the path of a TOML file.

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


def run_sweep(
    sweep: Sweep,
    *,
    corpus: str,
    out: Path,
    mapping: Mapping[str, str] = MappingProxyType({}),
    workers: int = 0,
    listener: Callable[[dict[str, Any]], None] | None = None,
) -> dict[str, Any]:
    """Train every point of a sweep that is not done yet.

    Args:
        sweep: what to do.
        corpus: ``KIND:DIR``, a table, or ``demo``.
        out: folder of the sweep: ``sweep.json`` and, for every point and seed, a result file as ``evaluate`` writes it.
        mapping: emotions to rename or ``drop``.
        workers: processes side by side; 0 takes one per core.
        listener: told ``plan, reading, epoch`` and ``fold`` events.

    Returns:
        The content of ``sweep.json``: what was asked, and the scores of every point and seed that is complete.

    Raises:
        SerError: if sweep and corpus do not fit, or ``out`` holds another sweep; before anything is trained.
    """
    tell = listener or (lambda event: None)
    manifest = open_corpus(corpus).map_emotions(mapping)
    recipes = {point.name: sweep.recipe_of(point) for point in sweep.points()}
    started_with = {
        "version": VERSION,
        "sweep": sweep.name,
        "recipe": sweep.recipe,
        "protocol": sweep.protocol,
        "axes": [{"name": axis.name, "key": axis.key, "values": list(axis.values)} for axis in sweep.axes],
        "seeds": list(sweep.seeds),
        "folds": list(sweep.folds),
        "corpus": manifest.corpus,
        "manifest_digest": manifest.digest(),
        "overrides": list(sweep.overrides),
    }
    _require_same(out, started_with)
    # Not compared: the corpus may have moved since, and what the mapping does to it is in the digest.
    started_with |= {"corpus_option": corpus, "mapping": dict(mapping)}
    folds = {seed: chosen_folds(manifest, sweep.protocol, seed, sweep.folds)[0] for seed in sweep.seeds}
    for recipe in recipes.values():
        every = [trained_fold(recipe, fold) for of_seed in folds.values() for fold in of_seed]
        require_trainable(manifest, every, recipe)
    if not is_file(out / SWEEP_FILE):
        write_text_atomically(out / SWEEP_FILE, json.dumps({**started_with, "points": []}, indent=2) + "\n")
    todo = [
        (point, seed, fold)
        for seed in sweep.seeds  # a sweep that was stopped has every point at the first seed before the second begins
        for point in sweep.points()
        for fold in folds[seed]
        if not _fold_file(out, point.name, seed, fold.number).is_file()
    ]
    total = len(sweep.points()) * sum(map(len, folds.values()))
    tell({"kind": "plan", "done": total - len(todo), "of": total})
    # The frame cache is filled once, before processes share it.
    for front_end in {recipes[point.name].front_end for point, _, _ in todo}:
        load_examples(manifest, front_end, cache=cache_directory(), progress=_reading(tell))
    workers, threads = shares_of_machine(workers, max(1, len(todo)))
    tasks = []
    for point, seed, fold in todo:
        recipe = recipes[point.name]
        trained = trained_fold(recipe, fold)
        tasks.append(
            Task(manifest, trained, recipe, seed, threads, corpus, sweep.protocol, None, dict(mapping), point.name)
        )
    for done, (task, result) in enumerate(side_by_side(tasks, workers, listener), start=total - len(todo) + 1):
        write_fold(_fold_file(out, task.point, task.seed, task.fold.number), result)
        tell({"kind": "fold", "point": task.point, "seed": task.seed, "done": done, "of": total, **result.fold})
    rows = []
    for point in sweep.points():
        for seed in sweep.seeds:
            results = [read_fold(_fold_file(out, point.name, seed, fold.number)) for fold in folds[seed]]
            recipe = recipes[point.name]
            content = result_of(
                manifest,
                recipe,
                sweep.protocol,
                seed,
                results,
                corpus=corpus,
                mapping=mapping,
                partial=bool(sweep.folds),
            )
            write_result(out / point.name / f"seed-{seed}.json", content, results)
            rows.append(
                {
                    "point": point.name,
                    "values": dict(point.values),
                    "seed": seed,
                    **{name: content[name] for name in ("uar_mean", "uar_std", "wa_mean", "wa_std", "parameters")},
                }
            )
    content = {**started_with, "points": rows}
    write_text_atomically(out / SWEEP_FILE, json.dumps(content, indent=2) + "\n")
    return content


def _fold_file(out: Path, point: str, seed: int, fold: int) -> Path:
    return out / point / f"seed-{seed}" / f"fold-{fold}.json"


def _require_same(out: Path, asked: Mapping[str, Any]) -> None:
    """Refuse a folder that holds results of other settings: they would be mixed."""
    path = out / SWEEP_FILE
    if exists(out) and not is_folder(out):
        raise ConfigError(f"Expected a folder for --out; {out} is a file. Name another.")
    if not is_file(path):
        if is_folder(out) and any(out.iterdir()):
            raise ConfigError(f"Expected an empty folder or a sweep at {out}; it holds other files. Name another.")
        return
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ConfigError(f"Expected the settings of a sweep in {path}; got: {error}. Name another --out.") from error
    other = [name for name in asked if json.dumps(found.get(name)) != json.dumps(asked[name])]
    if other:
        raise ConfigError(
            f"Expected the sweep that {out} was started with; {', '.join(other)} differ. "
            "Repeat the command that started it, or name another --out."
        )


def _reading(tell: Callable[[dict[str, Any]], None]) -> Callable[[int, int], None]:
    return lambda done, total: tell({"kind": "reading", "done": done, "total": total})
