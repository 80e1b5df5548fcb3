"""A command whose --out named the list, vectors or recipe that it reads replaced them, and there was no other copy."""

import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.cli import main


@pytest.fixture
def read(tiny_corpus, tiny_recipe, tmp_path, random):
    """Files that commands read: a list beside its recordings, vectors, what is told of them, a recipe."""
    for file in tiny_corpus.parent.glob("*.wav"):
        shutil.copy(file, tmp_path)
    rows = pd.read_csv(tiny_corpus)
    rows.to_csv(tmp_path / "list.csv", index=False)
    rows.to_parquet(tmp_path / "list.parquet", index=False)
    vectors = pd.DataFrame(random.normal(size=(12, 9)), columns=[f"f{number}" for number in range(9)])
    told = pd.DataFrame({"file": [f"x{n}.wav" for n in range(12)], "emotion": ["sad", "happy"] * 6})
    pd.concat([told, vectors], axis=1).to_csv(tmp_path / "vectors.csv", index=False)
    np.save(tmp_path / "vectors.npy", vectors.to_numpy())
    told.to_csv(tmp_path / "told.csv", index=False)
    shutil.copy(tiny_recipe, tmp_path / "tiny.toml")
    return tmp_path


@pytest.mark.parametrize(
    ("written", "arguments"),
    [
        ("list.parquet", ["embed", "--checkpoint", "MODEL", "--corpus", "list.parquet"]),
        ("list.csv", ["evaluate", "--checkpoint", "MODEL", "--corpus", "list.csv", "--overwrite"]),
        ("list.csv", ["evaluate", "--checkpoint", "MODEL", "--corpus", "demo", "--corpus", "list.csv", "--overwrite"]),
        (
            "list.csv",
            ["evaluate", "--recipe", "tiny.toml", "--protocol", "random-70-30", "--corpus", "list.csv", "--overwrite"],
        ),
        (
            "tiny.toml",
            ["evaluate", "--recipe", "tiny.toml", "--protocol", "random-70-30", "--corpus", "list.csv", "--overwrite"],
        ),
        ("vectors.csv", ["angles", "vectors.csv"]),
        ("told.csv", ["angles", "vectors.npy", "--metadata", "told.csv"]),
        ("list.csv", ["manifest", "list.csv"]),
    ],
    ids=["embed", "evaluate", "its second corpus", "its list", "its recipe", "angles", "its metadata", "manifest"],
)
def test_what_is_read_is_not_written_over(written, arguments, read, tiny_checkpoint, workspace, capsys, monkeypatch):
    monkeypatch.chdir(read)
    before = (read / written).read_bytes()
    given = [str(tiny_checkpoint) if argument == "MODEL" else argument for argument in arguments]
    other_names = [written, f"./{written}", str(read / written)]
    if os.name != "nt":
        (read / "link").symlink_to(written)
        other_names.append("link" if arguments[0] != "manifest" else written)
    for out in other_names:
        assert main([*given, "--out", out]) == 2
        told = " ".join(capsys.readouterr().err.split())
        assert told.startswith("Expected another file to write than the one that is read; got ")
        assert told.endswith(f"{Path(out)} for both. Name another --out.")
        assert (read / written).read_bytes() == before


def test_a_recording_is_not_replaced_by_its_labels(read, workspace, capsys, tiny_checkpoint):
    recording = read / "f1_sad0.txt"  # some recorders call them so
    (read / "f1_sad0.wav").rename(recording)
    before = recording.read_bytes()
    assert main(["track", str(recording), "--checkpoint", str(tiny_checkpoint), "--out", str(recording)]) == 2
    assert "Expected another file to write than the one that is read" in " ".join(capsys.readouterr().err.split())
    assert recording.read_bytes() == before
