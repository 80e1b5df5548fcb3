"""What do triplets move in a space, on voices heard and not heard, that softmax for as many steps does not?

The recipe ``quick`` and its control, whose second stage is softmax again, are trained on the same folds, with the same
seeds and batches; their first stage is the same. After each stage the space is measured: within / between ratio of the
unit vectors, accuracy by the nearest direction of the training voices, mean angle to the own direction. Nothing is
chosen by the voices called unheard with ``--part test``; with ``--part development`` settings can be tried.
"""

import argparse
import json
import statistics
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ser_core.checkpoints.environment import source_commit
from ser_core.corpora import Manifest, open_corpus
from ser_core.corpora.demo import load
from ser_core.corpora.protocols import make_folds
from ser_core.evaluation.metrics import confusion, uar
from ser_core.geometry.angles import angles_to, unit
from ser_core.geometry.separation import class_spread
from ser_core.lessons.triplets_measured import (
    CONTROL,
    HEARD,
    SECOND,
    SHIPPED,
    TRIPLETS,
    UNHEARD,
    SpaceFigures,
    TripletsMeasured,
    mean_over_seeds,
    means_of_some,
    share_of,
)
from ser_core.recipes import Recipe, load_recipe
from ser_core.storage import write_text_atomically
from ser_core.training.device import one_thread
from ser_core.training.examples import Examples, load_examples
from ser_core.training.fit import StageSpace, fit_fold, trained_fold
from ser_core.workspace import cache_directory

VERSION = 1
FEW = 5
FIGURES = (("within_between", "within / between"), ("accuracy", "accuracy by angle"), ("own_angle", "own angle"))


def measured(manifest: Manifest, recipe: Recipe, examples: Examples, seed: int, part: str) -> Iterator[SpaceFigures]:
    """Train a recipe once, and measure its space after each stage on voices heard and not heard."""
    (fold,) = make_folds(manifest, "held-out-speakers", seed)
    fold = trained_fold(recipe, fold)
    fitted = fit_fold(manifest, fold, recipe, examples, seed=seed)
    for stage, space in enumerate(fitted.spaces, start=1):
        for name, rows in ((HEARD, list(fold.train)), (UNHEARD, list(getattr(fold, part)))):
            yield _figures(manifest, space, rows, SpaceFigures(seed, recipe.name, name, stage, 0.0, 0.0, 0.0))


def _figures(manifest: Manifest, space: StageSpace, rows: list[int], of: SpaceFigures) -> SpaceFigures:
    truth = [str(manifest.utterances[row].emotion) for row in rows]
    vectors = unit(space.embeddings[rows])
    angles = angles_to(vectors, space.directions)  # (B, K)
    heard = [manifest.labels[number] for number in angles.argmin(axis=1)]
    own = angles[np.arange(len(rows)), [manifest.labels.index(label) for label in truth]]
    return SpaceFigures(
        of.seed,
        of.recipe,
        of.part,
        of.stage,
        within_between=class_spread(vectors, truth, manifest.labels).ratio,
        accuracy=uar(confusion(truth, heard, manifest.labels)),
        own_angle=float(own.mean()),
    )


def report(content: TripletsMeasured) -> Iterator[str]:
    """Write the means with 95 % intervals over seeds, and what five seeds alone could have said."""
    yield (
        f"{content.corpus}: {content.voices} voices, {content.clips} clips; unheard: {content.unheard} voices; "
        f"{len(content.seeds)} seeds; means, with 95 % intervals over seeds"
    )
    for figure, title in FIGURES:
        yield title
        for part in (HEARD, UNHEARD):
            cells = [
                f"{name} {_interval(content.values(figure, recipe, part, stage))}"
                for name, recipe, stage in (
                    ("after stage one", TRIPLETS, 1),
                    ("after triplets", TRIPLETS, SECOND),
                    ("after softmax continued", CONTROL, SECOND),
                )
            ]
            difference = content.difference(figure, part)
            yield f"  {part}: {'; '.join(cells)}; triplets - softmax {_interval(difference)}"
            if len(difference) > FEW:
                some = means_of_some(difference, FEW)
                above = share_of(some, lambda value: value > 0)
                yield (
                    f"    {len(some)} choices of {FEW} seeds: means from {some.min():+.3f} to {some.max():+.3f}, "
                    f"{100 * above:.0f} % above 0; each seed's standard deviation {statistics.stdev(difference):.3f}"
                )


def _interval(values: np.ndarray) -> str:
    found = mean_over_seeds(values)
    return f"{found.estimate:.3f} [{found.low:.3f}, {found.high:.3f}]"


def main() -> None:
    """Measure, print, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--demo", type=Path, help="folder that tools/make_demo_corpus.py made (default: what ships)")
    parser.add_argument("--corpus", default="The demo corpus, artificial voices", help="what the corpus is, in words")
    parser.add_argument("--seeds", type=int, default=12, help="how many, from 0")
    parser.add_argument("--part", choices=("test", "development"), default="test", help="whose voices are unheard")
    parser.add_argument("--set", action="append", default=[], help="setting of both recipes, key=value")
    parser.add_argument("--set-triplets", action="append", default=[], help="setting of the recipe with triplets alone")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    manifest = load(options.demo) if options.demo else open_corpus("demo")
    recipes = (load_recipe(TRIPLETS, [*options.set, *options.set_triplets]), load_recipe(CONTROL, options.set))
    figures: list[SpaceFigures] = []
    with one_thread():
        examples = load_examples(manifest, recipes[0], cache=cache_directory())
        for seed in range(options.seeds):
            for recipe in recipes:
                figures += measured(manifest, recipe, examples, seed, options.part)
            print(f"seed {seed} measured", flush=True)
    content = TripletsMeasured(
        VERSION,
        options.corpus,
        len(manifest.speakers),
        len(manifest.utterances),
        options.part,
        (*options.set, *options.set_triplets),
        manifest.digest(),
        source_commit() or "",
        tuple(figures),
    )
    write_text_atomically(options.out, json.dumps(content.as_table(), indent=1) + "\n")
    print("\n".join(report(content)))


if __name__ == "__main__":
    main()
