"""Evaluation of a recipe over the folds of a protocol: a result file, and a table of predictions."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ser_core.checkpoints.folder import CARD
from ser_core.corpora import open_corpus
from ser_core.experiments.events import ExperimentEvent, FoldDone, FoldsPlanned
from ser_core.experiments.fold_files import FoldResult
from ser_core.experiments.folds import FoldTask, chosen_folds, run_fold
from ser_core.experiments.kept_folds import KeptFolds
from ser_core.experiments.rating_folds import RatingFoldResult, require_rated
from ser_core.experiments.rating_result import rating_result_of
from ser_core.experiments.result import result_of, write_result
from ser_core.jobs.side_by_side import side_by_side
from ser_core.recipes import Recipe
from ser_core.storage import require_writable
from ser_core.tasks import RATINGS, build_task
from ser_core.training.device import processes_at_once
from ser_core.training.events import CorpusReading
from ser_core.training.examples import load_examples
from ser_core.training.fit import require_trainable, trained_fold
from ser_core.workspace import cache_directory


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
    overwrite: bool = False,
    listener: Callable[[ExperimentEvent], None] | None = None,
) -> dict[str, Any]:
    """Train and test a recipe on every fold of a protocol.

    Finished folds, and the state of those at work after each epoch, are kept beside the result file until that is
    written. A stopped evaluation continues when it is repeated, and its result is bit for bit that of an uninterrupted
    one, with any number of processes.

    Args:
        corpus: ``KIND:DIR``, a table, or ``demo``.
        out: JSON file; predictions lie beside it as ``NAME.predictions.parquet``.
        folds: numbers of the folds to do; all if empty.
        workers: processes side by side; 0 takes one per core, as far as there is memory.
        keep: folder in which every fold's model is kept as ``fold-<number>``, or none.
        mapping: emotions to rename or ``drop``.
        overwrite: whether an existing result, or folds with other settings, may be replaced; the result stays until the
            new one is complete.

    Returns:
        The content of the result file; see ``docs/contract.md``.

    Raises:
        SerError: if corpus, recipe, protocol or folds do not fit, there is a result already, or another process
            writes it; before anything is trained.
    """
    tell = listener or (lambda event: None)
    rated = recipe.tasks[0].kind == RATINGS
    kept = KeptFolds(out, rated=rated)
    kept.require_free(overwrite=overwrite)
    manifest = open_corpus(corpus, labelled=not rated).map_emotions(mapping)
    chosen, count = chosen_folds(manifest, protocol, seed, folds)
    trained = [trained_fold(recipe, fold) for fold in chosen]
    require_trainable(manifest, trained, recipe)
    if rated:
        require_rated(
            manifest, trained, build_task(RATINGS, recipe.tasks[0].options, manifest, trained[0].train).columns
        )
    require_writable(out)
    if keep is not None:
        require_writable(keep / CARD)
    with kept.lock():
        kept.require_free(overwrite=overwrite)  # another process may have ended meanwhile
        kept.begin(manifest, recipe, protocol, seed, keep, overwrite=overwrite)
        done = kept.read([fold.number for fold in trained])
        tell(FoldsPlanned(len(done), len(trained), manifest.notes, kept.folder))
        todo = [fold for fold in trained if fold.number not in done]
        if todo:  # the frame cache is filled once, before processes share it
            heard = {index for fold in todo for index in fold.train}
            load_examples(manifest, recipe, cache=cache_directory(), trained=heard, progress=_reading(tell))
        tasks = [
            FoldTask(manifest, fold, recipe, seed, corpus, protocol, keep, dict(mapping), kept.file(fold.number))
            for fold in todo
        ]
        for task, result in side_by_side(run_fold, tasks, processes_at_once(workers, len(tasks)), listener):
            done[task.fold.number] = kept.add(result)
            tell(FoldDone(len(done), len(trained), seed, "", result.fold))
        results = [done[number] for number in sorted(done)]
        content = _combined(results)(
            manifest, recipe, protocol, seed, corpus=corpus, mapping=mapping, partial=len(results) < count
        )
        write_result(out, content, results)
        kept.delete()
        return content


def _combined(results: Sequence[FoldResult | RatingFoldResult]) -> Callable[..., dict[str, Any]]:
    """Return what makes a result file of these folds, which are all of one kind."""
    of_emotions = [result for result in results if isinstance(result, FoldResult)]
    of_ratings = [result for result in results if isinstance(result, RatingFoldResult)]
    return partial(rating_result_of, results=of_ratings) if of_ratings else partial(result_of, results=of_emotions)


def _reading(tell: Callable[[ExperimentEvent], None]) -> Callable[[int, int], None]:
    return lambda done, total: tell(CorpusReading(done, total))
