"""A recipe over the folds of a protocol: one result file, and every utterance's prediction beside it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ser_core.corpora import open_corpus
from ser_core.errors import ConfigError
from ser_core.experiments.folds import FoldResult, Task, chosen_folds
from ser_core.experiments.processes import shares_of_machine, side_by_side
from ser_core.experiments.result import result_of, write_result
from ser_core.paths import is_folder
from ser_core.recipes import Recipe
from ser_core.storage import require_writable
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
    if is_folder(out):
        raise ConfigError(
            f"Expected a file to write with --out; {out} is a folder. Name for example {out / 'result.json'}."
        )
    manifest = open_corpus(corpus).map_emotions(mapping)
    chosen, count = chosen_folds(manifest, protocol, seed, folds)
    trained = [trained_fold(recipe, fold) for fold in chosen]
    require_trainable(manifest, trained, recipe)
    require_writable(out)
    workers, threads = shares_of_machine(workers, len(chosen))
    # The frame cache is filled once, before processes share it.
    load_examples(manifest, recipe.front_end, cache=cache_directory(), progress=_reading(listener))
    tasks = [Task(manifest, fold, recipe, seed, threads, corpus, protocol, keep, dict(mapping)) for fold in trained]
    results: list[FoldResult] = []
    content: dict[str, Any] = {}
    for _, result in side_by_side(tasks, workers, listener):
        results = sorted([*results, result], key=lambda item: item.fold["fold"])
        content = result_of(
            manifest, recipe, protocol, seed, results, corpus=corpus, mapping=mapping, partial=len(results) < count
        )
        write_result(out, content, results)
        if listener is not None:
            listener({"kind": "fold", "done": len(results), "of": len(tasks), **result.fold})
    return content


def _reading(listener: Callable[[dict[str, Any]], None] | None) -> Callable[[int, int], None] | None:
    if listener is None:
        return None
    return lambda done, total: listener({"kind": "reading", "done": done, "total": total})
