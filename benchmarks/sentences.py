"""How well do words alone tell valence, arousal and dominance of EmoBank's sentences, with its own split?

Trains a recipe with several seeds; the development sentences choose the epoch, and the settings where ``--set`` tries
other ones. Ridge regression on mean vectors is fitted in the same run, its penalty chosen by the development sentences.
The test sentences choose nothing. With ``--checkpoint``, a finished model is scored and nothing is trained.
"""

import argparse
import statistics
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ser_core.checkpoints import find, load_checkpoint
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.splits import Fold
from ser_core.evaluation.agreement import concordance, pearson
from ser_core.inputs import read_inputs
from ser_core.models.running import run_model
from ser_core.training.examples import load_examples
from ser_core.training.fit import fit_fold
from ser_core.training.plan import make_plan
from ser_core.types import FloatArray

DIMENSIONS = ("valence", "arousal", "dominance")
PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
PARTS = ("development", "test")
Figures = dict[str, dict[str, tuple[float, float]]]  # part → dimension → Pearson's r, CCC


def main() -> None:
    """Print Pearson's r and CCC of each dimension, mean and standard deviation over the seeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", required=True, help="emobank:DIR")
    parser.add_argument("--vectors", help="file of GloVe vectors with 100 values")
    parser.add_argument("--recipe", default="words")
    parser.add_argument("--set", dest="assignments", action="append", default=[], help="key.path=value of the recipe")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--checkpoint", help="score this model; nothing is trained")
    arguments = parser.parse_args()
    overrides = [*arguments.assignments]
    if arguments.vectors:
        overrides.append(f'inputs.words.options.vectors="{Path(arguments.vectors).absolute()}"')
    elif arguments.checkpoint is None:
        parser.error("--vectors is needed to train")
    plan = make_plan(
        corpus=arguments.corpus, recipe=arguments.recipe, protocol="given-split", fold=1, seed=0, overrides=overrides
    )
    if arguments.checkpoint:
        show(arguments.checkpoint, [of_checkpoint(arguments.checkpoint, plan.manifest, plan.fold)])
        return
    examples = load_examples(plan.manifest, plan.recipe, cache=None)
    for note in examples.notes:
        print(note)
    truth = truth_of(plan.manifest)
    show("ridge on mean vectors", [of_ridge(examples.inputs["words"], truth, plan.fold)])
    found = []
    for seed in range(arguments.seeds):
        fitted = fit_fold(plan.manifest, plan.fold, plan.recipe, examples, seed=seed)
        found.append(figures(predicted(fitted.spaces[-1].heads["ratings"], fitted.tasks[0]), truth, plan.fold))
        show(f"seed {seed}, {fitted.seconds:.0f} s", found[-1:])
    show(f"{plan.recipe.name}, {arguments.seeds} seeds", found)


def truth_of(manifest: Manifest) -> FloatArray:
    """Return the ratings of every sentence, ``(B, 3)``."""
    return np.array([[getattr(row, name) for name in DIMENSIONS] for row in manifest.utterances], dtype=np.float64)


def predicted(outputs: FloatArray, task: object) -> FloatArray:
    """Put a head's outputs on the scale of the ratings, ``(B, 3)``."""
    rows = task.predictions(outputs)  # type: ignore[attr-defined]
    return np.array([[row[name] for name in DIMENSIONS] for row in rows])


def of_checkpoint(name: str, manifest: Manifest, fold: Fold) -> Figures:
    """Score a finished model."""
    checkpoint = load_checkpoint(find(name))
    inputs, notes = read_inputs(checkpoint.inputs, manifest, cache=None)
    for note in notes:
        print(note)
    heads = run_model(checkpoint.model, inputs).heads
    return figures(predicted(heads["ratings"], checkpoint.card.definitions[0]), truth_of(manifest), fold)


def of_ridge(values: Sequence[object], truth: FloatArray, fold: Fold) -> Figures:
    """Fit ridge regression on the mean vector of each sentence."""
    from sklearn.linear_model import Ridge

    means = np.array([np.asarray(item).mean(axis=0) if len(item) else np.zeros(item.shape[1]) for item in values])  # type: ignore[arg-type,attr-defined]
    train = list(fold.train)
    found = {
        penalty: figures(Ridge(alpha=penalty).fit(means[train], truth[train]).predict(means), truth, fold)
        for penalty in PENALTIES
    }
    return max(found.values(), key=lambda one: sum(ccc for _, ccc in one["development"].values()))


def figures(values: FloatArray, truth: FloatArray, fold: Fold) -> Figures:
    """Compare predictions with ratings, both ``(B, 3)``, on the development and test sentences."""
    return {
        part: {
            name: (
                pearson(truth[rows, place], values[rows, place]),
                concordance(truth[rows, place], values[rows, place]),
            )
            for place, name in enumerate(DIMENSIONS)
        }
        for part in PARTS
        for rows in [list(getattr(fold, part))]
    }


def show(title: str, found: Sequence[Figures]) -> None:
    """Print figures; of several seeds, mean and standard deviation."""
    for part in PARTS:
        cells = []
        for name in DIMENSIONS:
            r, ccc = zip(*(one[part][name] for one in found), strict=True)
            cells.append(f"{name} r {_spread(r)} CCC {_spread(ccc)}")
        print(f"{title} · {part}: {', '.join(cells)}", flush=True)


def _spread(values: Sequence[float]) -> str:
    deviation = f" ± {statistics.stdev(values):.3f}" if len(values) > 1 else ""
    return f"{statistics.mean(values):.3f}{deviation}"


if __name__ == "__main__":
    main()
