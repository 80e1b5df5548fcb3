"""The files of one fold give back what was written, and are refused where they are not whole."""

import json

import pandas as pd
import pytest

from ser_core.errors import ConfigError
from ser_core.experiments.fold_files import (
    FoldResult,
    FoldScores,
    StageScores,
    UarAndWa,
    read_fold,
    read_scores,
    write_fold,
)


@pytest.fixture
def result() -> FoldResult:
    scores = FoldScores(
        fold=2, uar=0.75, wa=0.8, test_speakers=("m2",), confusion=((3, 1), (0, 1)), temperature=1.5, epochs=3
    )
    predictions = pd.DataFrame(
        {"fold": [2], "file": ["a.wav"], "speaker": ["m2"], "emotion": ["sad"], "predicted": ["happy"]}
    )
    stages = (StageScores(2, "softmax", {"head": UarAndWa(0.75, 0.8)}, same_accuracy=0.5),)
    return FoldResult(scores, stages, predictions, parameters=128)


def test_what_was_written_is_read_back(result, tmp_path):
    write_fold(tmp_path / "fold-2.json", result)
    found = read_fold(tmp_path / "fold-2.json")
    assert (found.fold, found.stages, found.parameters) == (result.fold, result.stages, 128)
    pd.testing.assert_frame_equal(found.predictions, result.predictions)
    assert read_scores(tmp_path / "fold-2.json") == result.fold


def test_values_that_are_missing_are_left_out_of_the_file(result, tmp_path):
    write_fold(tmp_path / "fold-2.json", result)
    written = json.loads((tmp_path / "fold-2.json").read_text(encoding="utf-8"))["fold"]
    assert written["temperature"] == 1.5
    assert not {"macro_f1", "reliability", "environment"} & written.keys()


def test_a_finished_fold_takes_its_unfinished_state_away(result, tmp_path):
    (tmp_path / "fold-2.unfinished").mkdir()
    write_fold(tmp_path / "fold-2.json", result)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fold-2.json", "fold-2.parquet"]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / "fold-2.parquet").unlink(), "No such file"),
        (lambda folder: (folder / "fold-2.json").write_text("{"), "Expecting property name"),
        (lambda folder: pd.DataFrame({"fold": [2]}).to_parquet(folder / "fold-2.parquet"), "without file, speaker"),
        (lambda folder: pd.read_parquet(folder / "fold-2.parquet")[:0].to_parquet(folder / "fold-2.parquet"), "a row"),
        (lambda folder: change(folder, "uar", 1.5), "scores from 0 to 1; got 1.5"),
        (lambda folder: change(folder, "fold", 3), "Expected stages of fold 3"),
        (lambda folder: change(folder, "confusion", []), "Expected a confusion matrix"),
        (lambda folder: change(folder, "epochs", -1), "not below zero"),
    ],
    ids=["no predictions", "cut off", "columns", "rows", "score", "number", "confusion", "epochs"],
)
def test_a_fold_that_is_not_whole_is_refused_with_advice(result, tmp_path, damage, told):
    write_fold(tmp_path / "fold-2.json", result)
    damage(tmp_path)
    with pytest.raises(ConfigError, match=r"Expected a finished fold in .*fold-2\.json") as refused:
        read_fold(tmp_path / "fold-2.json")
    assert told in str(refused.value)
    assert "to have it trained again" in str(refused.value)


def test_a_file_that_has_the_name_of_another_fold_is_refused(result, tmp_path):
    write_fold(tmp_path / "fold-1.json", result)
    with pytest.raises(ConfigError, match="got: fold 2"):
        read_fold(tmp_path / "fold-1.json")


def change(folder, name, value) -> None:
    path = folder / "fold-2.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["fold"][name] = value
    path.write_text(json.dumps(content), encoding="utf-8")
