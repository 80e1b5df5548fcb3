"""Utterances end to end: what a convolution, a mean and a dropout give each of them is what they give it alone."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from ser_core.models.convolution import ChannelDropout, Convolution, as_frames, as_maps, convolved
from ser_core.models.masking import pad
from ser_core.models.packing import BatchPacking

BATCHES = {
    "different lengths": [7, 1, 12, 5],
    "equal lengths": [6, 6, 6],
    "one utterance": [9],
    "the longest last": [2, 3],
}


def packed(
    lengths: list[int], *, channels: int = 3, layers=((1, 1),)
) -> tuple[list[torch.Tensor], torch.Tensor, BatchPacking]:
    """Maps ``(1, C, T, 4)`` of each utterance, the same packed, and how."""
    torch.manual_seed(0)
    alone = [torch.randn(1, channels, length, 4, dtype=torch.float64) for length in lengths]
    packing = BatchPacking.of(torch.tensor(lengths), max(lengths), layers, torch.device("cpu"))
    return alone, torch.cat(alone, dim=2), packing


def split(maps: torch.Tensor, packing: BatchPacking) -> list[torch.Tensor]:
    return list(maps.split(list(packing.lengths), dim=2))


@pytest.mark.parametrize("lengths", BATCHES.values(), ids=BATCHES)
@pytest.mark.parametrize("shapes", [[(5, 2), (3, 2), (3, 1)], [(3, 1)], [(7, 3), (1, 2)], [(3, 2), (9, 1)]], ids=str)
def test_a_chain_of_convolutions_gives_every_utterance_what_it_gives_it_alone(lengths, shapes):
    torch.manual_seed(1)
    layers = [Convolution(3, 3, (k, 3), stride=(s, 2), padding=(k // 2, 1)).double() for k, s in shapes]
    alone, maps, packing = packed(lengths, layers=shapes)
    maps.requires_grad_()
    for one in alone:
        one.requires_grad_()
    found, left = maps, packing
    expected = alone
    for layer in layers:
        found, left = convolved(layer, found, left)
        expected = [functional.conv2d(one, layer.weight, layer.bias, layer.stride, layer.padding) for one in expected]
    assert list(left.lengths) == [one.shape[2] for one in expected]
    torch.testing.assert_close(found, torch.cat(expected, dim=2))
    direction = torch.randn_like(found)
    (given,) = torch.autograd.grad((found * direction).sum(), [maps])
    wanted = torch.autograd.grad((torch.cat(expected, dim=2) * direction).sum(), alone)
    torch.testing.assert_close(given, torch.cat(wanted, dim=2))


@pytest.mark.parametrize("lengths", BATCHES.values(), ids=BATCHES)
def test_means_are_those_of_each_utterance(lengths):
    alone, maps, packing = packed(lengths)
    torch.testing.assert_close(packing.means(maps), torch.cat([one.mean(dim=(2, 3)) for one in alone]))


@pytest.mark.parametrize("lengths", BATCHES.values(), ids=BATCHES)
def test_each_step_gets_the_values_of_its_utterance(lengths):
    _, maps, packing = packed(lengths)
    values = torch.randn(len(lengths), 3, dtype=torch.float64)
    for part, row in zip(split(maps * packing.each(values), packing), range(len(lengths)), strict=True):
        torch.testing.assert_close(part, split(maps, packing)[row] * values[row][None, :, None, None])


@pytest.mark.parametrize("lengths", BATCHES.values(), ids=BATCHES)
@pytest.mark.parametrize("longer", [0, 4], ids=["no longer", "padded further"])
def test_padded_frames_are_packed_and_padded_again(lengths, longer):
    frames = [torch.randn(length, 5) for length in lengths]
    batch, counts = pad(frames)
    batch = functional.pad(batch, (0, 0, 0, longer), value=9.0)
    maps, packing = as_maps(batch, counts, [Convolution(1, 1, 3)])
    torch.testing.assert_close(maps[0, 0], torch.cat(frames))
    torch.testing.assert_close(as_frames(maps, packing), pad(frames)[0])


def test_channels_side_by_side_keep_their_order():
    _, maps, packing = packed([2, 3])
    frames = as_frames(maps, packing)
    assert frames.shape == (2, 3, 12)
    torch.testing.assert_close(frames[1, 2], maps[0, :, 4].flatten())
    assert not frames[0, 2].any()


def test_equal_lengths_are_a_batch_without_any_gap():
    _, maps, packing = packed([6, 6, 6])
    assert packing.spread(maps).shape == (3, 3, 6, 4)
    maps = maps.contiguous(memory_format=torch.channels_last)
    assert packing.spread(maps).data_ptr() == maps.data_ptr()


def test_a_channel_is_dropped_of_one_utterance_from_its_first_step_to_its_last():
    _, maps, packing = packed([4, 6], channels=200)
    torch.manual_seed(0)
    dropout = ChannelDropout(0.25)
    parts = split(dropout(torch.ones_like(maps), packing), packing)
    for part in parts:
        assert ((part == part[:, :, :1, :1]).all(dim=(2, 3))).all()
        assert sorted(part.unique().tolist()) == [0.0, pytest.approx(4 / 3)]
        assert 25 <= int((part[0, :, 0, 0] == 0).sum()) <= 75
    assert not torch.equal(parts[0][0, :, 0, 0], parts[1][0, :, 0, 0])
    assert dropout.eval()(maps, packing) is maps
    assert ChannelDropout(0.0)(maps, packing) is maps


def test_the_meta_device_knows_sizes_alone():
    with torch.device("meta"):
        layer = nn.ModuleList([Convolution(1, 2, 5, stride=(2, 2), padding=2)])
        maps, packing = as_maps(torch.empty(3, 9, 8), torch.empty(3, dtype=torch.long), layer)
        found, left = convolved(layer[0], maps, packing)
        gated = found * left.each(left.means(found))
    assert gated.shape == (1, 2, 15, 4)
    assert left.lengths == (5, 5, 5)
