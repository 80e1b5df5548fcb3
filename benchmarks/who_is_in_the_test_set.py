"""How much better does the same network look on speakers it has heard?

The recipe ``quick`` is trained on the demo corpus, once with its test utterances drawn one by one (their speakers are
heard in training), once with whole speakers kept apart: a fifth of the utterances is tested either way. Beside it
stand Dai et al.'s network on RAVDESS and EmoDB, from what ``reproduce`` has kept: the same recipe, epochs and seeds
under both protocols.
"""

import argparse
import json
import statistics
from collections.abc import Iterator
from pathlib import Path

from ser_core.corpora import open_corpus
from ser_core.corpora.protocols import make_folds
from ser_core.errors import ConfigError
from ser_core.experiments.places import KEPT_EXPERIMENT, ResultLocation
from ser_core.experiments.reading import read_results
from ser_core.lessons.test_sets import SHIPPED, SpeakerScores, SpeakersMeasured
from ser_core.recipes import load_recipe
from ser_core.storage import write_text_atomically
from ser_core.training.device import one_thread
from ser_core.training.examples import load_examples
from ser_core.training.fit import back_end_scores, fit_fold, main_back_end, trained_fold
from ser_core.workspace import cache_directory

VERSION = 1
HEARD, UNHEARD = "random-5-fold", "speaker-k-fold"
FOLD = 1
KEPT = Path(__file__).resolve().parents[1] / "docs" / "results" / "reproduction"
POINT = "kind=log-mel,weight=0.3"  # the setting that Dai et al. find best
PAPERS = (("RAVDESS", "dai-ravdess"), ("EmoDB, clips cut short", "dai-emodb"))


def demo(seeds: int) -> SpeakerScores:
    """Train ``quick`` under both protocols, once per seed."""
    manifest, recipe = open_corpus("demo"), load_recipe("quick")
    found: dict[str, list[float]] = {HEARD: [], UNHEARD: []}
    with one_thread():
        examples = load_examples(manifest, recipe, cache=cache_directory())
        for seed in range(seeds):
            for protocol, values in found.items():
                fold = next(fold for fold in make_folds(manifest, protocol, seed) if fold.number == FOLD)
                fold = trained_fold(recipe, fold)
                fitted = fit_fold(manifest, fold, recipe, examples, seed=seed)
                values.append(back_end_scores(manifest, fold, fitted.spaces[-1], "test")[main_back_end(recipe)].uar)
            print(f"seed {seed} measured", flush=True)
    return SpeakerScores(
        "Recipe quick",
        "ten artificial voices",
        len(manifest.labels),
        HEARD,
        UNHEARD,
        tuple(found[HEARD]),
        tuple(found[UNHEARD]),
        "python -m benchmarks.who_is_in_the_test_set",
    )


def kept(corpus: str, name: str) -> SpeakerScores:
    """Read Dai et al.'s network from what ``reproduce`` has kept of two experiments."""
    parts = []
    for part in ("heard", "unheard"):
        path = KEPT / f"{name}-{part}.json"
        results = [
            one for one in read_results(ResultLocation(path.stem, KEPT_EXPERIMENT, path)) if one.place.point == POINT
        ]
        parts.append(sorted(results, key=lambda one: one.seed))
    heard, unheard = parts
    if [one.seed for one in heard] != [one.seed for one in unheard] or not heard:
        raise ConfigError(f"Expected the same seeds of {name} under both protocols; run: python -m ser_core reproduce")
    return SpeakerScores(
        "Dai et al.'s network",
        corpus,
        len(heard[0].labels),
        heard[0].protocol,
        unheard[0].protocol,
        tuple(one.scores[one.back_end].uar for one in heard),
        tuple(one.scores[one.back_end].uar for one in unheard),
        f"docs/results/reproduction/{name}-heard.json and {name}-unheard.json: fewer epochs than the paper's",
    )


def report(content: SpeakersMeasured) -> Iterator[str]:
    """Write means and standard deviations over seeds."""
    for one in content.scores:
        cells = [
            f"{name} {100 * statistics.fmean(values):.1f} ± {100 * statistics.stdev(values):.1f} %"
            for name, values in (("heard", one.heard), ("unheard", one.unheard))
        ]
        yield f"{one.system}, {one.corpus}, {len(one.heard)} seeds: {'; '.join(cells)}; chance {100 * one.chance:.1f} %"


def main() -> None:
    """Measure, print, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=8, help="how many, from 0")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    scores = (*(kept(corpus, name) for corpus, name in PAPERS), demo(options.seeds))
    content = SpeakersMeasured(VERSION, scores)
    write_text_atomically(options.out, json.dumps(content.as_table(), indent=1) + "\n")
    print("\n".join(report(content)))


if __name__ == "__main__":
    main()
