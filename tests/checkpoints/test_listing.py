"""Which checkpoints there are, and how one is found."""

import shutil
from pathlib import Path

import pytest

from ser_core.checkpoints import available, find, listing, unreadable
from ser_core.errors import CheckpointError


@pytest.fixture
def homes(tiny_checkpoint: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out one shipped checkpoint, one made here, and one of a run."""
    monkeypatch.setattr(listing, "SHIPPED", tmp_path / "shipped")
    for folder in (tmp_path / "shipped" / "given", workspace / "checkpoints" / "mine"):
        shutil.copytree(tiny_checkpoint, folder)
    shutil.copytree(tiny_checkpoint, workspace / "runs" / "first" / "checkpoint")
    return tmp_path


def test_shipped_ones_come_first_then_ones_own_then_runs(homes, workspace):
    assert [entry.name for entry in available()] == ["given", "mine", "runs/first"]
    assert available()[2].path == workspace / "runs" / "first" / "checkpoint"
    assert available()[0].card.recipe == "tiny"
    assert [entry.made_here for entry in available()] == [False, True, True]


def test_a_checkpoint_is_found_by_name_by_folder_and_by_its_run(homes, workspace):
    assert find("given") == homes / "shipped" / "given"
    assert find("runs/first") == workspace / "runs" / "first" / "checkpoint"
    assert find(workspace / "runs" / "first") == workspace / "runs" / "first" / "checkpoint"
    assert find(str(workspace / "checkpoints" / "mine")) == workspace / "checkpoints" / "mine"


def test_an_unknown_name_gets_the_nearest_one(homes):
    with pytest.raises(CheckpointError, match="Did you mean 'given'"):
        find("givn")


def test_what_cannot_be_read_is_left_out_of_the_list_and_reported_when_asked_for(homes, workspace):
    (workspace / "checkpoints" / "mine" / "card.json").write_text("{}")
    (workspace / "checkpoints" / "empty").mkdir()
    (workspace / "checkpoints" / ".half-written").mkdir()
    assert [entry.name for entry in available()] == ["given", "runs/first"]
    ((name, reason),) = unreadable()
    assert name == "mine"
    assert "train it again" in reason
    assert find("mine").name == "mine"


@pytest.mark.parametrize("name", ["n" * 300, "~nobody-of-this-name/x", "a\0b"])
def test_a_path_that_no_system_looks_at_is_no_checkpoint(homes, name):
    with pytest.raises(CheckpointError, match="Expected a checkpoint among given"):
        find(name)


def test_without_any_model_the_advice_is_to_train_one(workspace, tmp_path, monkeypatch):
    monkeypatch.setattr(listing, "SHIPPED", tmp_path / "nothing")
    assert available() == []
    with pytest.raises(CheckpointError, match="python -m ser_core train"):
        find("anything")
