"""``angles``: the JSON of the contract from a file of embeddings."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from ser_core.cli.angles import angles
from ser_core.errors import SerError
from ser_core.geometry.angles import class_angle_matrix, class_directions

ORDER = ["neutral", "happy", "sad"]


def table(random: np.random.Generator, splits: tuple[str, ...] = ("train", "test"), speakers: int = 3) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for split in splits:
        for speaker in range(speakers):
            for label in ORDER * 4:
                vector = np.eye(5)[ORDER.index(label)] + random.normal(scale=0.2, size=5)
                rows.append(
                    {
                        "file": f"{len(rows)}.wav",
                        "speaker": f"{split}{speaker}",
                        "emotion": label,
                        "split": split,
                        "embedding": vector.astype(np.float32).tolist(),
                    }
                )
    return pd.DataFrame(rows)


def measured(frame: pd.DataFrame, folder: Path, **options: Any) -> dict[str, Any]:
    frame.to_parquet(folder / "vectors.parquet")
    angles(folder / "vectors.parquet", out=folder / "angles.json", **options)
    found: dict[str, Any] = json.loads((folder / "angles.json").read_text())
    return found


def test_the_result_has_the_matrix_of_the_test_split_with_directions_from_training(
    random: np.random.Generator, tmp_path: Path
) -> None:
    frame = table(random, ("train", "development", "test"))
    found = measured(frame, tmp_path)
    assert (found["labels"], found["split"], found["directions_from"]) == (ORDER, "test", "train")
    train, test = (frame[frame["split"] == split] for split in ("train", "test"))
    vectors = {split: np.stack(part["embedding"].tolist()) for split, part in (("train", train), ("test", test))}
    directions = class_directions(vectors["train"], train["emotion"].tolist(), ORDER)
    expected = class_angle_matrix(vectors["test"], test["emotion"].tolist(), directions, ORDER)
    np.testing.assert_allclose(found["matrix_degrees"], expected, atol=1e-5)
    assert found["counts"] == [12, 12, 12]
    assert found["speakers"] == 3


def test_the_command_line_takes_the_file_and_its_options(random: np.random.Generator, tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(angles)
    table(random).to_parquet(tmp_path / "vectors.parquet")
    arguments = [str(tmp_path / "vectors.parquet"), "--out", str(tmp_path / "angles.json"), "--split", "train"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert json.loads((tmp_path / "angles.json").read_text())["split"] == "train"


def test_every_entry_has_an_interval_around_it(random: np.random.Generator, tmp_path: Path) -> None:
    found = measured(table(random, speakers=8), tmp_path)
    matrix, bounds = np.array(found["matrix_degrees"]), np.array(found["intervals"])
    assert bounds.shape == (3, 3, 2)
    assert (bounds[..., 0] <= matrix).all()
    assert (matrix <= bounds[..., 1]).all()


def test_a_named_split_is_taken(random: np.random.Generator, tmp_path: Path) -> None:
    assert measured(table(random), tmp_path, split="train")["split"] == "train"


def test_without_training_rows_the_split_gives_the_directions_and_that_is_said(
    random: np.random.Generator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = measured(table(random, ("test",)), tmp_path)
    assert found["directions_from"] == "test"
    assert "No training rows: the directions come from test itself" in capsys.readouterr().err


def test_a_file_without_split_and_speaker_is_measured_without_intervals(
    random: np.random.Generator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = measured(table(random)[["file", "emotion", "embedding"]], tmp_path)
    assert found["split"] == "all"
    assert np.array(found["intervals"]).tolist() == [[[None, None]] * 3] * 3
    assert "add the column speaker" in capsys.readouterr().err


@pytest.mark.parametrize("missing", [None, "", np.nan])
def test_rows_without_a_speaker_are_no_further_speaker(
    random: np.random.Generator, tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: Any
) -> None:
    frame = table(random, ("train", "development", "test"))
    frame["speaker"] = frame["speaker"].astype(object)
    frame.loc[frame["file"].isin(["0.wav", "80.wav"]), "speaker"] = missing
    assert np.array(measured(frame, tmp_path)["intervals"]).tolist() == [[[None, None]] * 3] * 3
    assert "got 2 rows without one" in capsys.readouterr().err
    assert measured(frame, tmp_path, split="development")["speakers"] == 3


def test_an_emotion_without_training_rows_is_left_out_and_that_is_said(
    random: np.random.Generator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = table(random)
    frame = frame[(frame["emotion"] != "sad") | (frame["split"] == "test")]
    assert measured(frame, tmp_path)["labels"] == ["neutral", "happy"]
    assert "12 utterances of test have a class without a direction in train" in capsys.readouterr().err


def test_rows_without_a_class_are_left_out_and_that_is_said(
    random: np.random.Generator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = table(random)
    frame["emotion"] = frame["emotion"].astype(object).where(frame["file"] != "40.wav", None)
    assert measured(frame, tmp_path)["counts"] == [12, 11, 12]
    assert "1 rows name no class; they are left out" in capsys.readouterr().err


def test_an_emotion_that_the_split_lacks_has_no_angle_on_the_diagonal(
    random: np.random.Generator, tmp_path: Path
) -> None:
    frame = table(random)
    found = measured(frame[(frame["emotion"] != "sad") | (frame["split"] == "train")], tmp_path)
    assert found["matrix_degrees"][2][2] is None
    assert found["counts"] == [12, 12, 0]


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda frame: frame, {"split": "tset"}, "a split among train, test .*; got 'tset'. Choose one of these"),
        (lambda frame: frame.drop(columns="emotion"), {}, "a column emotion that names the class .* Add it"),
        (lambda frame: frame.iloc[:0], {}, "one column of vectors|at least 3 vectors"),
        (
            lambda frame: frame.assign(split=np.where(frame.index < 9, "a", "b")),
            {},
            "got a, b. Choose one with --split",
        ),
        (lambda frame: frame.assign(emotion=None), {}, "a column emotion that names the class"),
        (lambda frame: frame.assign(file="a"), {}, "with a name that occurs before .* Here: --leave-out"),
        (
            lambda frame: frame.assign(embedding=[[1.0], *frame["embedding"][1:]]),
            {},
            "vectors of one size in vectors.parquet; got 1 numbers in row 1 and 5 in row 2",
        ),
        (lambda frame: frame.assign(embedding=1.5), {}, "The cells of embedding are no lists of numbers"),
        (lambda frame: frame.assign(embedding="one"), {}, "The cells of embedding are no lists of numbers"),
        (lambda frame: frame.assign(split=frame.index % 2), {}, "got 0, 1. Choose one with --split"),
    ],
)
def test_a_file_that_cannot_be_measured_is_refused_with_advice(
    random: np.random.Generator, tmp_path: Path, change: Any, options: dict[str, str], message: str
) -> None:
    with pytest.raises(SerError, match=message):
        measured(change(table(random)), tmp_path, **options)
    assert not (tmp_path / "angles.json").exists()


def test_a_missing_file_and_one_that_is_no_parquet_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SerError, match="there is none. Check the path"):
        angles(tmp_path / "none.parquet", out=tmp_path / "angles.json")
    (tmp_path / "text.parquet").write_text("no parquet")
    with pytest.raises(SerError, match="Write it again, or check which file it is"):
        angles(tmp_path / "text.parquet", out=tmp_path / "angles.json")


def test_angles_are_measured_between_the_values_of_the_column_that_is_named(
    random: np.random.Generator, tmp_path: Path
) -> None:
    frame = table(random)
    by_emotion = measured(frame, tmp_path)
    by_style = measured(frame.rename(columns={"emotion": "style"}), tmp_path, label="style")
    assert by_style == by_emotion
    with pytest.raises(SerError, match="got 'stile': there is no such column. Choose one with --label"):
        measured(frame, tmp_path, label="stile")
