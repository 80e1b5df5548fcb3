"""Commands in processes of their own, with libraries loaded ahead."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from ser_core.jobs import detached
from ser_core.jobs.detached import DetachedStarter, last_words, may_be_starting

COMMAND = ["--help"]


@pytest.fixture
def library(tmp_path, monkeypatch) -> Path:
    """A module ``slow_library``; the file that it writes when it is loaded."""
    loaded = tmp_path / "loaded"
    (tmp_path / "slow_library.py").write_text(f"open({str(loaded)!r}, 'a').write('once ')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("SER_WORKSPACE", str(tmp_path / "workspace"))
    return loaded


@pytest.fixture
def run(tmp_path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    return folder


def test_a_command_is_done_by_the_process_that_has_loaded_its_libraries_ahead(library, run, monkeypatch):
    monkeypatch.setattr(detached, "_new_process", lambda *_: pytest.fail("a second process was started"))
    starter = DetachedStarter("slow_library")
    starter.load_ahead()
    starter.load_ahead()  # the page is drawn again
    wait_for(library.exists)
    starter.start(COMMAND, run)
    wait_for(lambda: not may_be_starting(run))
    assert (run / "output.txt").read_text() == printed_by_the_command_line()
    assert library.read_text() == "once "


def test_a_command_that_comes_while_libraries_are_loaded_waits_for_no_further_one(library, run, tmp_path):
    told, further = tmp_path / "told", tmp_path / "further"
    slowly = f"import time\nfrom pathlib import Path\nwhile not Path({str(told)!r}).exists(): time.sleep(0.05)\n"
    (tmp_path / "slower_library.py").write_text(slowly)
    (tmp_path / "further_library.py").write_text(f"open({str(further)!r}, 'w').close()\n")
    starter = DetachedStarter("slow_library", "slower_library", "further_library")
    starter.load_ahead()
    wait_for(library.exists)
    starter.start(COMMAND, run)
    told.touch()
    wait_for(lambda: not may_be_starting(run))
    assert (run / "output.txt").read_text() == printed_by_the_command_line()
    assert not further.exists()


def test_a_command_starts_without_a_process_that_waits_and_after_one_that_could_not_load(library, run):
    starter = DetachedStarter("there_is_no_such_library")
    starter.load_ahead()
    assert starter._ready.wait(300) != 0
    starter.start(COMMAND, run)
    wait_for(lambda: not may_be_starting(run))
    assert (run / "output.txt").read_text() == printed_by_the_command_line()


def test_a_process_that_waits_with_another_workspace_gets_no_command(library, run, monkeypatch, tmp_path):
    starter = DetachedStarter("slow_library")
    starter.load_ahead()
    waiting = starter._ready
    wait_for(library.exists)
    monkeypatch.setenv("SER_WORKSPACE", str(tmp_path / "another"))
    starter.start(["train", "--out", str(run), "--resume", "--heed-stop"], run)
    assert waiting.poll() is not None
    wait_for(lambda: not may_be_starting(run))
    assert "--corpus" in last_words(run)


def test_a_process_that_is_let_go_ends(library):
    starter = DetachedStarter("slow_library")
    starter.load_ahead()
    waiting = starter._ready
    wait_for(library.exists)
    assert waiting.poll() is None
    starter.let_go()
    assert waiting.poll() is not None


def test_a_process_that_waits_ends_with_the_one_that_started_it_however_that_ends(library):
    starting = (
        "import os, time\n"
        "from pathlib import Path\n"
        "from ser_core.jobs.detached import DetachedStarter\n"
        "DetachedStarter('slow_library').load_ahead()\n"
        f"while not Path({str(library)!r}).exists(): time.sleep(0.05)\n"
        "os._exit(9)\n"
    )
    # It returns when everything that holds the standard error has ended.
    ended = subprocess.run(
        [sys.executable, "-c", starting], env=detached.environment(), stderr=subprocess.PIPE, timeout=300, check=False
    )
    assert ended.returncode == 9
    assert library.exists()


def printed_by_the_command_line() -> str:
    command = [sys.executable, "-m", "ser_core", *COMMAND]
    return subprocess.run(
        command, env=detached.environment(), capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout


def wait_for(happened) -> None:
    for _ in range(6000):
        if happened():
            return
        time.sleep(0.05)
    pytest.fail("nothing happened within five minutes")
