"""A recipe over the folds of a protocol: one result file, and every utterance's prediction beside it."""

import concurrent.futures
import json
import multiprocessing
import os
import platform
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.checkpoints.atlas import atlas_frame
from ser_core.checkpoints.store import settings_of
from ser_core.corpora import open_corpus
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols import PROTOCOLS, make_folds
from ser_core.corpora.splits import Fold, speaker_overlap
from ser_core.errors import ConfigError
from ser_core.evaluation.metrics import confusion, uar, wa
from ser_core.evaluation.statistics import interval_by_speaker
from ser_core.recipes import Recipe
from ser_core.storage import write_atomically, write_text_atomically
from ser_core.training.callbacks import Callback
from ser_core.training.device import best_device
from ser_core.training.examples import load_examples
from ser_core.training.fit import Space, back_end_scores, fit_fold, main_back_end, parameter_count, predictions
from ser_core.training.plan import Plan
from ser_core.training.result import save_result
from ser_core.workspace import cache_directory

if TYPE_CHECKING:
    import pandas

VERSION = 1
_SECONDS_BETWEEN_LOOKS = 0.5


@dataclass(frozen=True)
class FoldResult:
    """One fold, scored: what goes into the result file, and its test utterances."""

    fold: dict[str, Any]
    stages: list[dict[str, Any]]
    predictions: "pandas.DataFrame"
    parameters: int


@dataclass(frozen=True)
class Task:
    """One fold to be trained, small enough to be handed to another process."""

    manifest: Manifest
    fold: Fold
    recipe: Recipe
    seed: int
    threads: int
    corpus: str
    protocol: str
    keep: Path | None
    mapping: Mapping[str, str]


def evaluate(
    *,
    corpus: str,
    recipe: Recipe,
    protocol: str,
    out: Path,
    folds: Sequence[int] = (),
    seed: int = 0,
    workers: int = 0,
    keep: Path | None = None,
    mapping: Mapping[str, str] = MappingProxyType({}),
    listener: Callable[[dict[str, Any]], None] | None = None,
) -> dict[str, Any]:
    """Train and test a recipe on every fold of a protocol.

    The result is written after every fold, so that what is done outlasts an interruption.

    Args:
        corpus: ``KIND:DIR``, a table, or ``demo``.
        recipe: settings.
        protocol: a name in :data:`ser_core.corpora.protocols.PROTOCOLS`.
        out: JSON file; predictions lie beside it as ``NAME.predictions.parquet``.
        folds: numbers of the folds to do; all if empty.
        seed: of folds and training.
        workers: processes side by side; 0 takes one per core, at most one per fold.
        keep: folder in which every fold's model is kept as ``fold-<number>``, or none.
        mapping: emotions to rename or ``drop``.
        listener: told ``reading``, ``fold`` and ``epoch`` events.

    Returns:
        The content of the result file; see ``docs/contract.md``.

    Raises:
        SerError: if corpus, recipe, protocol or folds do not fit; before anything is trained.
    """
    if out.is_dir():
        raise ConfigError(
            f"Expected a file to write with --out; {out} is a folder. Name for example {out / 'result.json'}."
        )
    manifest = open_corpus(corpus).map_emotions(mapping)
    made = {fold.number: fold for fold in make_folds(manifest, protocol, seed)}
    unknown = [number for number in folds if number not in made]
    if unknown:
        raise ConfigError(
            f"Expected folds of {protocol} among {', '.join(map(str, made))}; got {', '.join(map(str, unknown))}. "
            "Correct --folds."
        )
    parameter_count(recipe, classes=len(manifest.labels))
    chosen = [made[number] for number in (sorted(set(folds)) or made)]
    workers = workers or (1 if best_device().type != "cpu" else os.cpu_count() or 1)
    workers = max(1, min(workers, len(chosen)))
    threads = max(1, (os.cpu_count() or 1) // workers)
    # The frame cache is filled once, before processes share it.
    load_examples(manifest, recipe.front_end, cache=cache_directory(), progress=_reading(listener))
    tasks = [Task(manifest, fold, recipe, seed, threads, corpus, protocol, keep, dict(mapping)) for fold in chosen]
    results: list[FoldResult] = []
    content: dict[str, Any] = {}
    for result in _run(tasks, workers, listener):
        results = sorted([*results, result], key=lambda item: item.fold["fold"])
        content = _content(manifest, recipe, protocol, seed, results, partial=len(results) < len(made))
        _write(out, content, results)
        if listener is not None:
            listener({"kind": "fold", "done": len(results), "of": len(tasks), **result.fold})
    return content


def predictions_path(out: Path) -> Path:
    """Return where the predictions of a result file lie."""
    return out.with_name(out.stem + ".predictions.parquet")


def _run(
    tasks: Sequence[Task], workers: int, listener: Callable[[dict[str, Any]], None] | None
) -> Iterator[FoldResult]:
    if workers == 1:
        for task in tasks:
            yield run_fold(task, listener)
        return
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, concurrent.futures.ProcessPoolExecutor(workers, mp_context=context) as pool:
        events = manager.Queue()
        tell = None if listener is None else events.put
        waiting = {pool.submit(run_fold, task, tell) for task in tasks}
        try:
            while waiting:
                done, waiting = concurrent.futures.wait(waiting, timeout=_SECONDS_BETWEEN_LOOKS)
                while listener is not None and not events.empty():
                    listener(events.get())
                for future in done:
                    yield future.result()
        finally:
            for future in waiting:
                future.cancel()


def run_fold(task: Task, listener: Callable[[dict[str, Any]], None] | None = None) -> FoldResult:
    """Train and score one fold in this process."""
    import torch

    if task.threads < (os.cpu_count() or 1):
        torch.set_num_threads(task.threads)
    manifest, fold = task.manifest, task.fold
    examples = load_examples(manifest, task.recipe.front_end, cache=cache_directory())
    callbacks = [] if listener is None else [_EpochTeller(fold.number, listener)]
    fitted = fit_fold(manifest, fold, task.recipe, examples, seed=task.seed, callbacks=callbacks)
    if task.keep is not None:
        table = settings_of(task.recipe)
        plan = Plan(task.corpus, manifest, task.recipe, table, task.protocol, fold, task.seed, task.mapping)
        save_result(task.keep / f"fold-{fold.number}", plan, fitted, name=f"{task.recipe.name}-fold-{fold.number}")
    back_end = main_back_end(task.recipe)
    by_back_end = {space.stage: back_end_scores(manifest, fold, space, "test") for space in fitted.spaces}
    space = fitted.spaces[-1]
    main = by_back_end[space.stage][back_end]
    described = {
        "fold": fold.number,
        "train_speakers": _speakers(manifest, fold.train),
        "development_speakers": _speakers(manifest, fold.development),
        "test_speakers": _speakers(manifest, fold.test),
        "speaker_overlap": speaker_overlap(manifest, fold),
        "uar": main.uar,
        "wa": main.wa,
        "macro_f1": main.macro_f1,
        "confusion": main.confusion.tolist(),
        "epochs": fitted.epochs,
        "seconds": round(fitted.seconds, 1),
    }
    stages = [
        {
            "fold": fold.number,
            "stage": stage,
            "back_ends": {name: {"uar": found.uar, "wa": found.wa} for name, found in scores.items()},
        }
        for stage, scores in by_back_end.items()
    ]
    parameters = sum(parameter.numel() for parameter in fitted.checkpoint.model.parameters())
    return FoldResult(described, stages, _predictions(manifest, fold, space, back_end), parameters)


class _EpochTeller(Callback):
    def __init__(self, fold: int, listener: Callable[[dict[str, Any]], None]) -> None:
        self.fold = fold
        self.listener = listener

    def epoch_ended(self, figures: dict[str, Any]) -> None:
        self.listener({"kind": "epoch", "fold": self.fold, **figures})


def _predictions(manifest: Manifest, fold: Fold, space: Space, back_end: str) -> "pandas.DataFrame":
    chosen = list(fold.test)
    part = manifest.select(chosen)
    frame = atlas_frame(
        part,
        labels=manifest.labels,
        splits=["test"] * len(chosen),
        embeddings=space.embeddings[chosen],
        probabilities=space.probabilities[chosen],
        angles=space.angles[chosen],
        predicted=predictions(manifest, fold, space, back_end, chosen),
    )
    kept = ["file", "start", "end", "speaker", "emotion", "predicted"]
    kept += [name for name in frame.columns if name.startswith(("probability_", "angle_"))]
    kept = [name for name in kept if name not in ("start", "end") or frame[name].notna().any()]
    frame = frame[kept]
    frame.insert(0, "fold", fold.number)
    return frame


def _content(
    manifest: Manifest, recipe: Recipe, protocol: str, seed: int, results: Sequence[FoldResult], *, partial: bool
) -> dict[str, Any]:
    import pandas

    folds = [result.fold for result in results]
    table = pandas.concat([result.predictions for result in results], ignore_index=True)
    truth, predicted = table["emotion"].tolist(), table["predicted"].tolist()
    pooled = confusion(truth, predicted, manifest.labels)
    speakers = table["speaker"].tolist()
    # A bootstrap by speaker needs at least two of them.
    interval = (
        interval_by_speaker(truth, predicted, speakers, manifest.labels, seed=seed) if len(set(speakers)) > 1 else None
    )
    return {
        "version": VERSION,
        "corpus": manifest.corpus,
        "manifest_digest": manifest.digest(),
        "notes": list(manifest.notes),
        "recipe": recipe.name,
        "settings": settings_of(recipe),
        "protocol": protocol,
        "speaker_independent": PROTOCOLS[protocol].speaker_independent,
        "seed": seed,
        "labels": list(manifest.labels),
        "back_end": main_back_end(recipe),
        "parameters": results[0].parameters,
        "environment": _environment(),
        "folds": folds,
        "uar_mean": statistics.fmean(fold["uar"] for fold in folds),
        "uar_std": _deviation([fold["uar"] for fold in folds]),
        "wa_mean": statistics.fmean(fold["wa"] for fold in folds),
        "wa_std": _deviation([fold["wa"] for fold in folds]),
        "pooled": {
            "uar": uar(pooled),
            "wa": wa(pooled),
            "confusion": pooled.tolist(),
            "uar_interval_by_speaker": interval and [interval.low, interval.high],
        },
        "stages": _stage_means([stage for result in results for stage in result.stages]),
        "partial": partial,
    }


def _stage_means(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Per stage and back end: mean and deviation over folds, and the folds' own scores."""
    found = []
    for stage in dict.fromkeys(row["stage"] for row in rows):
        of_stage = [row for row in rows if row["stage"] == stage]
        entry: dict[str, Any] = {"stage": stage, "back_ends": {}}
        for name in of_stage[0]["back_ends"]:
            values = [row["back_ends"][name] for row in of_stage]
            entry["back_ends"][name] = {
                "uar_mean": statistics.fmean(value["uar"] for value in values),
                "uar_std": _deviation([value["uar"] for value in values]),
                "wa_mean": statistics.fmean(value["wa"] for value in values),
                "wa_std": _deviation([value["wa"] for value in values]),
                "uar": {str(row["fold"]): row["back_ends"][name]["uar"] for row in of_stage},
            }
        found.append(entry)
    return found


def _write(out: Path, content: dict[str, Any], results: Sequence[FoldResult]) -> None:
    import pandas

    table = pandas.concat([result.predictions for result in results], ignore_index=True)
    write_atomically(predictions_path(out), lambda path: table.to_parquet(path, index=False))
    write_text_atomically(out, json.dumps(content, indent=2, allow_nan=False) + "\n")


def _environment() -> dict[str, Any]:
    import torch

    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "device": best_device().type,
    }


def _speakers(manifest: Manifest, indices: Sequence[int]) -> list[str]:
    return sorted({manifest.utterances[index].speaker for index in indices})


def _deviation(values: Sequence[float]) -> float | None:
    return statistics.stdev(values) if len(values) > 1 else None


def _reading(listener: Callable[[dict[str, Any]], None] | None) -> Callable[[int, int], None] | None:
    if listener is None:
        return None
    return lambda done, total: listener({"kind": "reading", "done": done, "total": total})
