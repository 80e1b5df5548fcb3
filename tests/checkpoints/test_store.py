"""A checkpoint: equal after loading, refused when changed, and never half replaced."""

import dataclasses
import errno
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import safetensors
import torch

from ser_core.checkpoints import load_checkpoint, save_checkpoint, store
from ser_core.checkpoints.card import write_digests
from ser_core.errors import CheckpointError, StorageError
from ser_core.models.running import run_model


@pytest.fixture
def copied(tiny_checkpoint: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_checkpoint, tmp_path / "model"))


@pytest.fixture
def frames() -> list[torch.Tensor]:
    torch.manual_seed(0)
    return [torch.randn(length, 16) for length in (20, 7)]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change_card(folder: Path, **changes) -> None:
    card = json.loads((folder / "card.json").read_text()) | changes
    (folder / "card.json").write_text(json.dumps(card))


def test_a_checkpoint_that_is_saved_and_loaded_again_computes_the_same(tiny_checkpoint, tmp_path, frames):
    first = load_checkpoint(tiny_checkpoint)
    save_checkpoint(tmp_path / "again", first)
    second = load_checkpoint(tmp_path / "again")
    for left, right in zip(run_model(first.model, frames), run_model(second.model, frames), strict=True):
        np.testing.assert_array_equal(left, right)
    for name in ("directions", "ranges", "training_embeddings", "training_targets"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    assert first.temperature == second.temperature
    assert first.labels == second.labels
    assert first.front_end == second.front_end
    assert not second.model.training


def test_what_is_stored_has_the_promised_shapes(tiny_checkpoint):
    checkpoint = load_checkpoint(tiny_checkpoint)
    assert checkpoint.directions.shape == (3, 8)
    np.testing.assert_allclose(np.linalg.norm(checkpoint.directions, axis=1), 1.0, rtol=1e-5)
    assert checkpoint.ranges.shape == (3,)
    assert checkpoint.training_embeddings.shape == (18, 8)
    assert checkpoint.card["parameters"] == sum(p.numel() for p in checkpoint.model.parameters())
    assert {"torch", "numpy", "safetensors"} <= set(checkpoint.card["packages"])


def test_a_checkpoint_holds_json_tensors_a_table_and_digests_that_sha256sum_reads(tiny_checkpoint):
    assert {path.name for path in tiny_checkpoint.iterdir()} == {
        "card.json", "weights.safetensors", "atlas.parquet", "SHA256SUMS",
    }  # fmt: skip
    for line in (tiny_checkpoint / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert len(digest) == 64
        assert (tiny_checkpoint / name).is_file()


@pytest.mark.parametrize("name", ["weights.safetensors", "card.json", "atlas.parquet"])
def test_one_changed_byte_is_noticed(copied, name):
    path = copied / name
    content = bytearray(path.read_bytes())
    place = content.rfind(b"licence") if name == "card.json" else len(content) // 2
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match=r"copy the checkpoint again|Copy the checkpoint again"):
        load_checkpoint(copied)


@pytest.mark.parametrize("name", ["weights.safetensors", "atlas.parquet", "SHA256SUMS"])
def test_a_missing_file_is_named(copied, name):
    (copied / name).unlink()
    with pytest.raises(CheckpointError, match=name):
        load_checkpoint(copied)


def test_a_folder_without_a_card_is_no_checkpoint(tmp_path):
    with pytest.raises(CheckpointError, match="List those there are with: python -m ser_core checkpoints"):
        load_checkpoint(tmp_path)


@pytest.mark.parametrize("digests", ["old", "new"])
def test_truncated_weights_are_refused_also_with_fitting_digests(copied, digests):
    path = copied / "weights.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    if digests == "new":
        write_digests(copied)
    with pytest.raises(CheckpointError, match="train it anew"):
        load_checkpoint(copied)


def test_a_checkpoint_of_another_version_says_which(copied):
    change_card(copied, version=7)
    with pytest.raises(CheckpointError, match="version 1 .*got version 7. Use the release that made it"):
        load_checkpoint(copied)


@pytest.mark.parametrize("content", ["", "[]", "{", "{}", "\udcff"])
def test_a_card_that_is_none_gets_advice(copied, content):
    (copied / "card.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CheckpointError, match="train it anew"):
        load_checkpoint(copied)


def test_a_card_that_lacks_something_or_fits_other_weights_gets_advice(copied):
    change_card(copied, labels="neutral", back_end=None)
    with pytest.raises(CheckpointError, match="Expected labels, back_end in the card"):
        load_checkpoint(copied)
    change_card(copied, labels=["neutral"], back_end="angle")
    write_digests(copied)
    with pytest.raises(CheckpointError, match="Expected weights that fit the card"):
        load_checkpoint(copied)


def no_space(*arguments, **options):
    raise OSError(errno.ENOSPC, "No space left on device")


def no_space_in_rust(*arguments, **options):
    raise safetensors.SafetensorError("I/O error: No space left on device (os error 28)")


@pytest.mark.parametrize("failure", [no_space, no_space_in_rust])
@pytest.mark.parametrize("place", ["save_file", "write_digests"])
def test_a_full_disk_leaves_the_former_checkpoint_and_no_rest(tiny_checkpoint, tmp_path, monkeypatch, place, failure):
    folder = Path(shutil.copytree(tiny_checkpoint, tmp_path / "models" / "model"))
    before = contents(folder)
    changed = dataclasses.replace(load_checkpoint(folder), temperature=9.0)
    if place == "write_digests":
        failure = no_space
    monkeypatch.setattr(store, place, failure)
    with pytest.raises(StorageError, match="No space left on device.*nothing that was there has changed"):
        save_checkpoint(folder, changed)
    assert contents(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["model"]


def test_a_folder_that_cannot_be_moved_into_place_leaves_the_former_one(copied, monkeypatch):
    before, rename = contents(copied), Path.rename
    checkpoint = load_checkpoint(copied)

    def only_away(self, target):
        if Path(target) == copied and self.name != copied.name:
            no_space()
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", only_away)
    with pytest.raises(StorageError):
        save_checkpoint(copied, checkpoint)
    assert contents(copied) == before
    assert [path.name for path in copied.parent.iterdir()] == ["model"]


def test_a_new_checkpoint_replaces_a_former_one_whole(copied):
    save_checkpoint(copied, dataclasses.replace(load_checkpoint(copied), temperature=2.5))
    assert load_checkpoint(copied).temperature == 2.5
    assert not (copied / "atlas.parquet").exists()
    assert [path.name for path in copied.parent.iterdir()] == ["model"]
