"""The log of a run: complete lines only, whatever happens to the process that writes them."""

import errno
import json
from pathlib import Path

import pytest

from ser_core.checkpoints.card import CardScore
from ser_core.errors import StorageError
from ser_core.training.event_log import EVENTS_FILE, EventLog, StopFlag, read_events
from ser_core.training.events import BatchFigures, EpochFigures, RunFinished, RunStarted

STARTED = RunStarted(4, ("sad",), "c", "r", "p", utterances={"test": 3})
EPOCH = '{"kind": "epoch", "epoch": 1, "stage": "softmax"}'


def test_every_event_is_one_line_of_json_with_its_time_and_kind(tmp_path):
    heard = []
    log = EventLog(tmp_path, listener=heard.append)
    told = [STARTED, EpochFigures(1, "softmax", train_loss=0.5, confusion=((2,),), best=False, further={"same": 0.5})]
    log.write(told[0])
    log.epoch_ended(told[1])
    lines = [json.loads(line) for line in (tmp_path / EVENTS_FILE).read_text().splitlines()]
    assert [line["kind"] for line in lines] == ["started", "epoch"]
    assert all(line["time"] > 1.6e9 for line in lines)
    assert lines[1].items() >= {"epoch": 1, "stage": "softmax", "confusion": [[2]], "best": False, "same": 0.5}.items()
    assert told == heard == [logged.event for logged in read_events(tmp_path)]


def test_batches_are_written_at_most_twice_a_second_and_all_are_told(tmp_path, monkeypatch):
    now = iter([10.0, 10.1, 10.4, 10.6, 10.7])
    monkeypatch.setattr("ser_core.training.event_log.time.monotonic", lambda: next(now))
    heard = []
    log = EventLog(tmp_path, listener=heard.append)
    for batch in range(1, 6):
        log.batch_ended(BatchFigures(batch, 5))
    assert [logged.event.batch for logged in read_events(tmp_path)] == [1, 4]
    assert [event.batch for event in heard] == [1, 2, 3, 4, 5]


def test_what_json_cannot_say_is_left_out(tmp_path):
    EventLog(tmp_path).epoch_ended(
        EpochFigures(1, "softmax", train_loss=float("nan"), best=True, further={"gap": float("-inf")})
    )
    (logged,) = read_events(tmp_path)
    assert logged.event == EpochFigures(1, "softmax", best=True)


def test_an_epoch_of_an_earlier_release_with_nulls_is_read(tmp_path):
    (tmp_path / EVENTS_FILE).write_text(
        '{"time": 5, "kind": "epoch", "epoch": 1, "stage": "s", "train_loss": null, "cosine": 0.5, "same": null}\n'
    )
    (logged,) = read_events(tmp_path)
    assert (logged.time, logged.event) == (5.0, EpochFigures(1, "s", further={"cosine": 0.5}))


def test_the_end_of_a_run_is_read_with_the_scores_of_its_model(tmp_path):
    (tmp_path / EVENTS_FILE).write_text(
        '{"time": 5, "kind": "finished", "metrics": {"test": {"angle": {"uar": 0.5, "wa": 0.25, "utterances": 4}}}, '
        '"back_end": "angle", "seconds": 7.5}\n'
    )
    (logged,) = read_events(tmp_path)
    assert logged.event == RunFinished({"test": {"angle": CardScore(0.5, 0.25, 4)}}, "angle", 7.5)


def test_an_unfinished_last_line_and_damaged_lines_are_left_out(tmp_path):
    EventLog(tmp_path).write(STARTED)
    with (tmp_path / EVENTS_FILE).open("ab") as file:
        file.write(b'{"kind": "epo\n[1, 2]\n\xff\xfe\n{"time": 3}\n' + EPOCH.encode() + b'\n{"kind": "stopped"}')
    assert [logged.event.kind for logged in read_events(tmp_path)] == ["started", "epoch"]
    assert read_events(tmp_path / "nothing there") == []


@pytest.mark.parametrize(
    "damaged",
    [
        '{"kind": "epoch"}',
        '{"kind": "epoch", "epoch": "1", "stage": "softmax"}',
        '{"kind": "epoch", "epoch": 1, "stage": "softmax", "train_loss": "low"}',
        '{"kind": "epoch", "epoch": ' + "1" * 400 + ', "stage": "softmax"}',
        '{"kind": "started"}',
        '{"kind": "batch", "batch": 1}',
        '{"kind": "reading"}',
        '{"kind": "finished", "metrics": 5}',
        '{"kind": "stopped", "time": "now"}',
        '{"kind": ["epoch"]}',
        "[" * 100_000,
    ],
)
def test_a_line_that_lacks_what_its_kind_needs_is_left_out(tmp_path, damaged):
    (tmp_path / EVENTS_FILE).write_text(f"{EPOCH}\n{damaged}\n{EPOCH}\n")
    assert len(read_events(tmp_path)) == 2


def test_an_event_after_an_unfinished_line_stands_on_a_line_of_its_own(tmp_path):
    (tmp_path / EVENTS_FILE).write_text(EPOCH + '\n{"kind": "bat')
    EventLog(tmp_path).write(STARTED)
    assert [logged.event.kind for logged in read_events(tmp_path)] == ["epoch", "started"]


def test_a_full_disk_gets_advice(tmp_path, monkeypatch):
    def full(*arguments, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    log = EventLog(tmp_path)
    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(StorageError, match="Free some space"):
        log.write(STARTED)


def test_the_stop_flag_is_a_file(tmp_path):
    flag = StopFlag(tmp_path)
    assert not flag.should_stop()
    (tmp_path / "stop").touch()
    assert flag.should_stop()
    assert StopFlag(tmp_path).should_stop()  # asked for before anybody listened
