"""Everything that is written lies in one folder, which one variable moves."""

from pathlib import Path

import pytest

from ser_core import workspace


def test_the_variable_moves_every_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SER_WORKSPACE", str(tmp_path / "elsewhere"))
    assert workspace.workspace_root() == tmp_path / "elsewhere"
    folders = {
        workspace.runs_directory: "runs",
        workspace.recordings_directory: "recordings",
        workspace.downloads_directory: "downloads",
        workspace.user_checkpoints_directory: "checkpoints",
        workspace.results_directory: "results",
        workspace.cache_directory: "cache",
    }
    for folder, name in folders.items():
        assert folder() == tmp_path / "elsewhere" / name


@pytest.mark.parametrize("value", [None, ""])
def test_without_the_variable_it_is_workspace_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("SER_WORKSPACE")
    if value is not None:
        monkeypatch.setenv("SER_WORKSPACE", value)
    monkeypatch.chdir(tmp_path)
    assert workspace.workspace_root() == tmp_path / "workspace"


def test_a_tilde_is_the_home_folder_and_a_relative_path_becomes_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("SER_WORKSPACE", "~/speech")
    assert workspace.workspace_root() == tmp_path / "speech"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SER_WORKSPACE", "here")
    assert workspace.workspace_root() == tmp_path / "here"


def test_asking_for_a_folder_makes_none(workspace: Path) -> None:  # the fixture of that name
    from ser_core.workspace import runs_directory

    assert runs_directory() == workspace / "runs"
    assert not workspace.exists()
