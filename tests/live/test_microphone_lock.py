"""One listener at a time, over visitors and processes, and the others are told who it is."""

import json
import os
import re
import signal
import subprocess
import sys
import threading

import pytest

from ser_core.errors import MicrophoneError, StorageError
from ser_core.live.devices import MicrophoneLock
from ser_core.locks import owner
from ser_core.workspace import microphone_lock

HOLDS = """
import sys
from ser_core.live.devices import MicrophoneLock
with MicrophoneLock("another program"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_process(workspace):
    process = subprocess.Popen([sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_visitor_of_the_same_process_is_told_who_holds_it(workspace):
    assert owner(microphone_lock()) is None
    with MicrophoneLock("the first visitor"):
        assert (owner(microphone_lock()).name, owner(microphone_lock()).process) == ("the first visitor", os.getpid())
        told = rf"held by the first visitor \(process {os.getpid()}\), since \d\d:\d\d\. Stop listening there"
        with pytest.raises(MicrophoneError, match=told), MicrophoneLock("the second"):
            pass
        assert owner(microphone_lock()).name == "the first visitor"  # who was refused takes nothing away
    assert owner(microphone_lock()) is None
    with MicrophoneLock("the second"):
        assert owner(microphone_lock()).name == "the second"


def test_another_process_is_named_and_what_it_leaves_behind_when_killed_holds_nobody_up(other_process):
    with (
        pytest.raises(MicrophoneError, match=re.escape(f"another program (process {other_process.pid})")),
        MicrophoneLock("we"),
    ):
        pass
    other_process.send_signal(signal.SIGKILL)
    other_process.wait()
    assert json.loads(microphone_lock().with_suffix(".json").read_text())["process"] == other_process.pid
    assert owner(microphone_lock()) is None
    with MicrophoneLock("we"):
        assert owner(microphone_lock()).name == "we"


@pytest.mark.parametrize("left", ["", "[]", "{}", '{"name": 1}', "\x00"])
def test_a_holder_whose_note_cannot_be_read_is_somebody_else(workspace, left):
    with MicrophoneLock("somebody"):
        microphone_lock().with_suffix(".json").write_text(left)
        assert owner(microphone_lock()) is None
        with pytest.raises(MicrophoneError, match="held by somebody else. Stop"), MicrophoneLock("we"):
            pass


def test_it_can_be_given_back_in_another_thread(workspace):
    hold = MicrophoneLock("a page")
    hold.__enter__()
    thread = threading.Thread(target=hold.__exit__, args=(None, None, None))
    thread.start()
    thread.join()
    with MicrophoneLock("the next"):
        pass


def test_a_workspace_that_cannot_be_made_is_told_with_advice(workspace):
    workspace.parent.joinpath("workspace").write_text("a file in its place")
    with pytest.raises(StorageError, match="check the folder's permissions"), MicrophoneLock("we"):
        pass
    assert owner(microphone_lock()) is None
