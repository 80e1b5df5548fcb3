"""``listen``: lines as somebody speaks, a summary at the end, advice where there is no microphone."""

import json
import sys
import threading
import time

import numpy as np
import pytest

from ser_core.cli import main
from ser_core.live import following
from ser_core.live.devices import MicrophoneLock
from ser_core.locks import owner
from ser_core.workspace import microphone_lock
from tests.conftest import tiny_voice
from tests.live.fake_sounddevice import FakeSounddevice


@pytest.fixture
def computer(monkeypatch, workspace):
    fake = FakeSounddevice(speakers=0, desk=1, headset=1)
    monkeypatch.setitem(sys.modules, "sounddevice", fake)
    return fake


@pytest.fixture
def speaker(computer, random):
    """Speak for half a second, pause, and speak again, a tenth of a second at a time, as soon as a microphone opens."""
    room = 1e-3 * random.standard_normal(8_000)
    said = np.concatenate([room, tiny_voice(130, 4, random, seconds=1.0), room, room, room])
    blocks = np.array_split(np.repeat(said, 3), 30)
    ended = threading.Event()

    def speak():
        for block in blocks:
            while computer.stream is None and not ended.is_set():
                time.sleep(0.01)
            if ended.is_set():
                return
            computer.say(block)
            time.sleep(0.01)

    thread = threading.Thread(target=speak)
    thread.start()
    yield
    ended.set()
    thread.join()


@pytest.fixture
def listen(tiny_checkpoint, capsys):
    def run(*arguments):
        status = main(["listen", "--checkpoint", str(tiny_checkpoint), *map(str, arguments)])
        return status, capsys.readouterr()

    return run


def test_json_is_a_line_per_second_and_per_utterance_and_a_summary(listen, speaker):
    status, output = listen("--seconds", 2, "--json")
    assert status == 0
    assert "Listening to headset with " in output.err
    *predictions, summary = map(json.loads, output.out.splitlines())
    by_second = [prediction for prediction in predictions if prediction["kind"] == "window"]
    assert [int(prediction["seconds"]) for prediction in by_second] == sorted(
        {int(prediction["seconds"]) for prediction in by_second}
    )
    (utterance,) = (prediction for prediction in predictions if prediction["kind"] == "utterance")
    assert set(utterance) == {
        "kind", "seconds", "duration_seconds", "state", "speech", "speaking", "level_dbfs", "milliseconds", "verdict",
        "probabilities", "angles_degrees",
    }  # fmt: skip
    assert list(utterance["probabilities"]) == list(utterance["angles_degrees"]) == ["neutral", "sad", "angry"]
    assert sum(utterance["probabilities"].values()) == pytest.approx(1)
    assert summary["kind"] == "summary"
    assert summary["utterances"] == 1
    assert summary["windows"] + summary["skipped"] == pytest.approx(15, abs=1)
    assert summary["microphone"]["blocks"] == 1 + 30  # the first came with opening it
    assert owner(microphone_lock()) is None


def test_without_json_there_are_plain_lines_and_the_counters_at_the_end(listen, speaker):
    status, output = listen("--seconds", 2, "--device", 1)
    assert status == 0
    lines = output.out.splitlines()
    assert any("an utterance: " in line and "nearest" in line for line in lines)
    assert any(line.split()[1:4:2] == ["s", "dBFS"] for line in lines)
    assert lines[-3].startswith("Everything together: ")
    assert lines[-2].startswith("Heard 3.0 s: ")
    assert lines[-1] == "Microphone: 0 overruns, 0.0 s lost in 0 gaps, 0 times away."


def test_ctrl_c_is_the_ordinary_end(listen, computer, monkeypatch):
    def interrupted(*arguments, **settings):
        yield []
        raise KeyboardInterrupt

    monkeypatch.setattr(following, "follow", interrupted)
    status, output = listen()
    assert status == 0
    assert "Heard 0.0 s: 0 windows" in output.out
    assert owner(microphone_lock()) is None


def test_the_list_has_every_microphone_with_its_number(listen, computer):
    status, output = listen("--list-devices")
    assert status == 0
    assert [line.split("\t") for line in output.out.splitlines()] == [
        ["number", "name", "system", "sample rate", "default"],
        ["1", "desk", "Fake", "48000 Hz", ""],
        ["2", "headset", "Fake", "48000 Hz", "default"],
    ]
    status, output = listen("--list-devices", "--json")
    assert [device["number"] for device in json.loads(output.out)] == [1, 2]
    computer.seen = {}
    status, output = listen("--list-devices")
    assert (status, output.out, output.err) == (0, "", "No microphone found.\n")


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--device", 9], "Expected a microphone among 1 (desk), 2 (headset); got number 9."),
        (["--seconds", 0], "--seconds"),
        (["--checkpoint", "nobody"], "Expected a checkpoint among"),
    ],
)
def test_what_cannot_be_is_one_line_of_advice_and_status_2(listen, computer, arguments, advice):
    status, output = listen(*arguments)
    assert status == 2
    assert output.out == ""
    assert len(output.err.splitlines()) == 1
    assert advice in output.err


def test_who_holds_the_microphone_is_named(listen, computer):
    with MicrophoneLock("the page Live"):
        status, output = listen("--seconds", 1)
    assert status == 2
    assert "held by the page Live (process" in output.err
