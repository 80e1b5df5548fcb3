"""What are two models worth together, whose probabilities are multiplied, on the folds that both were tested on?

Takes the tables of predictions that `evaluate` leaves beside its result, two at a time: the first model's and the
second's, of the same corpus, protocol and seed. An utterance's answer is the emotion with the highest product of both
models' probabilities. Nothing is fitted: neither model is weighted, and no temperature but its own is used.
"""

import argparse
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas

from ser_core.errors import InputError, SerError
from ser_core.evaluation.metrics import confusion, uar, wa
from ser_core.evaluation.seeds import mean_of_counts
from ser_core.evaluation.statistics import counts_by_speaker
from ser_core.types import IntArray

KEY = ["fold", "file", "speaker", "emotion"]
PREFIX = "probability_"
SMALLEST = 1e-12  # a probability of zero in one model would forbid what the other one says


class Together(NamedTuple):
    """Scores of each fold, and the counts of each speaker ``(S, K, K)``."""

    uar: list[float]
    wa: list[float]
    counts: IntArray


def read(path: Path) -> pandas.DataFrame:
    """Read a table of predictions; raises InputError if it is none."""
    try:
        table = pandas.read_parquet(path)
    except (OSError, ValueError) as error:
        raise InputError(f"Expected the predictions beside a result of evaluate; {path} gave: {error}.") from error
    missing = sorted({*KEY} - {*table.columns})
    if missing or not any(name.startswith(PREFIX) for name in table.columns):
        raise InputError(
            f"Expected the columns {', '.join(KEY)} and probabilities; {path} lacks {', '.join(missing) or 'those'}. "
            "Name predictions that evaluate --recipe left."
        )
    return table


def product_of(first: pandas.DataFrame, second: pandas.DataFrame) -> pandas.DataFrame:
    """Multiply the probabilities of two tables of predictions; returns ``fold, file, speaker, emotion, predicted``.

    Raises:
        InputError: if the tables are not of the same utterances, folds and emotions.
    """
    names = [name for name in first.columns if name.startswith(PREFIX)]
    if set(names) != {name for name in second.columns if name.startswith(PREFIX)}:
        raise InputError("Expected two models of the same emotions; got others. Evaluate both on the same corpus.")
    both = first[KEY + names].merge(second[KEY + names], on=KEY, suffixes=("", " "), validate="one_to_one")
    if not len(both) == len(first) == len(second):
        raise InputError(
            f"Expected the same utterances in the same folds; of {len(first)} and {len(second)} only {len(both)} are "
            "in both. Evaluate both models by the same protocol and seed."
        )
    of_second = [f"{name} " for name in names]
    logarithms = sum(np.log(both[part].to_numpy(float).clip(SMALLEST)) for part in (names, of_second))
    labels = np.array([name.removeprefix(PREFIX) for name in names])
    return both[KEY].assign(predicted=labels[np.asarray(logarithms).argmax(axis=1)])


def scored(table: pandas.DataFrame, labels: Sequence[str]) -> Together:
    """Score predictions fold by fold, as `evaluate` does."""
    found = [confusion(part["emotion"], part["predicted"], labels) for _, part in table.groupby("fold")]
    names = sorted(set(table["speaker"]))
    counts = counts_by_speaker(table["emotion"], table["predicted"], table["speaker"], names, labels)
    return Together([uar(one) for one in found], [wa(one) for one in found], counts)


def main() -> None:
    """Print the scores of every pair, and of all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="+", type=Path, metavar="PREDICTIONS", help="first and second model's, in turn")
    options = parser.parse_args()
    if len(options.tables) % 2:
        parser.error(f"expected two tables of predictions for each seed; got {len(options.tables)} in all")
    found = []
    for first, second in zip(options.tables[::2], options.tables[1::2], strict=True):
        try:
            table = product_of(read(first), read(second))
        except SerError as error:
            raise SystemExit(str(error)) from error
        labels = sorted(set(table["emotion"]))
        found.append(scored(table, labels))
        print(f"{first.name} × {second.name}: {_words(found[-1].uar, found[-1].wa)}")
    if len(found) > 1:
        interval = mean_of_counts(np.stack([one.counts for one in found]))
        low, middle, high = (100 * value for value in (interval.low, interval.estimate, interval.high))
        uars, was = [score for one in found for score in one.uar], [score for one in found for score in one.wa]
        print(f"all {len(found)} seeds: {_words(uars, was)}")
        print(
            f"UA of a seed's utterances together {middle:.1f} ({low:.1f} to {high:.1f}, 95 % over speakers and seeds)"
        )


def _words(uars: Sequence[float], was: Sequence[float]) -> str:
    parts = []
    for name, scores in (("UA", uars), ("WA", was)):
        spread = statistics.stdev(scores) if len(scores) > 1 else 0.0
        parts.append(f"{name} {100 * statistics.mean(scores):.1f} ± {100 * spread:.1f}")
    return ", ".join(parts) + f" (mean ± standard deviation over {len(uars)} folds)"


if __name__ == "__main__":
    main()
