"""Content of result files: scores of all folds, and their origin."""

import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols import PROTOCOLS
from ser_core.evaluation.metrics import confusion, uar, wa
from ser_core.evaluation.reliability import reliability
from ser_core.evaluation.statistics import interval_by_speaker, mean_confusion
from ser_core.experiments.fold_files import FoldResult, FoldScores, StageScores
from ser_core.experiments.rating_folds import RatingFoldResult
from ser_core.recipes import Recipe
from ser_core.recipes.recipe import settings_of
from ser_core.storage import write_text, write_together
from ser_core.tables import read_frame
from ser_core.training.device import training_environment
from ser_core.training.fit import main_back_end

if TYPE_CHECKING:
    import pandas

VERSION = 1
EXPERIMENT_VERSION = 1  # of a file that keeps the results of a whole experiment


def predictions_path(out: Path) -> Path:
    """Return where the predictions of a result file lie."""
    return out.with_name(out.stem + ".predictions.parquet")


def result_of(
    manifest: Manifest,
    recipe: Recipe,
    protocol: str,
    seed: int,
    results: Sequence[FoldResult],
    *,
    corpus: str,
    mapping: Mapping[str, str],
    partial: bool,
) -> dict[str, Any]:
    """Combine folds, at least one, into the content of a result file; see ``docs/contract.md``.

    The manifest's emotions are mapped; ``partial`` is whether folds of the protocol were left out.
    """
    folds = [result.fold for result in results]
    table = every_prediction(results)
    truth, predicted = table["emotion"].tolist(), table["predicted"].tolist()
    pooled = confusion(truth, predicted, manifest.labels)
    speakers = table["speaker"].tolist()
    interval = interval_by_speaker(truth, predicted, speakers, manifest.labels) if len(set(speakers)) > 1 else None
    return {
        **origin_of(manifest, recipe, protocol, seed, corpus=corpus, mapping=mapping),
        "labels": list(manifest.labels),
        "back_end": main_back_end(recipe),
        "parameters": results[0].parameters,
        "environment": (folds[-1].environment or training_environment()).as_table(),
        "folds": [fold.as_table() for fold in folds],
        "uar_mean": statistics.fmean(fold.uar for fold in folds),
        "uar_std": deviation([fold.uar for fold in folds]),
        "wa_mean": statistics.fmean(fold.wa for fold in folds),
        "wa_std": deviation([fold.wa for fold in folds]),
        "pooled": {
            "uar": uar(pooled),
            "wa": wa(pooled),
            "confusion": pooled.tolist(),
            "uar_interval_by_speaker": interval and [interval.low, interval.high],
        },
        "reliability": _out_of_fold(results, table, manifest.labels, seed),
        "confusion_mean": _mean_confusion(folds),
        "stages": _stage_means([stage for result in results for stage in result.stages]),
        "partial": partial,
    }


def origin_of(
    manifest: Manifest, recipe: Recipe, protocol: str, seed: int, *, corpus: str, mapping: Mapping[str, str]
) -> dict[str, Any]:
    """Say what a result was measured on and with; see ``docs/contract.md``."""
    return {
        "version": VERSION,
        "corpus": manifest.corpus,
        "corpus_option": corpus,
        "mapping": dict(mapping),
        "manifest_digest": manifest.digest(),
        "notes": list(manifest.notes),
        "recipe": recipe.name,
        "settings": settings_of(recipe),
        "protocol": protocol,
        "speaker_independent": PROTOCOLS[protocol].speaker_independent,
        "seed": seed,
    }


def every_prediction(results: Sequence[FoldResult | RatingFoldResult]) -> "pandas.DataFrame":
    """Put the predictions of all folds one below the other."""
    import pandas

    return pandas.concat([result.predictions for result in results], ignore_index=True)


def _out_of_fold(
    results: Sequence[FoldResult], table: "pandas.DataFrame", labels: Sequence[str], seed: int
) -> dict[str, Any] | None:
    """Measure over all folds' test utterances, each by the ranges of its own fold's model.

    Returns nothing if a fold of an earlier release, with which a sweep may continue, has no ranges.
    """
    ranges: list[list[float]] = []
    for result in results:
        if result.fold.ranges_degrees is None:
            return None
        ranges += [[result.fold.ranges_degrees[label] for label in labels]] * len(result.predictions)
    return reliability(table, labels, np.array(ranges), seed=seed).as_table()


def _mean_confusion(folds: Sequence[FoldScores]) -> list[list[float] | None]:
    """Average over folds; a class that no fold tests has no row."""
    mean = mean_confusion([np.array(fold.confusion) for fold in folds])
    return [None if np.isnan(row).any() else row.tolist() for row in mean]


def _stage_means(rows: Sequence[StageScores]) -> list[dict[str, Any]]:
    """Per stage and back end: mean and deviation over folds, and the folds' own scores."""
    found = []
    for stage in dict.fromkeys(row.stage for row in rows):
        of_stage = [row for row in rows if row.stage == stage]
        entry: dict[str, Any] = {"stage": stage, "back_ends": {}}
        for name in of_stage[0].back_ends:
            values = [row.back_ends[name] for row in of_stage]
            entry["back_ends"][name] = {
                "uar_mean": statistics.fmean(value.uar for value in values),
                "uar_std": deviation([value.uar for value in values]),
                "wa_mean": statistics.fmean(value.wa for value in values),
                "wa_std": deviation([value.wa for value in values]),
                "uar": {str(row.fold): row.back_ends[name].uar for row in of_stage},
            }
        accuracies = [row.same_accuracy for row in of_stage if row.same_accuracy is not None]
        if accuracies:
            entry |= {"same_accuracy_mean": statistics.fmean(accuracies), "same_accuracy_std": deviation(accuracies)}
        found.append(entry)
    return found


def write_result(out: Path, content: dict[str, Any], results: Sequence[FoldResult | RatingFoldResult]) -> None:
    """Write a result file, and every utterance's prediction beside it: both or neither."""
    table = every_prediction(results)
    text = json.dumps(content, indent=2, allow_nan=False) + "\n"
    write_together(
        {
            predictions_path(out): lambda path: table.to_parquet(path, index=False),
            out: lambda path: write_text(path, text),
        }
    )


def read_predictions(out: Path) -> "pandas.DataFrame":
    """Read the predictions beside a result file, categories as text; raises TableError if it is missing or no table."""
    path = predictions_path(out)
    return read_frame(path, path.name)


def deviation(values: Sequence[float]) -> float | None:
    """Return the standard deviation over folds, None over one."""
    return statistics.stdev(values) if len(values) > 1 else None
