"""Outputs after a stage come back bit for bit, and training takes one thread."""

import numpy as np
import pytest
import torch
from threadpoolctl import threadpool_info

from ser_core.errors import CheckpointError
from ser_core.models.running import ModelOutputs
from ser_core.training.device import one_thread, processes_at_once
from ser_core.training.stage_outputs import outputs_file, read_outputs, write_outputs


@pytest.mark.parametrize("same_accuracy", [None, 0.1 + 0.2])
def test_outputs_come_back_as_they_were_written(tmp_path, random, same_accuracy):
    embeddings = random.normal(size=(5, 3)).astype(np.float32)
    logits = random.normal(size=(5, 2)).astype(np.float32).T.copy().T  # not contiguous
    path = outputs_file(tmp_path / "new", 1)
    write_outputs(path, ModelOutputs(embeddings, {"emotion": logits, "speaker": embeddings}), same_accuracy)
    found, accuracy = read_outputs(path)
    assert accuracy == same_accuracy
    assert list(found.heads) == ["emotion", "speaker"]
    for values, expected in ((found.embeddings, embeddings), (found.heads["emotion"], logits)):
        assert values.dtype == np.float32
        np.testing.assert_array_equal(values, expected)


def test_outputs_that_are_missing_are_told(tmp_path):
    with pytest.raises(CheckpointError, match=r"Expected the outputs after a stage at .*Train from the beginning"):
        read_outputs(tmp_path / "stage-0.safetensors")


def test_training_takes_one_thread_and_gives_the_others_back():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        with one_thread():
            assert torch.get_num_threads() == 1
            assert {library["num_threads"] for library in threadpool_info()} == {1}
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize(
    ("wanted", "tasks", "gigabytes", "processes"),
    [
        (0, 100, 64, 4),
        (0, 3, 64, 3),
        (2, 100, 64, 2),
        (9, 5, 64, 5),
        (1, 0, 64, 1),
        (0, 100, 7, 2),
        (0, 9, 1, 1),
        (3, 9, 1, 3),
    ],
)
def test_folds_use_the_cores_side_by_side_as_far_as_there_is_memory(monkeypatch, wanted, tasks, gigabytes, processes):
    monkeypatch.setattr("ser_core.training.device._free_bytes", lambda: gigabytes << 30)
    monkeypatch.setattr("ser_core.training.device.os.cpu_count", lambda: 4)
    monkeypatch.setattr("ser_core.training.device.best_device", lambda: torch.device("cpu"))
    assert processes_at_once(wanted, tasks) == processes
