"""With few mel bands the last maps were one band wide, and training in bfloat16 ended in a gradient of no number.

oneDNN's gradient of the weights of a convolution that steps over more than one band reads memory that nobody wrote,
where there is one band (torch 2.13, bfloat16). What lies there is left to chance, so the memory is filled with NaN.
"""

import pytest
import torch

from ser_core.models import AUDIO, EMOTION, Padded, build_model, pad
from ser_core.models.convolution import Convolution


def spoil_free_memory():
    for dtype in (torch.float32, torch.bfloat16):
        spoilt = [torch.full((300_000,), torch.nan, dtype=dtype) for _ in range(4)]
        del spoilt


@pytest.mark.parametrize(
    ("encoder", "options"), [("residual", {}), ("residual", {"time_halvings": 5}), ("cnn", {}), ("resnet", {})]
)
def test_an_encoder_of_sixteen_bands_has_finite_gradients_in_bfloat16(encoder, options):
    torch.manual_seed(0)
    model = build_model(encoder, options, features=16, embedding_size=8, heads={"emotion": 3}, dropout=0.1).train()
    frames, lengths = pad([torch.randn(28 + index, 16) for index in range(6)])
    for _ in range(4):
        model.zero_grad()
        spoil_free_memory()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = model({AUDIO: Padded(frames, lengths)})
        torch.nn.functional.cross_entropy(output.heads[EMOTION].float(), torch.arange(6) % 3).backward()
        for name, parameter in model.named_parameters():
            assert parameter.grad is None or torch.isfinite(parameter.grad).all(), name


@pytest.mark.parametrize("stride", [(1, 2), (2, 2), (2, 1)])
@pytest.mark.parametrize("bands", [1, 2, 5])
def test_a_convolution_gives_what_that_of_torch_gives_whatever_its_step_and_however_few_the_bands(stride, bands):
    torch.manual_seed(1)
    ours = Convolution(3, 4, (5, 3), stride=stride, padding=(2, 1), bias=False)
    theirs = torch.nn.Conv2d(3, 4, (5, 3), stride=stride, padding=(2, 1), bias=False)
    theirs.load_state_dict(ours.state_dict())
    maps = torch.randn(2, 3, 9, bands)
    torch.testing.assert_close(ours(maps), theirs(maps))
