"""Comparison of two systems from their predictions on the same utterances, folds and seeds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ser_core.errors import InputError
from ser_core.evaluation.metrics import confusion, uar
from ser_core.evaluation.seeds import ScoreDifference, difference_of_counts, mean_of_counts, require_seeds
from ser_core.evaluation.statistics import Interval, Metric, counts_by_speaker
from ser_core.types import IntArray

if TYPE_CHECKING:
    import pandas

COLUMNS: tuple[str, ...] = ("seed", "fold", "file", "speaker", "emotion", "predicted")
STRETCH: tuple[str, ...] = ("start", "end")  # where several utterances lie in one file
SHOWN = 3


def difference_of_tables(
    first: "pandas.DataFrame",
    second: "pandas.DataFrame",
    order: Sequence[str],
    *,
    metric: Metric = uar,
    level: float = 0.95,
) -> ScoreDifference:
    """Compare two systems, paired by speaker and by seed.

    Args:
        first: predictions of the first system: ``seed, fold, file, speaker, emotion, predicted``, and ``start`` and
            ``end`` where a file holds several utterances; the ``.predictions.parquet`` files of its evaluations with
            the column ``seed`` added, one below the other, rows in any order.
        second: predictions of the second system on the same utterances, folds and seeds.
        metric: counts to a score, for example :func:`ser_core.evaluation.metrics.wa`; a seed's score pools its
            utterances.
        level: how often such intervals hold the true difference.

    Raises:
        InputError: if the tables are not of the same utterances, folds and seeds, there are fewer than three seeds or
            two speakers, or a label is not in the order.
    """
    both = _matched(first, second)
    counts = [_counts(both, predicted, order) for predicted in ("predicted_first", "predicted_second")]
    return difference_of_counts(counts[0], counts[1], metric=metric, level=level)


def score_of_table(
    table: "pandas.DataFrame", order: Sequence[str], *, metric: Metric = uar, level: float = 0.95
) -> Interval:
    """Score one system over all its seeds; see :func:`ser_core.evaluation.seeds.mean_of_counts`.

    The table is that of :func:`difference_of_tables`.

    Raises:
        InputError: if there are fewer than two seeds or two speakers, or a label is not in the order.
    """
    return mean_of_counts(_counts(table, "predicted", order), metric=metric, level=level)


def scores_by_seed(table: "pandas.DataFrame", order: Sequence[str], *, metric: Metric = uar) -> dict[int, float]:
    """Score one system under each of its seeds, the utterances of all folds pooled.

    The table is that of :func:`difference_of_tables`.

    Raises:
        InputError: if a label is not in the order.
    """
    return {
        seed: metric(confusion(rows["emotion"], rows["predicted"], order))
        for seed in sorted(table["seed"].unique().tolist())
        for rows in [table[table["seed"] == seed]]
    }


def _counts(table: "pandas.DataFrame", predicted: str, order: Sequence[str]) -> IntArray:
    """Count seed by seed and speaker by speaker, ``(seeds, S, K, K)``."""
    speakers = table["speaker"].astype(str)
    names = sorted(speakers.unique())
    return np.stack(
        [
            counts_by_speaker(rows["emotion"], rows[predicted], speakers[rows.index], names, order)
            for _, rows in table.groupby("seed", sort=True)
        ]
    )


def _matched(first: "pandas.DataFrame", second: "pandas.DataFrame") -> "pandas.DataFrame":
    """Put the two systems' predictions of each utterance in one row."""
    tables = {"first": first, "second": second}
    for name, table in tables.items():
        absent = [column for column in COLUMNS if column not in table.columns]
        if absent:
            raise InputError(
                f"Expected the columns {', '.join(COLUMNS)} in the predictions of the {name} system; there is no "
                f"{', '.join(absent)}. Read the .predictions.parquet file of each run and add its seed."
            )
    seeds = {name: sorted(table["seed"].unique().tolist()) for name, table in tables.items()}
    if seeds["first"] != seeds["second"]:
        listed = " and ".join(", ".join(map(str, found)) or "none" for found in seeds.values())
        raise InputError(
            f"Expected both systems under the same seeds; got {listed}. "
            "Train both with the same seeds: a seed also decides who is tested."
        )
    require_seeds(len(seeds["first"]), len(seeds["second"]))
    stretch = [column for column in STRETCH if column in first.columns or column in second.columns]
    keys = ["seed", "file", *stretch]
    cut = {name: table.reindex(columns=[*COLUMNS, *stretch]) for name, table in tables.items()}
    for name, table in cut.items():
        twice = table[table.duplicated(keys)]
        if len(twice):
            raise InputError(
                f"Expected each utterance once per seed in the predictions of the {name} system; {_some(twice)} "
                "came again. Compare one back end after one stage at a time."
            )
    both = cut["first"].merge(cut["second"], on=keys, how="outer", suffixes=("_first", "_second"), indicator="side")
    alone = {
        "first": both[both["side"] == "left_only"],
        "second": both[both["side"] == "right_only"],
    }
    found = [f"{len(rows)} only by the {name} ({_some(rows)})" for name, rows in alone.items() if len(rows)]
    if found:
        raise InputError(
            f"Expected both systems tested on the same utterances; got {' and '.join(found)}. "
            "Evaluate both with the same corpus, protocol, folds and seeds."
        )
    for column, advice in (
        ("fold", "Evaluate both with the same protocol: scores from other folds cannot be compared."),
        ("emotion", "Evaluate both with the same mapping of emotions."),
        ("speaker", "Evaluate both on the same corpus."),
    ):
        unlike = both[both[f"{column}_first"] != both[f"{column}_second"]]
        if len(unlike):
            row = unlike.iloc[0]
            raise InputError(
                f"Expected the same {column} of each utterance in both systems; {_some(unlike[:1])} has "
                f"{row[f'{column}_first']} in the first and {row[f'{column}_second']} in the second "
                f"({len(unlike)} of {len(both)} differ). {advice}"
            )
    return both.rename(columns={"emotion_first": "emotion", "speaker_first": "speaker"})


def _some(rows: "pandas.DataFrame") -> str:
    shown = [f"{row.file} under seed {row.seed}" for row in rows[:SHOWN].itertuples()]
    return ", ".join(shown) + (f" and {len(rows) - SHOWN} more" if len(rows) > SHOWN else "")
