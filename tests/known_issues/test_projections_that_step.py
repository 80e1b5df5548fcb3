"""Training ended in a crash at random where a convolution with a kernel of one took steps over channels-last memory.

oneDNN's gradient of the weights writes behind the end of its memory there (torch 2.13, float32 and bfloat16).
"""

import subprocess
import sys

import pytest
import torch
from torch.nn import functional

from ser_core.models.convolution import Convolution

# glibc looks after its memory with MALLOC_CHECK_, and ends the process where something wrote behind the end.
TRAINING = """
import torch
from ser_core.models import build_model, pad
from ser_core.models.batch import AUDIO, Padded

torch.manual_seed(0)
options = {"channels": [16, 32, 64], "stem": 8}
model = build_model("residual", options, features=64, embedding_size=8, heads={"emotion": 3}, dropout=0.1)
for step in range(12):
    frames, lengths = pad([torch.randn(60 + 3 * row + step, 64) for row in range(24)])
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=step % 2 == 0):
        embedding = model({AUDIO: Padded(frames, lengths)}).embedding
    embedding.float().square().sum().backward()
"""


@pytest.mark.parametrize("stride", [(1, 1), (2, 2), (1, 2), (2, 1), (3, 4)])
@pytest.mark.parametrize("batch", [1, 3])
def test_a_projection_that_steps_gives_what_that_of_torch_gives_without_ever_stepping_there(stride, batch, monkeypatch):
    torch.manual_seed(0)
    layer = Convolution(4, 6, 1, stride=stride, bias=False).double()
    maps = torch.randn(batch, 11, 7, 4, dtype=torch.float64).permute(0, 3, 1, 2).requires_grad_()
    expected = functional.conv2d(maps, layer.weight, None, stride)
    direction = torch.randn_like(expected)
    wanted = torch.autograd.grad((expected * direction).sum(), [maps, layer.weight])
    library, steps = functional.conv2d, []

    def watched(maps, weight, bias=None, stride=1, padding=0):
        steps.append(stride)
        return library(maps, weight, bias, stride, padding)

    monkeypatch.setattr(functional, "conv2d", watched)
    found = layer(maps)
    assert steps == [1]
    torch.testing.assert_close(found, expected)
    torch.testing.assert_close(torch.autograd.grad((found * direction).sum(), [maps, layer.weight]), wanted)


@pytest.mark.skipif(sys.platform != "linux", reason="MALLOC_CHECK_ is glibc's")
def test_training_writes_nowhere_but_into_its_own_memory(monkeypatch):
    monkeypatch.setenv("MALLOC_CHECK_", "3")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    ran = subprocess.run([sys.executable, "-c", TRAINING], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-500:]
