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
from safetensors.torch import load_file, save_file

from ser_core.checkpoints import load_checkpoint, save_checkpoint, store
from ser_core.checkpoints.card import Card
from ser_core.checkpoints.folder import read_card, write_digests
from ser_core.checkpoints.listing import SHIPPED
from ser_core.errors import CheckpointError, StorageError
from ser_core.models import AUDIO, EMOTION
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
    left, right = (run_model(one.model, {AUDIO: frames}) for one in (first, second))
    np.testing.assert_array_equal(left.embeddings, right.embeddings)
    np.testing.assert_array_equal(left.heads[EMOTION], right.heads[EMOTION])
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
    assert checkpoint.card.parameters == sum(p.numel() for p in checkpoint.model.parameters())
    assert {"torch", "numpy", "safetensors"} <= set(checkpoint.card.packages)


def test_a_checkpoint_holds_json_tensors_a_table_and_digests_that_sha256sum_reads(tiny_checkpoint):
    assert {path.name for path in tiny_checkpoint.iterdir()} == {
        "card.json", "README.md", "weights.safetensors", "atlas.parquet", "SHA256SUMS",
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
    with pytest.raises(CheckpointError, match="train it again"):
        load_checkpoint(copied)


def test_a_checkpoint_of_another_version_says_which(copied):
    change_card(copied, version=7)
    with pytest.raises(CheckpointError, match="version 1 or 2 .*got version 7. Use the release that made it"):
        load_checkpoint(copied)


@pytest.mark.parametrize("content", ["", "[]", "{", "{}", "\udcff"])
def test_a_card_that_is_none_gets_advice(copied, content):
    (copied / "card.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CheckpointError, match="train it again"):
        load_checkpoint(copied)


def nested(depth: int) -> str:
    return '{"version": 1, "name": ' + "[" * depth + "]" * depth + "}"


@pytest.mark.parametrize("content", [nested(100_000), '{"version": ' + "1" * 5000 + "}", '{"version": NaN}'])
def test_a_card_made_to_be_unreadable_gets_advice(copied, content):
    (copied / "card.json").write_text(content)
    with pytest.raises(
        CheckpointError, match="Expected a usable card at .* Copy the checkpoint again or train it again"
    ):
        load_checkpoint(copied)


@pytest.mark.parametrize("version", [True, 1.0, "1", None, [1], 7])
def test_a_version_is_the_whole_number(copied, version):
    change_card(copied, version=version)
    with pytest.raises(CheckpointError, match="Use the release that made it"):
        load_checkpoint(copied)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"labels": ["happy"] * 3}, "each of the labels once"),
        ({"labels": ["sad", "neutral", "angry"]}, "each of the labels once"),
        ({"labels": ["neutral", "sad", "hungry"]}, "each of the labels once"),
        ({"labels": []}, "each of the labels once"),
        ({"labels": [1, 2, 3]}, r"labels\.0 to be str; got 1"),
        ({"labels": [["neutral"], ["sad"], ["angry"]]}, r"labels\.0 to be str"),
        ({"labels": {"neutral": 0}}, "a list for labels"),
        ({"sample_rate": 8000}, "sample_rate 16000, as in the settings; got 8000"),
        ({"embedding_size": 9}, "embedding_size 8, as in the settings; got 9"),
        ({"back_end": "nonsense"}, "back_end among head, angle"),
        ({"metrics": {"test": 5}}, r"a table for metrics\.test; got 5"),
        ({"metrics": {"test": {"angle": 5}}}, r"a table for metrics\.test\.angle; got 5"),
        ({"metrics": {"test": {"angle": {"uar": 0.5}}}}, r"wa in \[metrics\.test\.angle\]"),
        ({"metrics": {"test": {"angle": {"uar": "high", "wa": 0.5}}}}, r"metrics\.test\.angle\.uar to be float"),
        ({"metrics": {"test": {"angle": {"uar": 1.5, "wa": 0.5}}}}, "scores between 0 and 1; got 1.5"),
        ({"metrics": {"test": {"angle": {"uar": float("nan"), "wa": 0.5}}}}, "a number that is none, NaN"),
        ({"licence": float("inf")}, "a number that is none, Infinity"),
        ({"settings": {}}, r"in \[settings\]"),
        ({"settings": []}, "a table for settings"),
        ({"split": {"protocol": 5, "fold": 1}}, "split.protocol to be str"),
        ({"reliability": 5}, "a table for reliability"),
        ({"reliability": {"classes": {}}}, r"bins, rejected, covered, wa in \[reliability\]"),
        ({"split": {}}, "protocol, fold in"),
        ({"artificial": "no"}, "artificial to be bool"),
        ({"parameters": "many"}, "parameters to be int"),
        ({"version": 2, "tasks": ["speaker"]}, "fit settings and labels; got speaker, log-mel and emotion"),
        ({"version": 2, "heads": {"emotion": ["sad"]}}, "a table for heads.emotion"),
        ({"version": 2, "heads": {"emotion": {"column": "emotion", "classes": ["sad"]}}}, "and heads that fit"),
        ({"title": "x" * 100_000, "seed": "y" * 100_000}, "seed to be int; got 'yyy.*…"),
    ],
)
def test_a_card_that_says_nonsense_is_told_so_and_is_in_no_list(copied, changes, message):
    change_card(copied, **changes)
    write_digests(copied)
    with pytest.raises(CheckpointError, match=f"Expected a usable card at .*{message}.*train it again") as found:
        load_checkpoint(copied)
    assert len(str(found.value)) < 1000


def test_what_a_card_says_beyond_what_is_known_is_kept(copied):
    change_card(copied, mood="good", split=json.loads((copied / "card.json").read_text())["split"] | {"more": 1})
    write_digests(copied)
    save_checkpoint(copied, load_checkpoint(copied))
    assert json.loads((copied / "card.json").read_text())["mood"] == "good"


def within(one: object, other: object) -> bool:
    """Say whether nothing is lost or changed; tables may have the defaults of what they lacked besides."""
    if isinstance(one, dict):
        return all(name in other and within(value, other[name]) for name, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(within, one, other))
    return one == other


@pytest.mark.parametrize("name", ["demo-residual", "ravdess-residual"])
def test_a_card_of_version_1_is_read_and_written_again_with_what_it_said(name):
    before = json.loads((SHIPPED / name / "card.json").read_text(encoding="utf-8"))
    card = read_card(SHIPPED / name)
    assert before.pop("version") == 1
    assert (card.tasks, card.inputs, card.labels) == (("emotion",), ("log-mel",), card.definitions[0].classes)
    after = card.as_table()
    assert within(before, after)
    assert set(after) - set(before) == {"version", "tasks", "inputs", "heads"}
    assert Card.from_table(after) == card


def not_a_number(values: torch.Tensor) -> torch.Tensor:
    changed = values.clone().float()
    changed.view(-1)[0] = torch.nan
    return changed


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("temperature", not_a_number, "NaN or infinite values in temperature"),
        ("temperature", lambda values: values * 0, "temperature that is not above 0"),
        ("temperature", lambda values: -values, "temperature that is not above 0"),
        ("temperature", lambda values: values[0], r"temperature of shape \(\)"),
        ("ranges", not_a_number, "NaN or infinite values in ranges"),
        ("ranges", lambda values: values + 200, "between 0 and 180 degrees"),
        ("ranges", lambda values: values[:2], r"ranges of shape \(2,\) instead of \(3,\)"),
        ("directions", lambda values: values * 0, "directions that are not of length 1"),
        ("directions", lambda values: values.T.contiguous(), "directions of shape"),
        ("training_embeddings", not_a_number, "values in training_embeddings"),
        ("training_embeddings", lambda values: values[1:], "training_embeddings of shape"),
        ("training_targets", lambda values: values + 1, "not among the 3 labels"),
        ("training_targets", lambda values: values - 1, "not among the 3 labels"),
        ("training_targets", lambda values: values.float(), "targets of type torch.float32"),
        ("model.embedding.weight", not_a_number, "values in model.embedding.weight"),
    ],
)
def test_tensors_that_are_nonsense_are_told_so_also_with_fitting_digests(copied, name, change, message):
    path = copied / "weights.safetensors"
    tensors = load_file(path)
    tensors[name] = change(tensors[name])
    save_file(tensors, path)
    write_digests(copied)
    with pytest.raises(CheckpointError, match=f"Expected weights that fit the card of .*{message}.*train it again"):
        load_checkpoint(copied)


def test_a_card_that_lacks_something_or_fits_other_weights_gets_advice(copied):
    change_card(copied, labels="neutral", back_end=None)
    with pytest.raises(CheckpointError, match=r"Expected labels to be|Expected a list for labels"):
        load_checkpoint(copied)
    change_card(
        copied, labels=["neutral"], heads={"emotion": {"column": "emotion", "classes": ["neutral"]}}, back_end="angle"
    )
    write_digests(copied)
    with pytest.raises(CheckpointError, match="Expected weights that fit the card"):
        load_checkpoint(copied)


def no_space(*arguments, **options):
    raise OSError(errno.ENOSPC, "No space left on device")


def no_space_in_rust(*arguments, **options):
    raise safetensors.SafetensorError("I/O error: No space left on device (os error 28)")


@pytest.mark.parametrize("failure", [no_space, no_space_in_rust])
@pytest.mark.parametrize("place", ["save_file", "write_card"])
def test_a_full_disk_leaves_the_former_checkpoint_and_no_rest(tiny_checkpoint, tmp_path, monkeypatch, place, failure):
    folder = Path(shutil.copytree(tiny_checkpoint, tmp_path / "models" / "model"))
    before = contents(folder)
    changed = dataclasses.replace(load_checkpoint(folder), temperature=9.0)
    if place == "write_card":
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
