"""With few mel bands the last maps were one band wide, and training in bfloat16 ended in numbers that are none.

Where a step over more than one band leaves one, oneDNN takes the result, and the gradient of the weights, from memory
that nobody wrote (torch 2.13, bfloat16; channels last in any precision; which of it, depends on the processor). What
lies there is left to chance, so the memory is filled with NaN.
"""

import copy
import itertools

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


@pytest.mark.parametrize("precision", [torch.bfloat16, torch.float32])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
@pytest.mark.parametrize(("kernel", "channels"), [((3, 3), 4), ((5, 5), 1), ((1, 3), 16)])
def test_where_a_step_leaves_one_band_result_and_gradients_are_those_of_the_definition(
    precision, layout, kernel, channels
):
    torch.manual_seed(2)
    padding = (kernel[0] // 2, kernel[1] // 2)
    for stride, bands, length in itertools.product([(1, 2), (2, 2), (2, 4)], [1, 2, 3, 4], [2, 24]):
        ours = Convolution(channels, 8, kernel, stride=stride, padding=padding, bias=False).to(precision)
        maps = torch.randn(1, channels, length, bands).to(precision).to(memory_format=layout).requires_grad_()
        exact, exact_maps = copy.deepcopy(ours).double(), maps.detach().double().contiguous().requires_grad_()
        # Chosen from a convolution that steps by one, with which nothing goes wrong.
        whole = torch.nn.functional.conv2d(exact_maps, exact.weight, padding=padding)
        expected = whole[:, :, :: stride[0], :: stride[1]]
        spoil_free_memory()
        found = ours(maps)
        assert found.shape == expected.shape
        weights = torch.randn_like(found)
        spoil_free_memory()
        (found * weights).sum().backward()
        (expected * weights.double()).sum().backward()
        close = {"rtol": 0.02, "atol": 0.1} if precision == torch.bfloat16 else {"rtol": 1e-4, "atol": 1e-4}
        for one, other in ((found, expected), (maps.grad, exact_maps.grad), (ours.weight.grad, exact.weight.grad)):
            torch.testing.assert_close(one.double(), other, **close)
