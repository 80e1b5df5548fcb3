"""``evaluate``: the file of the contract, and every score recomputed from the predictions beside it."""

import json
import statistics

import pandas as pd
import pytest

from ser_core.checkpoints import load_checkpoint
from ser_core.errors import ConfigError
from ser_core.evaluation.back_ends import BACK_ENDS
from ser_core.experiments.evaluation import evaluate
from ser_core.experiments.events import FoldDone, FoldEpoch
from ser_core.experiments.result import predictions_path
from ser_core.recipes import load_recipe
from ser_core.recipes.recipe import recipe_of
from ser_core.training.device import training_environment

QUICK = ("stages.0.epochs=1",)


@pytest.fixture(scope="module")
def result(tiny_corpus, tiny_recipe, tmp_path_factory):
    out = tmp_path_factory.mktemp("evaluation") / "result.json"
    told: list[dict] = []
    content = evaluate(
        corpus=str(tiny_corpus),
        recipe=load_recipe(tiny_recipe, QUICK),
        protocol="leave-one-speaker-out",
        out=out,
        workers=1,
        listener=told.append,
    )
    return out, content, told


def recomputed(rows: pd.DataFrame, labels: list[str]) -> dict:
    """Confusion, UAR, WA and macro F1 in plain loops."""
    pairs = list(zip(rows["emotion"], rows["predicted"], strict=True))
    confusion = [[sum(pair == (truth, found) for pair in pairs) for found in labels] for truth in labels]
    recalls, f1 = [], []
    for place in range(len(labels)):
        truth, found = sum(confusion[place]), sum(row[place] for row in confusion)
        hit = confusion[place][place]
        recalls.append(hit / truth)
        f1.append(2 * hit / (truth + found))
    return {
        "confusion": confusion,
        "uar": sum(recalls) / len(recalls),
        "wa": sum(truth == found for truth, found in pairs) / len(pairs),
        "macro_f1": sum(f1) / len(f1),
    }


def _timeless(fold: dict) -> dict:
    """A fold's figures without what depends on the machine's mood."""
    return {name: value for name, value in fold.items() if name not in ("seconds", "core_seconds")}


def test_a_fold_says_how_much_computing_it_took(result):
    assert all(fold["core_seconds"] > 0 for fold in result[1]["folds"])


def test_the_file_holds_what_the_contract_lists(result):
    out, content, _ = result
    assert json.loads(out.read_text()) == content
    assert {
        "version", "corpus", "recipe", "settings", "protocol", "seed", "labels", "back_end", "parameters",
        "environment", "folds", "uar_mean", "uar_std", "wa_mean", "wa_std", "partial",
    } <= set(content)  # fmt: skip
    assert content["labels"] == ["neutral", "sad", "angry"]
    assert (content["recipe"], content["protocol"], content["back_end"]) == ("tiny", "leave-one-speaker-out", "angle")
    assert content["partial"] is False
    for fold in content["folds"]:
        assert set(fold) == {
            "fold", "train_speakers", "development_speakers", "test_speakers", "speaker_overlap", "uar", "wa",
            "macro_f1", "confusion", "temperature", "ranges_degrees", "reliability", "epochs", "seconds", "environment",
            "core_seconds",
        }  # fmt: skip
        assert fold["speaker_overlap"] == 0
        assert fold["environment"] == content["environment"] == training_environment().as_table()
        assert fold["epochs"] == 2
        parts = [set(fold[f"{part}_speakers"]) for part in ("train", "development", "test")]
        assert set.union(*parts) == {"f1", "f2", "m1", "m2"}
        assert sum(map(len, parts)) == 4
    assert sorted(fold["test_speakers"][0] for fold in content["folds"]) == ["f1", "f2", "m1", "m2"]


def test_a_result_can_be_repeated_from_its_file(tiny_corpus, tiny_recipe, tmp_path):
    evaluate(
        corpus=str(tiny_corpus), recipe=load_recipe(tiny_recipe, QUICK), protocol="leave-one-speaker-out",
        out=tmp_path / "first.json", folds=[2], seed=5, workers=1, mapping={"angry": "surprise"},
    )  # fmt: skip
    first = json.loads((tmp_path / "first.json").read_text())
    assert (first["corpus_option"], first["mapping"]) == (str(tiny_corpus), {"angry": "surprise"})
    again = evaluate(
        corpus=first["corpus_option"], recipe=recipe_of(first["settings"]), protocol=first["protocol"],
        out=tmp_path / "again.json", folds=[fold["fold"] for fold in first["folds"]], seed=first["seed"], workers=1,
        mapping=first["mapping"],
    )  # fmt: skip
    untimed = [_timeless(content["folds"][0]) for content in (first, again)]
    assert untimed[0] == untimed[1]
    assert first["stages"] == again["stages"]
    assert first["labels"] == again["labels"] == ["neutral", "sad", "surprise"]


def test_every_score_can_be_recomputed_from_the_predictions(result):
    out, content, _ = result
    table = pd.read_parquet(predictions_path(out))
    labels = content["labels"]
    expected = ["fold", "file", "speaker", "emotion", "predicted"]
    expected += [f"{kind}_{label}" for kind in ("probability", "angle") for label in labels]
    expected += [f"predicted_{stage}_{name}" for stage in ("softmax", "triplet") for name in BACK_ENDS]
    assert list(table.columns) == expected
    assert len(table) == table["file"].nunique() == 36
    for fold in content["folds"]:
        rows = table[table["fold"] == fold["fold"]]
        assert set(rows["speaker"]) == set(fold["test_speakers"])
        found = recomputed(rows, labels)
        assert fold["confusion"] == found["confusion"]
        for name in ("uar", "wa", "macro_f1"):
            assert fold[name] == pytest.approx(found[name])
        by_angle = rows[[f"angle_{label}" for label in labels]].to_numpy().argmin(axis=1)
        assert rows["predicted"].tolist() == [labels[place] for place in by_angle]
    pooled = recomputed(table, labels)
    assert content["pooled"]["confusion"] == pooled["confusion"]
    assert content["pooled"]["uar"] == pytest.approx(pooled["uar"])
    for name in ("uar", "wa"):
        values = [fold[name] for fold in content["folds"]]
        assert content[f"{name}_mean"] == pytest.approx(statistics.fmean(values))
        assert content[f"{name}_std"] == pytest.approx(statistics.stdev(values))
    low, high = content["pooled"]["uar_interval_by_speaker"]
    assert low <= content["pooled"]["uar"] <= high


def test_every_stage_is_scored_by_every_back_end(result):
    out, content, _ = result
    assert [stage["stage"] for stage in content["stages"]] == ["softmax", "triplet"]
    for stage in content["stages"]:
        assert set(stage["back_ends"]) == {"head", "angle", "svm", "knn"}
    assert content["stages"][-1]["back_ends"]["angle"]["uar_mean"] == pytest.approx(content["uar_mean"])
    table = pd.read_parquet(predictions_path(out))
    for stage in content["stages"]:
        for name, found in stage["back_ends"].items():
            judged = table.assign(predicted=table[f"predicted_{stage['stage']}_{name}"])
            again = [recomputed(rows, content["labels"])["uar"] for _, rows in judged.groupby("fold")]
            assert found["uar_mean"] == pytest.approx(statistics.fmean(again))


def test_what_probabilities_and_ranges_are_worth_can_be_recomputed_out_of_fold_from_the_predictions(result):
    out, content, _ = result
    table = pd.read_parquet(predictions_path(out)).to_dict("records")
    ranges = {fold["fold"]: fold["ranges_degrees"] for fold in content["folds"]}
    kept = [row for row in table if any(row[f"angle_{x}"] <= ranges[row["fold"]][x] for x in content["labels"])]
    own = [row for row in table if row[f"angle_{row['emotion']}"] <= ranges[row["fold"]][row["emotion"]]]
    found = content["reliability"]
    assert (found["utterances"], found["speakers"]) == (36, 4)
    assert found["rejected"] == pytest.approx(1 - len(kept) / 36)
    assert found["covered"] == pytest.approx(len(own) / 36)
    assert sum(step["utterances"] for step in found["bins"]) == 36
    low, high = found["rejected_interval_by_speaker"]
    assert low <= found["rejected"] <= high
    # The figures of the folds, of nine utterances each, are parts of it.
    for name in ("rejected", "covered", "wa"):
        assert found[name] == pytest.approx(statistics.fmean(fold["reliability"][name] for fold in content["folds"]))
    assert all(fold["reliability"]["ece_interval_by_speaker"] is None for fold in content["folds"])  # one speaker


def test_progress_is_told(result):
    told = result[2]
    assert [event.done for event in told if isinstance(event, FoldDone)] == [1, 2, 3, 4]
    assert sum(isinstance(event, FoldEpoch) for event in told) == 8


def test_some_folds_alone_are_marked_partial_and_equal_those_of_the_whole(result, tiny_corpus, tiny_recipe, tmp_path):
    content = evaluate(
        corpus=str(tiny_corpus),
        recipe=load_recipe(tiny_recipe, QUICK),
        protocol="leave-one-speaker-out",
        out=tmp_path / "some.json",
        folds=[3],
        workers=1,
        keep=tmp_path / "kept",
    )
    assert content["partial"] is True
    (fold,) = content["folds"]
    whole = result[1]["folds"][2]
    assert _timeless(fold) == _timeless(whole)
    assert content["uar_std"] is None  # one fold has no spread
    kept = load_checkpoint(tmp_path / "kept" / "fold-3")
    assert kept.card.metrics["test"]["angle"].uar == fold["uar"]
    assert kept.card.reliability.as_table() == fold["reliability"]
    assert content["pooled"]["uar_interval_by_speaker"] is None  # one speaker says nothing about others


def test_two_processes_find_what_one_finds_and_tell_as_much(result, tiny_corpus, tiny_recipe, tmp_path):
    told: list[dict] = []
    out = tmp_path / "side-by-side.json"
    content = evaluate(
        corpus=str(tiny_corpus),
        recipe=load_recipe(tiny_recipe, QUICK),
        protocol="leave-one-speaker-out",
        out=out,
        folds=[1, 2],
        workers=2,
        listener=told.append,
    )
    timeless = [_timeless(fold) for fold in content["folds"]]
    assert timeless == [_timeless(fold) for fold in result[1]["folds"][:2]]
    both, alone = pd.read_parquet(predictions_path(out)), pd.read_parquet(predictions_path(result[0]))
    pd.testing.assert_frame_equal(both, alone[alone["fold"] <= 2].reset_index(drop=True), atol=1e-3)
    assert sorted(event.fold for event in told if isinstance(event, FoldEpoch)) == [1, 1, 2, 2]
    assert [event.done for event in told if isinstance(event, FoldDone)] == [1, 2]


def test_speakers_on_both_sides_of_a_random_split_are_counted(tiny_corpus, tiny_recipe, tmp_path):
    content = evaluate(
        corpus=str(tiny_corpus),
        recipe=load_recipe(tiny_recipe, QUICK),
        protocol="random-70-30",
        out=tmp_path / "random.json",
        workers=1,
    )
    fold = content["folds"][0]
    heard = set(fold["train_speakers"]) | set(fold["development_speakers"])
    assert fold["speaker_overlap"] == len(heard & set(fold["test_speakers"])) > 0
    assert content["speaker_independent"] is False


def test_a_recipe_may_train_on_the_development_speakers_and_the_result_says_so(
    result, tiny_corpus, tiny_recipe, tmp_path
):
    content = evaluate(
        corpus=str(tiny_corpus),
        recipe=load_recipe(tiny_recipe, [*QUICK, "train_on_development=true"]),
        protocol="leave-one-speaker-out",
        out=tmp_path / "all.json",
        folds=[1],
        workers=1,
    )
    (fold,), apart = content["folds"], result[1]["folds"][0]
    assert fold["train_speakers"] == sorted(apart["train_speakers"] + apart["development_speakers"])
    assert fold["development_speakers"] == []
    assert fold["test_speakers"] == apart["test_speakers"]
    assert content["settings"]["train_on_development"] is True


def test_a_recipe_on_pairs_says_how_often_it_tells_same_from_different(tiny_corpus, tiny_recipe, tmp_path):
    pairs = ["stages.0.objective=pairs", "stages.0.options={}", "stages.1.objective=pairs", "stages.1.options={}"]
    content = evaluate(
        corpus=str(tiny_corpus),
        recipe=load_recipe(tiny_recipe, [*QUICK, *pairs]),
        protocol="leave-one-speaker-out",
        out=tmp_path / "pairs.json",
        folds=[1, 2],
        workers=1,
    )
    assert content["back_end"] == "svm"
    for stage in content["stages"]:
        assert 0 <= stage["same_accuracy_mean"] <= 1


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        ({"folds": [9]}, "Correct --folds"),
        ({"protocol": "leave-one-speaker"}, "Did you mean 'leave-one-speaker-out'"),
        ({"out": "folder"}, "is a folder"),
    ],
)
def test_what_cannot_be_evaluated_is_refused_before_anything_is_trained(
    tiny_corpus, tiny_recipe, tmp_path, monkeypatch, change, advice
):
    monkeypatch.setattr("ser_core.experiments.evaluation.run_fold", lambda *task: pytest.fail("a fold was trained"))
    settings = {"protocol": "leave-one-speaker-out", "out": tmp_path / "x.json", "workers": 1} | change
    if change.get("out"):
        settings["out"] = tmp_path
    with pytest.raises(ConfigError, match=advice):
        evaluate(corpus=str(tiny_corpus), recipe=load_recipe(tiny_recipe), **settings)
