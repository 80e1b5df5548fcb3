"""Processes side by side: whatever ends one of them, the others do not work on for nobody."""

import multiprocessing
import signal
import subprocess
import sys
import time

import pytest

from ser_core.errors import TrainingError
from ser_core.jobs.side_by_side import side_by_side

SLOW = "__import__('time').sleep(600)"
KILLED = "__import__('os').kill(__import__('os').getpid(), 9)"


# A task is an expression, which needs none of the libraries that a new process is slow to load: eval(task, None).
# A command whose tasks are two expressions that wait; each says so on the output that all its processes share.
COMMAND = """
import ser_core.cli.protocols
from ser_core.cli import main
from ser_core.jobs.side_by_side import side_by_side
WAITS = "print('waits', flush=True) or __import__('time').sleep(600)"
def protocols() -> None:
    list(side_by_side(eval, [WAITS, WAITS], 2, None))
ser_core.cli.protocols.protocols = protocols
raise SystemExit(main(["protocols"]))
"""


@pytest.mark.parametrize("tasks", [[KILLED, SLOW], [SLOW, KILLED]], ids=["first", "second"])
def test_a_process_that_the_system_ends_ends_all_with_one_line_of_advice(tasks):
    began = time.monotonic()
    with pytest.raises(
        TrainingError, match=r"Expected 2 processes .* Repeat the command with fewer --workers; what is"
    ):
        list(side_by_side(eval, tasks, 2, None))
    assert time.monotonic() - began < 60
    assert multiprocessing.active_children() == []


def test_who_takes_no_more_results_does_not_wait_for_them():
    began = time.monotonic()
    results = side_by_side(eval, ["6 * 7", SLOW], 2, None)
    assert next(results) == ("6 * 7", 42)
    results.close()
    assert time.monotonic() - began < 60
    assert multiprocessing.active_children() == []


def test_ctrl_c_and_a_closed_terminal_are_for_the_process_that_was_started_and_not_for_those_beside_it():
    asked = f"getsignal({signal.SIGINT:d})", f"getsignal({signal.SIGHUP:d})"
    task, before = ", ".join(f"__import__('signal').{one}" for one in asked), signal.getsignal(signal.SIGINT)
    assert list(side_by_side(eval, [task, task], 2, None)) == [(task, (signal.SIG_IGN, signal.SIG_IGN))] * 2
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(("name", "status", "said"), [(signal.SIGKILL, -9, ""), (signal.SIGHUP, 129, "Stopped.")])
def test_however_the_one_that_was_started_ends_those_beside_it_end_too(name, status, said):
    command = subprocess.Popen(
        [sys.executable, "-c", COMMAND], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace"
    )
    try:
        assert [command.stdout.readline() for _ in range(2)] == ["waits\n"] * 2
        command.send_signal(name)
        _, errors = command.communicate(timeout=280)  # until nobody holds its output any more, those beside it included
    finally:
        command.kill()
    assert command.returncode == status
    assert said in errors
    assert "Traceback" not in errors
