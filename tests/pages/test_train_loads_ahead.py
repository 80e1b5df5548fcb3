"""Train lets the libraries of the next run load where a press can start it soon, not while a run needs the cores."""

import json
import time

import filelock
import pytest


@pytest.fixture
def loaded(opened, monkeypatch) -> list[float]:
    """When libraries began to be loaded ahead."""
    times: list[float] = []
    monkeypatch.setattr("ser_core.training.jobs.load_ahead", lambda: times.append(time.monotonic()))
    return times


def test_libraries_load_ahead_while_the_page_is_drawn(opened, loaded):
    app = opened("train")
    assert not app.exception
    assert loaded


@pytest.mark.parametrize(("left", "soon"), [(60.0, False), (4.0, True), (None, False)])
def test_beside_a_run_they_load_only_shortly_before_its_end(opened, loaded, tmp_path, left, soon):
    run = tmp_path / "workspace" / "runs" / "one"
    run.mkdir(parents=True)
    (run / "config.toml").write_text("")
    started = {"total_epochs": 4, "labels": [], "corpus": "c", "recipe": "r", "protocol": "p"}
    batch = {"batch": 1, "batches": 2, "epoch": 1, "loss": 1.0, "seconds_left": left}
    with (run / "events.jsonl").open("w") as events:
        for event in ({"kind": "started", **started}, {"kind": "batch", **batch}):
            events.write(json.dumps({"time": time.time(), **event}) + "\n")
    with filelock.FileLock(run / "lock"):
        app = opened("train")
    assert [one.label for one in app.button if one.label == "Stop"], "the run should look as if it went on"
    assert bool(loaded) == soon
