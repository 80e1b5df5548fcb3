"""What killed processes left half written is found by its name and deleted, and nothing else."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ser_core.leftovers import A_DAY, clear_below, clear_beside, clear_run
from ser_core.storage import require_writable, write_text_atomically

KILLED_WHILE_WRITING = """
import os, pathlib, sys
from ser_core.storage import write_atomically
write_atomically(pathlib.Path(sys.argv[1]), lambda path: (path.write_text("half"), os.kill(os.getpid(), 9)))
"""
REPLACED = ".model-replaced-abcd1234"


def put(path: Path, *, days: float = 0.0) -> Path:
    """A file that was last changed some days ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("half")
    moment = time.time() - days * A_DAY
    os.utime(path, (moment, moment))
    return path


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def age(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (0, 0), follow_symlinks=False)


@pytest.fixture
def left(tmp_path):
    """What a process that was killed while it wrote a table leaves: the former table, and half of the new one."""
    table = tmp_path / "table.csv"
    write_text_atomically(table, "whole")
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(table)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert table.read_text() == "whole"
    assert len(names(tmp_path)) == 2
    return table


def test_what_a_killed_process_left_of_a_file_is_deleted_before_it_is_computed_again_a_day_later(left):
    require_writable(left)
    assert len(names(left.parent)) == 2  # another process may be writing it
    age(left.parent)
    require_writable(left.with_name("other.csv"))
    assert len(names(left.parent)) == 2
    require_writable(left)
    assert names(left.parent) == {"table.csv"}


def test_who_holds_the_lock_need_not_wait_a_day(left):
    clear_beside(left, age=0)
    assert names(left.parent) == {"table.csv"}


def test_the_workspace_loses_old_leftovers_at_every_depth_and_nothing_of_a_person(tmp_path):
    for name in (
        "cache/frames/ab/.abcd-writing-k3j2h1g0.npy",
        "runs/x/.state-writing-abcdefgh.safetensors",
        "downloads/.ravdess-writing-0_0_0_0_/Actor_01/a.wav",
        "spaces/.my.own-space-writing-12345678.parquet",
    ):
        put(tmp_path / name, days=2)
    kept = {
        "recordings/.notes-birthday.txt",
        "recordings/writing-abcdefgh.wav",
        "recordings/my-writing-lectures.wav",
        "recordings/.writing-abcdefgh.wav",
        ".gitignore",
        "runs/x/state.safetensors",
    }
    for name in kept:
        put(tmp_path / name, days=400)
    put(tmp_path / "voices" / ".Anna-writing-abcdefgh.json", days=0.9)
    age(tmp_path / "downloads")
    clear_below(tmp_path)
    assert names(tmp_path) == kept | {"voices/.Anna-writing-abcdefgh.json"}


def test_linked_folders_are_not_entered(tmp_path):
    elsewhere = put(tmp_path / "elsewhere" / ".a-writing-abcdefgh.csv", days=2)
    (tmp_path / "workspace").mkdir()
    (tmp_path / "workspace" / "linked").symlink_to(elsewhere.parent)
    clear_below(tmp_path / "workspace")
    assert elsewhere.exists()


def test_a_folder_that_was_moved_aside_and_never_replaced_goes_back_to_its_place(tmp_path):
    put(tmp_path / REPLACED / "model" / "card.json")
    put(tmp_path / ".model-writing-abcd1234" / "card.json")
    clear_below(tmp_path, age=0)
    assert names(tmp_path) == {"model/card.json"}
    put(tmp_path / REPLACED / "model" / "card.json").write_text("the former one")
    clear_below(tmp_path, age=0)
    assert names(tmp_path) == {"model/card.json"}
    assert (tmp_path / "model" / "card.json").read_text() == "half"


def test_a_run_loses_those_of_earlier_releases_and_of_the_library_that_writes_tensors_too(tmp_path):
    kept = {"config.toml", "events.jsonl", ".keep", ".state-of-mind.txt"}
    for name in (*kept, ".state-k3j2h1g0.safetensors", ".tmpH7Me36", ".config-aaaaaaaa.toml", ".lock-12345678.json"):
        put(tmp_path / name)
    put(tmp_path / ".checkpoint-0a0a0a0a" / "weights.safetensors")
    clear_run(tmp_path)
    assert names(tmp_path) == kept


def test_a_folder_that_is_not_there_or_may_not_be_read_is_no_error(tmp_path):
    clear_below(tmp_path / "nowhere")
    clear_run(tmp_path / "nowhere")
    clear_beside(tmp_path / "nowhere" / "a.csv")
