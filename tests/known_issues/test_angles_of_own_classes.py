"""``angles`` refused classes that ``space`` and the page measure, and advised an option that it has not."""

import json

import numpy as np
import pandas as pd
import pytest

from ser_core.cli import main
from ser_core.embeddings.opening import open_space
from ser_core.geometry.angles import class_angle_matrix, class_directions


def vectors(labels: list[object], rows: int = 60) -> tuple[np.ndarray, list[object]]:
    """Vectors around a centre for each label."""
    random = np.random.default_rng(0)
    centres = random.normal(size=(len(labels), 8)) * 3
    told = [labels[row % len(labels)] for row in range(rows)]
    return (centres[np.arange(rows) % len(labels)] + random.normal(size=(rows, 8))).astype(np.float32), told


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["生气/angry", "开心/happy", "难过/sad", "<unk>"], ["happy", "sad", "angry", "<unk>"]),
        (["<|HAPPY|>", "<|SAD|>", "<|EMO_UNKNOWN|>"], ["happy", "sad", "<|emo_unknown|>"]),
        (["Joy", "sarcastic", "None"], ["happy", "none", "sarcastic"]),
        ([3, 1, 2], ["1", "2", "3"]),
        ([1.0, 2.0], ["1", "2"]),
        (["happy/excited", "fröhlich/happy"], ["happy", "happy/excited"]),
        (["only one"], ["only one"]),
        ([f"class {number:03}" for number in range(30)], [f"class {number:03}" for number in range(30)]),
    ],
)
def test_angles_measures_the_classes_that_space_shows(labels, names, tmp_path):
    embeddings, told = vectors(labels)
    frame = pd.DataFrame(
        {"file": [f"u{row}" for row in range(len(told))], "emotion": told, "embedding": list(embeddings)}
    )
    frame.to_parquet(tmp_path / "v.parquet")
    assert list(open_space(tmp_path / "v.parquet").classes) == names
    assert main(["angles", str(tmp_path / "v.parquet"), "--out", str(tmp_path / "a.json")]) == 0
    found = json.loads((tmp_path / "a.json").read_text())
    assert found["labels"] == names
    own = open_space(tmp_path / "v.parquet").column("emotion").tolist()
    expected = class_angle_matrix(embeddings, own, class_directions(embeddings, own, names), names)
    np.testing.assert_allclose(np.array(found["matrix_degrees"], dtype=float), expected, atol=1e-3)


@pytest.mark.parametrize("form", ["npy", "tsv"])
def test_angles_reads_every_form_that_space_reads(form, tmp_path):
    embeddings, told = vectors(["sad", "odd"])
    pd.DataFrame({"file": range(len(told)), "label": told, "emotion": told}).to_csv(
        tmp_path / "m.tsv", index=False, sep="\t"
    )
    if form == "npy":
        np.save(tmp_path / "v.npy", embeddings)
    else:
        np.savetxt(tmp_path / "v.tsv", embeddings, delimiter="\t")
    options = ["--metadata", str(tmp_path / "m.tsv"), "--out", str(tmp_path / "a.json")]
    assert main(["angles", str(tmp_path / f"v.{form}"), *options]) == 0
    assert json.loads((tmp_path / "a.json").read_text())["labels"] == ["sad", "odd"]


def test_rows_that_cannot_be_used_are_left_out_on_demand(tmp_path, capsys):
    embeddings, told = vectors(["sad", "odd"])
    embeddings[3] = 0
    pd.DataFrame({"file": range(len(told)), "emotion": told, "embedding": list(embeddings)}).to_parquet(
        tmp_path / "v.parquet"
    )
    command = ["angles", str(tmp_path / "v.parquet"), "--out", str(tmp_path / "a.json")]
    assert main(command) == 2
    assert "Here: --leave-out" in capsys.readouterr().err
    assert main([*command, "--leave-out"]) == 0
    assert json.loads((tmp_path / "a.json").read_text())["counts"] == [30, 29]
