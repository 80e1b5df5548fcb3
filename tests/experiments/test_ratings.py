"""``evaluate`` for recipes that predict ratings: figures recomputed from predictions, resumed, and read again."""

import csv
import json
import statistics
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ser_core.cli import main
from ser_core.errors import ConfigError
from ser_core.experiments.evaluation import evaluate
from ser_core.experiments.events import ExperimentEvent, FoldDone, FoldEpoch
from ser_core.experiments.fold_files import read_rating_fold
from ser_core.experiments.places import EVALUATION, ResultLocation
from ser_core.experiments.rating_folds import RatingScores
from ser_core.experiments.rating_result import read_ratings
from ser_core.experiments.reading import read_results
from ser_core.experiments.result import predictions_path
from ser_core.recipes import load_recipe
from ser_core.recipes.recipe import Recipe
from tests.conftest import TINY_RECIPE

RECIPE = (
    TINY_RECIPE.partition("[[stages]]")[0]
    + """
[[stages]]
name = "ratings"
objective = "task"
epochs = 2
learning_rate = 5e-3
batch_size = 8

[[tasks]]
kind = "ratings"

[tasks.options]
dimensions = ["arousal", "valence"]
weights = [0.7, 0.3]
"""
)
PROTOCOL = "leave-one-speaker-out"
TIMES = ("seconds", "core_seconds")


@pytest.fixture(scope="module")
def rated(tiny_corpus: Path) -> Path:
    """Return a table without emotions: angry speech has high arousal; some ratings are missing, m2 has no valence."""
    with tiny_corpus.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    lines = ["file,speaker,arousal,valence"]
    for number, row in enumerate(rows):
        arousal = {"neutral": 2.5, "sad": 1.5, "angry": 4.5}[row["emotion"]] + 0.1 * (number % 3)
        valence = "" if row["speaker"] == "m2" or number % 5 == 1 else f"{5 - arousal:.2f}"
        lines.append(f"{row['file']},{row['speaker']},{arousal if number % 6 else ''},{valence}")
    path = tiny_corpus.with_name("rated-too.csv")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def recipe_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recipe") / "points.toml"
    path.write_text(RECIPE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def recipe(recipe_file: Path) -> Recipe:
    return load_recipe(recipe_file)


@pytest.fixture(scope="module")
def result(rated: Path, recipe: Recipe, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    out = tmp_path_factory.mktemp("evaluation") / "points.json"
    return out, evaluate(corpus=str(rated), recipe=recipe, protocol=PROTOCOL, out=out, workers=1)


def by_hand(table: pd.DataFrame, name: str) -> dict[str, float]:
    """Lin's coefficient, Pearson's and the root mean squared error by their formulas."""
    rows = table[table[name].notna()]
    truth, predicted = rows[name].to_numpy(), rows[f"predicted_{name}"].to_numpy()
    covariance = np.cov(truth, predicted, bias=True)
    return {
        "utterances": len(rows),
        "ccc": 2 * covariance[0, 1] / (covariance[0, 0] + covariance[1, 1] + (truth.mean() - predicted.mean()) ** 2),
        "pearson": np.corrcoef(truth, predicted)[0, 1],
        "rmse": np.sqrt(((truth - predicted) ** 2).mean()),
    }


def untimed(content: dict[str, Any]) -> dict[str, Any]:
    folds = [{name: value for name, value in fold.items() if name not in TIMES} for fold in content["folds"]]
    return content | {"folds": folds}


def test_every_figure_can_be_recomputed_from_the_predictions_beside_it(result: tuple[Path, dict[str, Any]]) -> None:
    out, content = result
    table = pd.read_parquet(predictions_path(out))
    assert list(table) == ["fold", "file", "speaker", "arousal", "predicted_arousal", "valence", "predicted_valence"]
    assert table["file"].nunique() == len(table) == 36, "every utterance is tested once, rated or not"
    assert table[["arousal", "valence"]].isna().any().all()
    for fold in content["folds"]:
        rows = table[table["fold"] == fold["fold"]]
        assert sorted(set(rows["speaker"])) == fold["test_speakers"]
        assert fold["speaker_overlap"] == 0
        defined = []
        for name, scores in fold["ratings"].items():
            if rows[name].notna().sum() < 2:
                assert scores == {"utterances": 0, "ccc": None, "pearson": None, "rmse": None}
                continue
            assert scores == pytest.approx(by_hand(rows, name))
            defined.append(scores["ccc"])
        assert fold["ccc"] == pytest.approx(statistics.fmean(defined))
    assert content["ccc"]["mean"] == pytest.approx(statistics.fmean(fold["ccc"] for fold in content["folds"]))
    assert content["ccc"]["std"] == pytest.approx(statistics.stdev(fold["ccc"] for fold in content["folds"]))
    for name, found in content["dimensions"].items():
        assert found["pooled"] == pytest.approx(by_hand(table, name))
        for metric in ("ccc", "pearson", "rmse"):
            each = [fold["ratings"][name][metric] for fold in content["folds"]]
            each = [value for value in each if value is not None]
            assert len(each) == (3 if name == "valence" else 4)
            assert found[metric]["mean"] == pytest.approx(statistics.fmean(each))
            assert found[metric]["std"] == pytest.approx(statistics.stdev(each))
    pooled = [found["pooled"]["ccc"] for found in content["dimensions"].values()]
    assert content["pooled_ccc"] == pytest.approx(statistics.fmean(pooled))


def test_the_interval_of_the_pooled_concordance_leaves_one_speaker_out_at_a_time(
    result: tuple[Path, dict[str, Any]],
) -> None:
    out, content = result
    table = pd.read_parquet(predictions_path(out))
    rows = table[table["valence"].notna()]
    without = np.array([by_hand(rows[rows["speaker"] != name], "valence")["ccc"] for name in ("f1", "f2", "m1")])
    error = np.sqrt(2 / 3 * np.square(without - without.mean()).sum())
    reach = stats.t.ppf(0.975, 2) * error
    whole = by_hand(rows, "valence")["ccc"]
    wanted = [max(-1, whole - reach), min(1, whole + reach)]
    assert content["dimensions"]["valence"]["ccc_interval_by_speaker"] == pytest.approx(wanted)


def test_the_file_says_that_it_holds_ratings_and_what_repeats_it(result: tuple[Path, dict[str, Any]]) -> None:
    out, content = result
    assert json.loads(out.read_text(encoding="utf-8")) == content
    assert set(content) == {
        "version", "task", "corpus", "corpus_option", "mapping", "manifest_digest", "notes", "recipe", "settings",
        "protocol", "speaker_independent", "seed", "parameters", "environment", "folds", "dimensions", "ccc",
        "pooled_ccc", "partial",
    }  # fmt: skip
    assert (content["task"], content["recipe"], content["partial"]) == ("ratings", "points", False)
    assert content["settings"]["tasks"][0]["options"]["weights"] == [0.7, 0.3]


def test_an_evaluation_that_was_stopped_goes_on_and_ends_as_if_it_had_not_been(
    result: tuple[Path, dict[str, Any]], rated: Path, recipe: Recipe, tmp_path: Path
) -> None:
    out = tmp_path / "points.json"
    epochs = []

    def stop_in_the_second_fold(event: ExperimentEvent) -> None:
        if isinstance(event, FoldEpoch):
            epochs.append(event.fold)
            if epochs.count(2) == 2:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(
            corpus=str(rated), recipe=recipe, protocol=PROTOCOL, out=out, workers=1, listener=stop_in_the_second_fold
        )
    assert not out.exists()
    assert read_rating_fold(tmp_path / "points.folds" / "fold-1.json").fold.fold == 1
    told: list[ExperimentEvent] = []
    content = evaluate(corpus=str(rated), recipe=recipe, protocol=PROTOCOL, out=out, workers=1, listener=told.append)
    assert [event.done for event in told if isinstance(event, FoldDone)] == [2, 3, 4]
    assert untimed(content) == untimed(result[1])
    both = [pd.read_parquet(predictions_path(path)) for path in (out, result[0])]
    pd.testing.assert_frame_equal(*both, check_exact=True)
    assert not (tmp_path / "points.folds").exists()


def test_it_is_read_as_a_result_of_ratings_and_not_as_one_of_emotions(result: tuple[Path, dict[str, Any]]) -> None:
    place = ResultLocation("results/points", EVALUATION, result[0])
    assert read_results(place) == ()
    found = read_ratings(place)
    assert found is not None
    assert found.pooled_ccc == result[1]["pooled_ccc"]
    assert [fold.as_table() for fold in found.folds] == result[1]["folds"]
    assert found.in_words.startswith(f"CCC {found.pooled_ccc:.3f} (arousal ")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"version": 7}, "version 7 instead of 1"),
        ({"pooled_ccc": "high"}, "high"),
        ({"dimensions": {"arousal": {}}}, "Expected ccc"),
    ],
)
def test_a_damaged_result_of_ratings_is_refused_with_advice(
    result: tuple[Path, dict[str, Any]], tmp_path: Path, changed: dict[str, Any], told: str
) -> None:
    path = tmp_path / "points.json"
    path.write_text(json.dumps(result[1] | changed), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"Expected a result file at .*Make it again") as refused:
        read_ratings(ResultLocation("results/points", EVALUATION, path))
    assert told in str(refused.value)


def test_other_files_hold_no_ratings(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    for content in ([], {"recipe": "quick", "folds": [], "settings": {}}):
        path.write_text(json.dumps(content), encoding="utf-8")
        assert read_ratings(ResultLocation("results/other", EVALUATION, path)) is None


def test_what_no_fold_tests_is_refused_before_anything_is_trained(
    rated: Path, recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ser_core.experiments.evaluation.load_examples", lambda *_, **__: pytest.fail("audio was read"))
    with pytest.raises(ConfigError, match=r"at least two utterances with ratings of valence; got at most 0\. Fill"):
        evaluate(corpus=str(rated), recipe=recipe, protocol=PROTOCOL, out=tmp_path / "out.json", folds=[4])  # m2
    assert not (tmp_path / "out.json").exists()


def test_scores_are_undefined_where_ratings_or_predictions_do_not_vary() -> None:
    assert RatingScores.measured(np.array([3.0, np.nan]), np.array([1.0, 2.0])) == RatingScores(1)
    constant = RatingScores.measured(np.array([3.0, 3.0]), np.array([1.0, 2.0]))
    assert (constant.ccc, constant.pearson) == (0.0, None)
    assert constant.rmse == pytest.approx(np.sqrt(2.5))


def test_the_terminal_tells_the_concordance_of_every_dimension(
    rated: Path, recipe_file: Path, tmp_path: Path, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "points.json"
    given = [
        "--corpus",
        str(rated),
        "--recipe",
        str(recipe_file),
        "--protocol",
        PROTOCOL,
        "--folds",
        "1,2",
        "--set",
        "stages.0.epochs=1",
    ]
    assert main(["evaluate", *given, "--out", str(out), "--workers", "1"]) == 0
    said = capsys.readouterr()
    assert said.out.strip() == str(out)
    content = json.loads(out.read_text(encoding="utf-8"))
    arousal = content["dimensions"]["arousal"]
    told = " ".join(said.err.split())
    assert f"arousal {arousal['ccc']['mean']:.3f} ± {arousal['ccc']['std']:.3f}" in told
    assert f"over all test utterances: CCC {content['pooled_ccc']:.3f} (arousal {arousal['pooled']['ccc']:.3f}" in told


def test_a_sweep_says_in_one_sentence_that_it_compares_emotions(
    rated: Path, recipe_file: Path, tmp_path: Path, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep = tmp_path / "weights.toml"
    sweep.write_text(
        f'title = "t"\nsummary = "s"\nsource = "ours"\nrecipe = "{recipe_file}"\nprotocol = "{PROTOCOL}"\nseeds = [0]\n'
        '[[axes]]\nname = "size"\nkey = "embedding_size"\nvalues = [8, 16]\n',
        encoding="utf-8",
    )
    assert main(["sweep", str(sweep), "--corpus", str(rated), "--out", str(tmp_path / "out")]) == 2
    (said,) = capsys.readouterr().err.strip().splitlines()
    assert "Expected recipes whose first task is emotion" in said
    assert "points predicts ratings first. Score it alone, with: python -m ser_core evaluate" in said
