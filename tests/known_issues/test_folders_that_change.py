"""A folder whose content came and went while it was listed ended a command in a traceback."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ser_core import paths
from ser_core.checkpoints import available
from ser_core.corpora import open_corpus
from ser_core.errors import CorpusError
from ser_core.experiments.places import result_places
from ser_core.experiments.sweep_result import sweep_folders
from ser_core.recordings.collection import collections
from ser_core.training.jobs import list_runs
from ser_core.workspace import recordings_directory, results_directory, runs_directory, sweeps_directory


@pytest.fixture
def vanishing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Delete a folder as soon as the system lists the one above it."""

    def arrange(folder: Path) -> None:
        scan, names = os.scandir, os.listdir

        def scanned(path=".", of=scan):
            if isinstance(path, int):  # the deleting itself
                return of(path)
            found = list(of(path))
            if Path(os.fspath(path)) == folder.parent:
                shutil.rmtree(folder, ignore_errors=True)
            return Scanned(found) if of is scan else found

        monkeypatch.setattr(os, "scandir", scanned)
        monkeypatch.setattr(os, "listdir", lambda path=".": scanned(path, names))

    return arrange


class Scanned(list):
    """What ``os.scandir`` gives: entries, to be closed."""

    def __enter__(self):
        return iter(self)

    def __exit__(self, *_):
        pass

    def __next__(self):
        if not self:
            raise StopIteration
        return self.pop(0)

    def __iter__(self):
        return self

    def close(self):
        pass


def test_what_vanishes_while_a_tree_is_walked_is_left_out(tmp_path, vanishing):
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.wav").write_bytes(b"")
    vanishing(tmp_path / "b")
    assert [path.name for path in paths.below(tmp_path) if path.suffix] == ["x.wav", "x.wav"]


def test_a_run_that_is_deleted_while_runs_are_listed_is_not_listed(workspace, vanishing):
    for name in ("one", "two"):
        (runs_directory() / name).mkdir(parents=True)
        (runs_directory() / name / "config.toml").write_text("", encoding="utf-8")
    vanishing(runs_directory() / "two")
    assert [run.name for run in list_runs()] == ["one"]


@pytest.mark.parametrize(
    ("home", "listed"),
    [
        (results_directory, lambda: [place for place in result_places() if place.kind == "evaluation"]),
        (sweeps_directory, sweep_folders),
        (recordings_directory, collections),
        (runs_directory, lambda: [entry for entry in available() if entry.made_here]),
    ],
)
def test_a_list_of_the_workspace_is_empty_when_its_only_entry_has_gone(workspace, vanishing, home, listed):
    entry = home() / "one"
    (entry / "checkpoint").mkdir(parents=True)
    for name in ("sweep.json", "plan.toml", "checkpoint/card.json"):
        (entry / name).write_text("{}", encoding="utf-8")
    vanishing(entry)
    assert listed() == []


def test_a_corpus_folder_that_vanishes_is_refused_with_advice(tmp_path, vanishing):
    root = tmp_path / "tess"
    (root / "OAF_Fear").mkdir(parents=True)
    (root / "OAF_Fear" / "OAF_back_fear.wav").write_bytes(b"RIFF")
    vanishing(root / "OAF_Fear")
    with pytest.raises(CorpusError, match="Expected"):
        open_corpus(f"tess:{root}")


@pytest.mark.parametrize("odd", ["a\0b", "x" * 5000, "\0"])
def test_a_path_that_no_system_allows_holds_nothing(odd):
    path = Path(odd)
    assert (paths.matching(path, "*"), list(paths.below(path)), paths.changed(path), paths.size(path)) == ([], [], 0, 0)
    assert paths.resolved(path) in (path, path.absolute())
