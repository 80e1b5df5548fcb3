"""What settings of a recipe cost and score on a fold's training speakers, so that its test speakers choose nothing.

Of each fold's speakers that are not tested, about four of five are trained on and the others judge, drawn by the seed
(decision 0008). Every variant sees the same speakers. The last lines give each variant's mean UA less that of the
recipe as it is, paired by fold and seed.
"""

import argparse
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from ser_core.corpora import open_corpus
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols import make_folds
from ser_core.corpora.splits import Fold
from ser_core.recipes import Recipe, load_recipe
from ser_core.training.device import one_thread
from ser_core.training.examples import load_examples
from ser_core.training.fit import back_end_scores, fit_fold, main_back_end, trained_fold
from ser_core.workspace import cache_directory

AS_IT_IS = "as it is"


@dataclass(frozen=True)
class Measured:
    """One variant trained once: share of the judged utterances' emotions found (UA), and processor seconds."""

    uar: float
    seconds: float


def split_of_training_speakers(manifest: Manifest, fold: Fold, seed: int) -> tuple[Manifest, Fold]:
    """Keep the utterances that a fold does not test, and divide their speakers into trained and judged."""
    untested = manifest.select(sorted((*fold.train, *fold.development)))
    return untested, make_folds(untested, "speaker-k-fold", seed)[0]


def measure(manifest: Manifest, fold: Fold, recipe: Recipe, seed: int) -> Measured:
    """Train on the fold's training speakers; judge those of its test and development parts."""
    examples = load_examples(manifest, recipe, cache=cache_directory())
    began = time.process_time()
    fitted = fit_fold(manifest, trained_fold(recipe, fold), recipe, examples, seed=seed)
    seconds = time.process_time() - began
    judged = Fold(fold.number, fold.train, (), (*fold.development, *fold.test))
    found = back_end_scores(manifest, judged, fitted.spaces[-1], "test")[main_back_end(recipe)]
    return Measured(found.uar, seconds)


def settings(variant: str) -> list[str]:
    """Split ``key=value,key=value``."""
    return [] if variant == AS_IT_IS else variant.split(",")


def report(found: dict[str, list[Measured]]) -> list[str]:
    """Write a line for each variant: processor seconds, UA, and UA less that of the recipe as it is."""
    base = found[AS_IT_IS]
    lines = []
    for variant, values in found.items():
        gains = [100 * (one.uar - other.uar) for one, other in zip(values, base, strict=True)]
        spread = f" ± {statistics.stdev(gains):.1f}" if len(gains) > 1 else ""
        lines.append(
            f"{variant}: {statistics.fmean(one.seconds for one in values):.0f} processor s, "
            f"UA {100 * statistics.fmean(one.uar for one in values):.1f} %, "
            f"difference {statistics.fmean(gains):+.1f}{spread} points over {len(gains)}"
        )
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every variant on every fold and seed, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.settings_on_training_actors", description=__doc__)
    parser.add_argument("--corpus", required=True, help="KIND:DIR, for example ravdess:PATH/TO/RAVDESS")
    parser.add_argument("--recipe", default="residual-triplet", help="name or FILE.toml (default %(default)s)")
    parser.add_argument("--folds", type=int, nargs="+", default=[1, 4], help="of EmoBox (default 1 4)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1], help="default 0 1")
    parser.add_argument("--variant", action="append", default=[], metavar="KEY=VALUE[,KEY=VALUE]", help="repeatable")
    given = parser.parse_args(arguments)
    manifest = open_corpus(given.corpus)
    found: dict[str, list[Measured]] = {variant: [] for variant in (AS_IT_IS, *given.variant)}
    with one_thread():
        for seed in given.seeds:
            folds = {fold.number: fold for fold in make_folds(manifest, "emobox", seed)}
            for number in given.folds:
                part, split = split_of_training_speakers(manifest, folds[number], seed)
                for variant, values in found.items():
                    values.append(measure(part, split, load_recipe(given.recipe, settings(variant)), seed))
                    print(
                        f"seed {seed}, fold {number}, {variant}: UA {100 * values[-1].uar:.1f} %, "
                        f"{values[-1].seconds:.0f} processor s",
                        flush=True,
                    )
    print("\n".join(report(found)))


if __name__ == "__main__":
    main()
