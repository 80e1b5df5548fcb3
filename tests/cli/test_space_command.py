"""``space``: the numbers of a file of vectors, as text and as JSON."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import silhouette_score

from ser_core.cli import main


def test_the_json_holds_numbers_with_their_basis_and_a_verdict(tiny_checkpoint, capsys):
    assert main(["space", str(tiny_checkpoint / "atlas.parquet"), "--json"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    table = pd.read_parquet(tiny_checkpoint / "atlas.parquet")
    held_out = int((table["split"] != "train").sum())
    assert found["version"] == 1
    assert (found["utterances"], found["dimensions"]) == (held_out, 8)
    assert found["numbers"]["silhouette"]["basis"] == f"all {held_out} utterances"
    assert {one["attribute"] for one in found["carried"]} >= {"emotion", "speaker"}
    assert found["verdict"]
    assert "training utterances are not measured; --training measures them too" in err
    assert main(["space", str(tiny_checkpoint / "atlas.parquet"), "--json", "--training"]) == 0
    assert json.loads(capsys.readouterr().out)["utterances"] == len(table)


def test_the_text_names_every_number_and_notes_go_to_standard_error(random, tmp_path, capsys):
    vectors = random.normal(size=(40, 6))
    np.save(tmp_path / "v.npy", vectors)
    table = pd.DataFrame({"file": range(40), "speaker": ["a", "b"] * 20, "label": ["joy"] * 20 + ["sad"] * 20})
    table.to_csv(tmp_path / "m.csv", index=False)
    assert main(["space", str(tmp_path / "v.npy"), "--metadata", str(tmp_path / "m.csv")]) == 0
    out, err = capsys.readouterr()
    assert "v.npy: 40 utterances, 6 dimensions" in out
    for title in ("MAP@R", "Verification EER", "Hubness", "emotion", "chance"):
        assert title in out
    assert "The column label was read as emotion." in err


def test_unusable_rows_are_refused_with_the_option_that_leaves_them_out(random, tmp_path, capsys):
    vectors = random.normal(size=(10, 3))
    vectors[4] = np.nan
    np.save(tmp_path / "v.npy", vectors)
    assert main(["space", str(tmp_path / "v.npy")]) == 2
    err = capsys.readouterr().err
    assert "(row 5)" in err
    assert err.strip().endswith("Here: --leave-out.")
    assert main(["space", str(tmp_path / "v.npy"), "--leave-out"]) == 0
    out, err = capsys.readouterr()
    assert "9 utterances" in out
    assert "Left out 1 of 10 rows" in err


def test_classes_of_no_known_emotion_are_measured_by_their_column(random, tmp_path, capsys):
    labels = np.array(["sad", "Überraschung", "neutral"] * 20)
    vectors = np.eye(3)[[0, 1, 2] * 20] + 0.3 * random.normal(size=(60, 3))
    np.save(tmp_path / "v.npy", vectors)
    table = pd.DataFrame({"file": range(60), "label": labels, "accent": ["north", "south"] * 30})
    table.to_csv(tmp_path / "m.csv", index=False)
    asked = ["space", str(tmp_path / "v.npy"), "--metadata", str(tmp_path / "m.csv")]
    assert main([*asked, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["label"], found["labels"]) == ("label", ["neutral", "sad", "Überraschung"])
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert found["numbers"]["silhouette"]["value"] == pytest.approx(
        silhouette_score(units, labels, metric="cosine"), abs=1e-5
    )
    assert found["carried"][0]["attribute"] == "label"
    assert main([*asked, "--label", "accent"]) == 0
    out = capsys.readouterr().out
    assert "60 utterances, 3 dimensions, 2 classes by accent" in out
    assert main([*asked, "--label", "acent"]) == 2
    assert (
        "among label, accent; got 'acent': there is no such column. Choose one with --label." in capsys.readouterr().err
    )


def test_a_file_without_classes_has_no_label_and_keeps_the_numbers_that_need_none(random, tmp_path, capsys):
    np.save(tmp_path / "v.npy", random.normal(size=(20, 3)))
    assert main(["space", str(tmp_path / "v.npy"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["label"], found["labels"], found["carried"]) == (None, [], [])
    assert found["numbers"]["silhouette"] == {"value": None, "basis": "needs at least two classes"}
    assert found["numbers"]["isotropy"]["value"] > 0
