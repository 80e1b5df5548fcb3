"""Two models together: the product of their probabilities, on the same utterances and folds alone."""

import sys

import numpy as np
import pandas as pd
import pytest

from benchmarks import two_models
from benchmarks.two_models import product_of, scored
from ser_core.errors import InputError

LABELS = ("angry", "calm", "sad")


def predictions(random, *, order=LABELS, rows=24):
    """A table as `evaluate` leaves it: two folds, four speakers, probabilities drawn."""
    values = random.dirichlet(np.ones(len(order)), rows)
    table = pd.DataFrame({f"probability_{name}": values[:, place] for place, name in enumerate(order)})
    table["file"] = [f"{row}.wav" for row in range(rows)]
    table["fold"] = [1 + row * 2 // rows for row in range(rows)]
    table["speaker"] = [f"s{row * 4 // rows}" for row in range(rows)]
    table["emotion"] = [LABELS[row % 3] for row in range(rows)]
    return table


def test_the_answer_is_the_emotion_of_the_largest_product_whatever_the_order_of_rows_and_columns(random):
    first, second = predictions(random), predictions(random, order=LABELS[::-1]).sample(frac=1, random_state=1)
    found = product_of(first, second).set_index("file")["predicted"]
    again = second.set_index("file")
    for _, row in first.iterrows():
        products = {name: row[f"probability_{name}"] * again.loc[row["file"], f"probability_{name}"] for name in LABELS}
        assert found[row["file"]] == max(products, key=products.get)


def test_scores_are_means_of_folds_and_counts_are_of_speakers(random):
    table = predictions(random).assign(predicted="sad")
    found = scored(table, LABELS)
    assert found.uar == pytest.approx([1 / 3, 1 / 3])
    assert found.counts.shape == (4, 3, 3)
    assert found.counts.sum() == len(table)
    assert found.counts[:, :, :2].sum() == 0


def test_other_utterances_or_emotions_are_refused(random):
    first = predictions(random)
    with pytest.raises(InputError, match="of 24 and 20 only 20 are in both"):
        product_of(first, predictions(random).iloc[:20])
    with pytest.raises(InputError, match="models of the same emotions"):
        product_of(first, predictions(random).rename(columns={"probability_calm": "probability_fear"}))


def test_the_command_tells_each_seed_and_their_mean(random, tmp_path, monkeypatch, capsys):
    paths = []
    for number in range(4):
        paths.append(tmp_path / f"{number}.parquet")
        predictions(random).to_parquet(paths[-1])
    monkeypatch.setattr(sys, "argv", ["benchmarks.two_models", *map(str, paths)])
    two_models.main()
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("0.parquet × 1.parquet: UA ")
    assert "over 2 folds" in told[1]
    assert told[2].startswith("all 2 seeds: UA ")
    assert "over 4 folds" in told[2]
    assert told[3].startswith("UA of a seed's utterances together ")
    monkeypatch.setattr(sys, "argv", ["benchmarks.two_models", *map(str, paths[:3])])
    with pytest.raises(SystemExit):
        two_models.main()
    for table, words in (
        (tmp_path / "none.parquet", "none.parquet gave"),
        (tmp_path / "bare.parquet", "lacks emotion, fold, speaker"),
    ):
        pd.DataFrame({"file": ["a.wav"]}).to_parquet(tmp_path / "bare.parquet")
        monkeypatch.setattr(sys, "argv", ["benchmarks.two_models", str(paths[0]), str(table)])
        with pytest.raises(SystemExit, match=words):
            two_models.main()
