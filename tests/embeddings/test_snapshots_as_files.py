"""Files of an epoch's space: what is written is read back, and what is damaged is named and stops nobody."""

import numpy as np
import pandas as pd
import pyarrow.parquet
import pytest

from ser_core.embeddings import library, opening
from ser_core.embeddings.snapshots import (
    delete_snapshots_after,
    has_snapshots,
    open_snapshot,
    save_snapshot,
    snapshots_of,
)
from ser_core.errors import EmbeddingError, StorageError
from ser_core.geometry.angles import angles_to


@pytest.fixture
def told():
    return pd.DataFrame({"file": [f"{row}.wav" for row in range(6)], "start": np.nan, "emotion": ["sad", "calm"] * 3})


def test_directions_are_kept_within_three_hundredths_of_a_degree_whatever_the_length(tmp_path, told, random):
    vectors = random.normal(size=(6, 32)) * 10.0 ** np.arange(-20, 40, 10)[:, None]
    path = save_snapshot(tmp_path, told, vectors, epoch=5, stage="triplet", corpus="c", corpus_root="/r")
    (one,), damaged = snapshots_of(tmp_path)
    assert (one.path, one.epoch, one.stage, one.utterances) == (path, 5, "triplet", 6)
    assert (one.corpus, one.corpus_root, damaged) == ("c", "/r", [])
    space = open_snapshot(one)
    assert space.column("emotion").tolist() == told["emotion"].tolist()
    assert np.diag(angles_to(space.embeddings, vectors)).max() < 0.03


def test_a_snapshot_can_be_opened_as_any_file_of_vectors(tmp_path, told, random, workspace):
    path = save_snapshot(tmp_path, told, random.normal(size=(6, 4)), epoch=1, stage="s")
    assert len(library.load(library.save_space(opening.open_space(path), path.name))) == 6


def test_an_utterance_without_a_direction_is_left_out_and_does_not_end_the_training(tmp_path, told, random):
    vectors = random.normal(size=(6, 4))
    vectors[2] = 0
    save_snapshot(tmp_path, told, vectors, epoch=0, stage="s")
    space = open_snapshot(snapshots_of(tmp_path)[0][0])
    assert space.column("file").tolist() == ["0.wav", "1.wav", "3.wav", "4.wav", "5.wav"]
    assert "Left out 1 of 6 rows" in " ".join(space.notes)


def test_epochs_are_in_their_order_and_those_to_be_trained_again_are_forgotten(tmp_path, told, random):
    assert not has_snapshots(tmp_path)
    for epoch in (12, 3, 100_000):
        save_snapshot(tmp_path, told, random.normal(size=(6, 4)), epoch=epoch, stage="s")
    (tmp_path / "snapshots" / "notes.txt").write_text("mine")
    assert [one.epoch for one in snapshots_of(tmp_path)[0]] == [3, 12, 100_000]
    assert has_snapshots(tmp_path)
    delete_snapshots_after(tmp_path, 12)
    assert sorted(path.name for path in (tmp_path / "snapshots").iterdir()) == [
        "epoch-00003.parquet", "epoch-00012.parquet", "notes.txt",
    ]  # fmt: skip


def test_facts_that_no_reader_can_read_are_named_with_the_reason(tmp_path, told, random, damaged_json):
    path = save_snapshot(tmp_path, told, random.normal(size=(6, 4)), epoch=0, stage="s")
    text, reason = damaged_json
    table = pyarrow.parquet.read_table(path)
    facts = dict.fromkeys(table.schema.metadata, text.encode())
    pyarrow.parquet.write_table(table.replace_schema_metadata(facts), path)
    ((name, why),) = snapshots_of(tmp_path)[1]
    assert name == path.name
    assert why.startswith(f"Expected a snapshot in {name}; got: {reason}")
    assert "Delete the file" in why


def test_damaged_files_are_named_and_the_others_read(tmp_path, told, random):
    paths = [save_snapshot(tmp_path, told, random.normal(size=(6, 4)), epoch=n, stage="s") for n in range(5)]
    paths[0].write_bytes(b"damaged")
    paths[1].write_bytes(paths[1].read_bytes()[:-200])
    paths[2].write_bytes(paths[3].read_bytes())
    told.to_parquet(paths[4])
    found, damaged = snapshots_of(tmp_path)
    assert [one.epoch for one in found] == [3]
    assert [name for name, _ in damaged] == [paths[n].name for n in (0, 1, 2, 4)]
    assert all("Delete" in reason for _, reason in damaged)
    paths[3].unlink()
    with pytest.raises(EmbeddingError, match="there is none"):
        open_snapshot(found[0])


def test_a_full_disk_is_said_and_nothing_is_left_behind(tmp_path, told, random, monkeypatch):
    def full(*rest, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pyarrow.parquet.write_table", full)
    with pytest.raises(StorageError, match="Free some space"):
        save_snapshot(tmp_path, told, random.normal(size=(6, 4)), epoch=0, stage="s")
    assert not list((tmp_path / "snapshots").iterdir())
