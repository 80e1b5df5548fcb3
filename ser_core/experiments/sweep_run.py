"""Training of a sweep in a folder, one file per fold, so that it resumes where it stopped."""

import contextlib
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ser_core import plain_json
from ser_core.corpora import open_corpus
from ser_core.corpora.contents import require_same_contents
from ser_core.corpora.folder import first_few
from ser_core.errors import ConfigError
from ser_core.experiments.events import ExperimentEvent, FoldDone, FoldsPlanned
from ser_core.experiments.fold_files import read_fold, write_fold
from ser_core.experiments.folds import FoldTask, chosen_folds, require_emotions_first, run_fold
from ser_core.experiments.result import result_of, write_result
from ser_core.experiments.started import other_parameters, other_settings, read_started
from ser_core.experiments.sweep import Sweep
from ser_core.experiments.unfinished import delete_unfinished
from ser_core.jobs import detached
from ser_core.jobs.side_by_side import side_by_side
from ser_core.leftovers import clear_below
from ser_core.locks import ProcessLock, owner_file
from ser_core.paths import exists, is_file, is_folder
from ser_core.recipes import Recipe
from ser_core.recipes.recipe import settings_of
from ser_core.storage import write_text_atomically
from ser_core.training.device import processes_at_once
from ser_core.training.events import CorpusReading
from ser_core.training.examples import load_examples
from ser_core.training.fit import require_trainable, trained_fold
from ser_core.workspace import cache_directory

SWEEP_FILE = "sweep.json"
VERSION = 1
COMMAND_FILE = "command.json"  # of a sweep that was started from the app
LOCK = "lock"
_RECIPES = "recipes"


def run_sweep(
    sweep: Sweep,
    *,
    corpus: str,
    out: Path,
    mapping: Mapping[str, str] = MappingProxyType({}),
    workers: int = 0,
    listener: Callable[[ExperimentEvent], None] | None = None,
) -> dict[str, Any]:
    """Train all unfinished points of a sweep; returns the content of ``sweep.json``.

    Args:
        corpus: ``KIND:DIR``, a table, or ``demo``.
        out: folder of the sweep: ``sweep.json`` and, for every point and seed, a result file as ``evaluate`` writes it.
        mapping: emotions to rename or ``drop``.
        workers: processes side by side; 0 takes one per core, as far as there is memory.

    Raises:
        SerError: if sweep and corpus do not fit, ``out`` holds another sweep or a damaged fold, or another process
            works on it; before anything is trained.
    """
    tell = listener or (lambda event: None)
    recipes = {point.name: sweep.recipe_of(point) for point in sweep.points()}
    for recipe in recipes.values():
        require_emotions_first(recipe)
    manifest = open_corpus(corpus).map_emotions(mapping)
    folds = {seed: chosen_folds(manifest, sweep.protocol, seed, sweep.folds)[0] for seed in sweep.seeds}
    for recipe in recipes.values():
        every = [trained_fold(recipe, fold) for of_seed in folds.values() for fold in of_seed]
        require_trainable(manifest, every, recipe)
    asked = {
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
    _require_own(out)
    with ProcessLock(out / LOCK, f"the sweep {sweep.name}", lambda owner: _taken(out, owner)):
        clear_below(out, age=0)
        begun = read_started(out / SWEEP_FILE, what="a sweep")
        _require_same(out, begun, asked)
        _require_same_recipes(out, begun, recipes, sweep.seeds)
        # Not compared: the corpus may have moved since, and what the mapping does to it is in the digest.
        started_with = asked | {
            "corpus_option": corpus,
            "mapping": dict(mapping),
            _RECIPES: {name: settings_of(recipe) for name, recipe in recipes.items()},
            "trainings": len(recipes) * sum(map(len, folds.values())),
        }
        if _RECIPES not in begun:
            _write(out, {**started_with, "points": begun.get("points", [])})
        require_same_contents(out, manifest, what="sweep")
        every_fold = [
            (point, seed, fold)
            # A sweep that was stopped has every point at the first seed before the second begins.
            for seed in sweep.seeds
            for point in sweep.points()
            for fold in folds[seed]
        ]
        paths = [_fold_file(out, point.name, seed, fold.number) for point, seed, fold in every_fold]
        # What cannot be used is reported before hours of training, not after.
        finished = {path: read_fold(path) for path in paths if path.is_file()}
        todo = [asked_for for asked_for, path in zip(every_fold, paths, strict=True) if path not in finished]
        tell(FoldsPlanned(len(finished), len(paths), manifest.notes, out))
        # The frame cache is filled once, before processes share it.
        heard = {index for point, _, fold in todo for index in trained_fold(recipes[point.name], fold).train}
        for recipe in _with_other_inputs([recipes[point.name] for point, _, _ in todo]):
            load_examples(manifest, recipe, cache=cache_directory(), trained=heard, progress=_reading(tell))
        for path in finished:
            delete_unfinished(path)
        tasks = []
        for point, seed, fold in todo:
            recipe = recipes[point.name]
            trained = trained_fold(recipe, fold)
            tasks.append(
                FoldTask(
                    manifest,
                    trained,
                    recipe,
                    seed,
                    corpus,
                    sweep.protocol,
                    None,
                    dict(mapping),
                    _fold_file(out, point.name, seed, fold.number),
                    point.name,
                )
            )
        for task, result in side_by_side(run_fold, tasks, processes_at_once(workers, len(tasks)), listener):
            write_fold(task.file, result)
            finished[task.file] = read_fold(task.file)
            tell(FoldDone(len(finished), len(paths), task.seed, task.point, result.fold))
        rows = []
        for point, seed in itertools.product(sweep.points(), sweep.seeds):
            results = [finished[_fold_file(out, point.name, seed, fold.number)] for fold in folds[seed]]
            recipe, partial = recipes[point.name], bool(sweep.folds)
            content = result_of(
                manifest, recipe, sweep.protocol, seed, results, corpus=corpus, mapping=mapping, partial=partial
            )
            write_result(_result_file(out, point.name, seed), content, results)
            scores = {name: content[name] for name in ("uar_mean", "uar_std", "wa_mean", "wa_std", "parameters")}
            rows.append({"point": point.name, "values": dict(point.values), "seed": seed, **scores})
        done = {**started_with, "points": rows}
        _write(out, done)
        return done


def _fold_file(out: Path, point: str, seed: int, fold: int) -> Path:
    return out / point / f"seed-{seed}" / f"fold-{fold}.json"


def _result_file(out: Path, point: str, seed: int) -> Path:
    return out / point / f"seed-{seed}.json"


def _write(out: Path, content: Mapping[str, Any]) -> None:
    write_text_atomically(out / SWEEP_FILE, json.dumps(content, indent=2) + "\n")


def _taken(out: Path, owner: str) -> ConfigError:
    return ConfigError(
        f"Expected no other process to work on the sweep in {out}; it is held by {owner}. Wait for it, or stop it "
        "there and repeat the command: what is done is kept."
    )


def _require_own(out: Path) -> None:
    """Refuse a folder that holds something else than a sweep."""
    if exists(out) and not is_folder(out):
        raise ConfigError(f"Expected a folder for --out; {out} is a file. Name another.")
    if is_folder(out) and not is_file(out / SWEEP_FILE):
        own = (LOCK, owner_file(out / LOCK).name, COMMAND_FILE, *detached.FILES)
        if any(path.name not in own for path in out.iterdir()):
            raise ConfigError(f"Expected an empty folder or a sweep at {out}; it holds other files. Name another.")


def _require_same(out: Path, begun: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
    """Refuse a folder that holds results of other settings: they would be mixed."""
    other = other_settings(begun, asked) if begun else []
    if other:
        raise ConfigError(
            f"Expected the sweep that {out} was started with; {', '.join(other)} differ. "
            "Repeat the command that started it, or name another --out."
        )


def _require_same_recipes(
    out: Path, begun: Mapping[str, Any], recipes: Mapping[str, Recipe], seeds: Sequence[int]
) -> None:
    """Refuse to go on with a recipe whose file has changed since."""
    for point, recipe in recipes.items():
        for settings in _settings_before(out, begun, point, seeds):
            changed = other_parameters(settings, recipe)
            if changed:
                raise ConfigError(
                    f"Expected the recipe that {out} was started with; of {point}, {first_few(changed)} differ. Put "
                    "the recipe back as it was, or name another --out."
                )


def _settings_before(out: Path, begun: Mapping[str, Any], point: str, seeds: Sequence[int]) -> list[Mapping[str, Any]]:
    """Return the recipe of a point as it was; a sweep of an earlier release holds it in its results only."""
    if _RECIPES in begun:
        kept = begun[_RECIPES].get(point) if isinstance(begun[_RECIPES], dict) else None
        if not isinstance(kept, dict):
            raise ConfigError(
                f"Expected the recipe of {point} in {out / SWEEP_FILE}; it is not there. Name another --out."
            )
        return [kept]
    found = []
    for seed in seeds:
        # One that is missing or damaged is written again from its folds.
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
            found.append(plain_json.read(_result_file(out, point, seed))["settings"])
    return [settings for settings in found if isinstance(settings, dict)]


def _reading(tell: Callable[[ExperimentEvent], None]) -> Callable[[int, int], None]:
    return lambda done, total: tell(CorpusReading(done, total))


def _with_other_inputs(recipes: Sequence[Recipe]) -> list[Recipe]:
    """Keep one recipe of those with the same inputs and disturbances."""
    found: list[Recipe] = []
    for recipe in recipes:
        if all(_read(recipe) != _read(other) for other in found):
            found.append(recipe)
    return found


def _read(recipe: Recipe) -> tuple[object, ...]:
    """Return the settings that decide what is read of a corpus."""
    return recipe.front_end, recipe.inputs, recipe.disturbances
