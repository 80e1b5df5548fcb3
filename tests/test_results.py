"""The figures in the README are those of the kept results, and these follow from the kept predictions."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import accuracy_score, balanced_accuracy_score

from benchmarks.worth import tables as tables_of_worth
from ser_core.checkpoints.folder import read_card, weights_digest
from ser_core.checkpoints.listing import SHIPPED
from ser_core.evaluation.cross_corpus import CrossCorpusSummary
from ser_core.evaluation.statistics import interval_by_speaker
from tools import keep_elsewhere

REPOSITORY = Path(__file__).resolve().parents[1]
RESULTS = [
    REPOSITORY / "docs" / "results" / f"ravdess-emobox-residual-triplet{seed}.json"
    for seed in ("", "-seed-1", "-seed-2")
]

LABELS = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprise")


@pytest.fixture(scope="module")
def results():
    """Each seed's result of EmoBox's folds with the table of its predictions."""
    return [
        (
            json.loads(path.read_text(encoding="utf-8")),
            pd.read_parquet(path.with_name(path.stem + ".predictions.parquet")),
        )
        for path in RESULTS
    ]


def test_the_kept_scores_follow_from_the_kept_predictions(results):
    for seed, (result, table) in enumerate(results):
        assert (result["seed"], result["partial"], len(table)) == (seed, False, 1440)
        for fold in result["folds"]:
            part = table[table["fold"] == fold["fold"]]
            truth, predicted = part["emotion"].to_list(), part["predicted"].to_list()
            assert fold["uar"] == pytest.approx(balanced_accuracy_score(truth, predicted))
            assert fold["wa"] == pytest.approx(accuracy_score(truth, predicted))
            assert sorted(part["speaker"].unique()) == fold["test_speakers"]
            assert fold["speaker_overlap"] == 0
        assert result["uar_mean"] == pytest.approx(sum(fold["uar"] for fold in result["folds"]) / 6)


def test_the_three_seeds_differ_in_nothing_but_the_seed(results):
    first = results[0][0]
    for result, _ in results[1:]:
        assert result["settings"] == first["settings"]
        assert result["manifest_digest"] == first["manifest_digest"]
        assert result["environment"]["commit"] == first["environment"]["commit"]
        assert [fold["test_speakers"] for fold in result["folds"]] == [fold["test_speakers"] for fold in first["folds"]]


def test_the_readme_says_what_was_measured(results):
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")

    def row(column):
        folds = [rows for _, table in results for _, rows in table.groupby("fold")]
        spread = []
        for score in (balanced_accuracy_score, accuracy_score):
            found = [100 * score(rows["emotion"], rows[column]) for rows in folds]
            spread.append(f"{np.mean(found):.1f} ± {np.std(found, ddof=1):.1f}")
        return spread

    judged = row("predicted")
    assert f"| **{judged[0]}** | {judged[1]} |" in text
    for column in ("triplet_head", "softmax_head", "softmax_angle"):
        assert "| " + " | ".join(row(f"predicted_{column}")) + " |" in text
    assert all(result["parameters"] < 2_000_000 for result, _ in results)
    of_seeds = ", ".join(f"{100 * result['uar_mean']:.1f}" for result, _ in results)
    assert f"seeds 0, 1 and 2: {of_seeds}" in text
    table = pd.concat([table for _, table in results])
    found = interval_by_speaker(table["emotion"], table["predicted"], table["speaker"], results[0][0]["labels"])
    assert f"the {100 * found.estimate:.1f} between {100 * found.low:.1f} and {100 * found.high:.1f} (95 %" in text


def test_every_back_end_of_the_kept_results_follows_from_their_predictions(results):
    for result, table in results:
        for stage in result["stages"]:
            for back_end, scores in stage["back_ends"].items():
                column = f"predicted_{stage['stage']}_{back_end}"
                folds = {
                    str(fold): balanced_accuracy_score(rows["emotion"], rows[column])
                    for fold, rows in table.groupby("fold")
                }
                assert scores["uar"] == pytest.approx(folds)
        assert result["environment"]["commit"]
        assert all(fold["ranges_degrees"] for fold in result["folds"])


@pytest.mark.parametrize("name", ["people", "ravdess-residual", "demo-residual"])
def test_scores_on_other_corpora_are_those_of_the_weights_that_ship_in_file_card_and_readme(name):
    kept = json.loads((keep_elsewhere.KEPT / f"{name}.json").read_text(encoding="utf-8"))
    assert kept["checkpoint_digest"] == weights_digest(SHIPPED / name)
    summaries = [CrossCorpusSummary.from_table(one, "elsewhere") for one in kept["elsewhere"]]
    assert list(read_card(SHIPPED / name).elsewhere) == summaries
    for corpus, entry in zip(kept["corpora"], kept["elsewhere"], strict=True):
        overall = corpus["overall"]
        assert entry["uar_present"] == overall["uar_present"]
        counts = corpus["confusion"]
        recalls = [row[place] / sum(row) for place, row in enumerate(counts) if sum(row)]
        assert overall["uar"] == pytest.approx(sum(recalls) / len(recalls))
        assert overall["utterances"] == sum(map(sum, counts))
    assert keep_elsewhere.table() in (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_the_tables_of_worth_are_those_of_the_kept_cells():
    cells = tables_of_worth.kept(REPOSITORY / "docs" / "results" / "people")
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert tables_of_worth.BEGIN in readme
    assert tables_of_worth.with_section(readme, tables_of_worth.readme_section(cells)) == readme
    page = REPOSITORY / "docs" / "people.md"
    assert page.is_file() == bool(cells)
    assert not cells or page.read_text(encoding="utf-8") == tables_of_worth.page(cells)


def test_the_cells_of_worth_follow_from_their_predictions():
    for path in sorted((REPOSITORY / "docs" / "results" / "people").glob("*.json")):
        cell = json.loads(path.read_text(encoding="utf-8"))
        table = pd.read_parquet(path.with_suffix(".parquet"))
        table = table[table["emotion"].isin(cell["present"])]
        kind = "angle" if cell["back_end"] == "angle" else "probability"
        values = table[[f"{kind}_{label}" for label in cell["present"]]]
        best = values.idxmin(axis=1) if kind == "angle" else values.idxmax(axis=1)
        predicted = best.str.removeprefix(f"{kind}_")
        assert cell["unadapted"]["uar_present"] == pytest.approx(balanced_accuracy_score(table["emotion"], predicted))
        assert not set(cell["trained_on"]) & {cell["corpus"]}
        assert cell["adapted"]["transductive"]
