"""Models and results tell in which precision and on how many threads they were computed."""

import json
import subprocess
import sys

import pytest
import torch

from ser_core.checkpoints.environment import ComputingEnvironment
from ser_core.checkpoints.folder import read_card
from ser_core.training import device
from ser_core.training.device import autocast, training_environment
from ser_core.training.event_log import read_events
from ser_core.training.events import RunStarted
from tools.make_earlier_files import FOLDER


@pytest.mark.parametrize(
    ("fast", "told", "computed"),
    [(True, "bfloat16 autocast", torch.bfloat16), (False, "float32", torch.float32)],
)
def test_the_precision_that_is_told_is_the_one_that_training_computes_in(monkeypatch, fast, told, computed):
    monkeypatch.setattr(device, "best_device", lambda: torch.device("cpu"))
    monkeypatch.setattr(device, "has_fast_bfloat16", lambda where: fast)
    with autocast(device.best_device()):
        product = torch.ones(2, 2) @ torch.ones(2, 2)
    found = training_environment()
    assert (found.device, found.precision, product.dtype) == ("cpu", told, computed)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_threads_that_are_told_are_those_of_this_process(threads):
    former = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        assert training_environment().threads == threads
    finally:
        torch.set_num_threads(former)


def test_a_card_keeps_where_the_model_was_trained_and_says_it(tiny_checkpoint):
    found = read_card(tiny_checkpoint).environment
    assert found == training_environment()
    assert f"- Trained on: {found.in_words()}" in (tiny_checkpoint / "README.md").read_text()
    assert read_card(FOLDER / "19bd37e" / "checkpoints" / "tiny").environment is None


def test_the_log_of_a_run_tells_it_and_logs_of_earlier_releases_are_read_without_it(tiny_run):
    (started,) = (one.event for one in read_events(tiny_run) if isinstance(one.event, RunStarted))
    assert started.environment == training_environment()
    (earlier,) = (
        one.event for one in read_events(FOLDER / "19bd37e/runs/stopped") if isinstance(one.event, RunStarted)
    )
    assert earlier.environment is None


def test_an_environment_of_an_earlier_release_is_read_without_precision_and_threads():
    told = json.loads((FOLDER / "19bd37e" / "results" / "result.json").read_text())["environment"]
    found = ComputingEnvironment.from_table(told)
    assert (found.torch, found.device, found.commit) == (told["torch"], "cpu", told["commit"])
    assert (found.precision, found.threads, found.in_words()) == ("", 0, "cpu")


STEPS = """
import resource
import torch
from ser_core.training.device import keep_freed_memory

{before}
for step in range(40):
    torch.ones(4_000_000)
    if step == 9:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's malloc alone is told to")
def test_a_process_that_trains_gets_no_new_pages_for_tensors_of_the_same_size():
    """Thirty tensors of 16 MB are 117,000 pages of 4 kB, were all of them cleared each time."""
    script = STEPS.format(before="keep_freed_memory()")
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(ran.stdout) < 4_000


def test_settings_are_checked_without_loading_torchs_compiler_which_takes_a_second():
    checked = (
        "import sys\n"
        "from ser_core.training.plan import make_plan\n"
        "make_plan(corpus='demo', recipe='quick', protocol='held-out-speakers', fold=1, seed=0)\n"
        "print('torch._dynamo' in sys.modules)\n"
    )
    found = subprocess.run([sys.executable, "-c", checked], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"
