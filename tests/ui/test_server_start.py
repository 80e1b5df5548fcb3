"""What the server does once, when it starts."""

import os
import signal
import threading

import pytest

from ui import server_start


@pytest.fixture
def handlers():
    """Put back the handlers of signals that a test changes."""
    former = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in former.items():
        signal.signal(number, handler)


def wait_for_clearing():
    for thread in threading.enumerate():
        if thread.name == "leftovers":
            thread.join(60)


def test_a_terminal_that_closes_ends_it_as_a_polite_kill_does(handlers, workspace):
    ended = []
    signal.signal(signal.SIGTERM, lambda number, frame: ended.append(number))
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    server_start.prepare()
    signal.raise_signal(signal.SIGHUP)
    assert ended == [signal.SIGHUP]


def test_under_nohup_it_outlives_its_terminal(handlers, workspace):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    server_start.prepare()
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_what_a_killed_process_left_in_the_workspace_is_deleted(handlers, workspace):
    left, kept = (workspace / "voices" / name for name in (".Anna-writing-abcdefgh.json", "Anna.json"))
    for path in (left, kept):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{")
        os.utime(path, (0, 0))
    server_start.prepare()
    wait_for_clearing()
    assert (left.exists(), kept.exists()) == (False, True)
