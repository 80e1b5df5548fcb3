"""Masked normalisation equals the library's on what is not padding; pooling ignores padding."""

import copy

import pytest
import torch
from torch import nn

from ser_core.models.masking import MaskedBatchNorm2d, RowNorm, _MaskedNormalisation, map_mask, pad, time_mask
from ser_core.models.pooling import POOLINGS, AttentionPooling, StatisticsPooling, build_pooling

LENGTHS = [5, 2, 7]
CHANNELS, FEATURES = 3, 4


@pytest.fixture
def maps() -> torch.Tensor:
    torch.manual_seed(0)
    return torch.randn(len(LENGTHS), CHANNELS, max(LENGTHS), FEATURES) * 2 + 1


def mask_of(lengths: list[int], longest: int) -> torch.Tensor:
    return time_mask(torch.tensor(lengths), longest)[:, None, :, None].float()


def unpadded(maps: torch.Tensor) -> torch.Tensor:
    """All true frames one after another: ``(1, C, sum of lengths, F)``."""
    return torch.cat([row[:, :length] for row, length in zip(maps, LENGTHS, strict=True)], dim=1)[None]


def test_pad_puts_zeros_behind_and_time_mask_marks_what_is_true():
    frames, lengths = pad([torch.ones(2, 3), torch.ones(4, 3)])
    assert frames.shape == (2, 4, 3)
    assert lengths.tolist() == [2, 4]
    assert frames[0].sum() == 6
    assert time_mask(lengths, 5).tolist() == [[True] * 2 + [False] * 3, [True] * 4 + [False]]


def test_training_equals_batch_normalisation_of_the_unpadded_concatenation(maps):
    masked, plain = MaskedBatchNorm2d(CHANNELS), nn.BatchNorm2d(CHANNELS)
    with torch.no_grad():
        for ours, theirs in ((masked.weight, plain.weight), (masked.bias, plain.bias)):
            ours.copy_(torch.randn(CHANNELS))
            theirs.copy_(ours)
    left, right = maps.clone().requires_grad_(), maps.clone().requires_grad_()
    for _ in range(2):  # twice, so that running statistics move from where they stand
        found = masked(left, mask_of(LENGTHS, 7))
        expected = plain(unpadded(right))
    torch.testing.assert_close(unpadded(found), expected, rtol=1e-5, atol=1e-5)
    assert not found[1, :, 2:].any()
    torch.testing.assert_close(masked.running_mean, plain.running_mean)
    torch.testing.assert_close(masked.running_variance, plain.running_var)

    direction = torch.randn_like(expected)
    (expected * direction).sum().backward()
    (unpadded(found) * direction).sum().backward()
    torch.testing.assert_close(left.grad, right.grad, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(masked.weight.grad, plain.weight.grad, rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(masked.bias.grad, plain.bias.grad, rtol=1e-4, atol=1e-4)


def test_a_batch_without_padding_gives_the_same_by_the_librarys_kernel(maps):
    fused, masked = MaskedBatchNorm2d(CHANNELS), MaskedBatchNorm2d(CHANNELS)
    found = fused(maps, torch.ones(3, 1, 7, 1))
    longer = nn.functional.pad(maps, (0, 0, 0, 5), value=9.0)
    padded = masked(longer, mask_of([7, 7, 7], 12))
    torch.testing.assert_close(padded[:, :, :7], found, rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(fused.running_mean, masked.running_mean)
    torch.testing.assert_close(fused.running_variance, masked.running_variance)


def test_evaluation_uses_the_running_statistics(maps):
    masked, plain = MaskedBatchNorm2d(CHANNELS).eval(), nn.BatchNorm2d(CHANNELS).eval()
    for norm, variance in ((masked, masked.running_variance), (plain, plain.running_var)):
        norm.running_mean.copy_(torch.tensor([0.5, -1.0, 2.0]))
        variance.copy_(torch.tensor([0.3, 1.0, 4.0]))
    found = masked(maps, mask_of(LENGTHS, 7))
    torch.testing.assert_close(unpadded(found), plain(unpadded(maps)))
    assert not found[1, :, 2:].any()


def test_the_gradient_that_is_written_out_is_the_derivative(maps):
    mask = mask_of(LENGTHS, 7).double()
    weight, bias = torch.tensor([0.7, -1.2, 1.5]).double(), torch.tensor([0.1, 0.0, -2.0]).double()
    inputs = [tensor.double().requires_grad_() for tensor in (maps, weight, bias)]

    def normalise(maps, weight, bias):
        return _MaskedNormalisation.apply(maps, mask, weight, bias, 1e-5)[0]

    assert torch.autograd.gradcheck(normalise, inputs)


def test_double_precision_stays_double(maps):
    norm = MaskedBatchNorm2d(CHANNELS).double()
    assert norm(maps.double(), mask_of(LENGTHS, 7).double()).dtype == torch.float64


def test_one_row_is_normalised_by_what_came_before_and_leaves_it_alone():
    norm = RowNorm(CHANNELS)
    norm(torch.randn(8, CHANNELS) + 2)
    before = {name: value.clone() for name, value in norm.state_dict().items()}
    row = torch.randn(1, CHANNELS)
    found = norm(row)
    torch.testing.assert_close(found, norm.eval()(row))
    torch.testing.assert_close(norm.state_dict(), before)


def test_rows_are_normalised_as_by_the_library():
    ours, theirs, rows = RowNorm(CHANNELS), nn.BatchNorm1d(CHANNELS), torch.randn(2, CHANNELS)
    torch.testing.assert_close(ours(rows), theirs(rows))
    torch.testing.assert_close(ours.state_dict(), theirs.state_dict())


def test_the_mask_of_maps_has_one_number_per_frame(maps):
    assert map_mask(torch.tensor(LENGTHS), maps)[:, 0, :, 0].tolist() == [
        [1.0] * length + [0.0] * (7 - length) for length in LENGTHS
    ]
    assert map_mask(torch.tensor(LENGTHS), maps.double()).dtype == torch.float64


@pytest.mark.parametrize("name", POOLINGS)
def test_pooling_ignores_what_stands_on_padding(name):
    torch.manual_seed(0)
    pooling, frames = build_pooling(name, 6), torch.randn(2, 9, 6)
    lengths = torch.tensor([4, 9])
    found = pooling(frames, time_mask(lengths, 9))
    frames[0, 4:] = 100.0
    torch.testing.assert_close(pooling(frames, time_mask(lengths, 9)), found)
    torch.testing.assert_close(pooling(frames[:1, :4], torch.ones(1, 4, dtype=torch.bool)), found[:1])
    assert found.shape == (2, pooling.size)


def test_statistics_pooling_equals_its_definition():
    frames = torch.randn(1, 5, 3)
    found = StatisticsPooling(3)(frames, torch.ones(1, 5, dtype=torch.bool))[0]
    for feature in range(3):
        values = [float(frame[feature]) for frame in frames[0]]
        mean = sum(values) / 5
        deviation = (sum((value - mean) ** 2 for value in values) / 5 + 1e-5) ** 0.5
        assert float(found[feature]) == pytest.approx(mean, abs=1e-6)
        assert float(found[3 + feature]) == pytest.approx(deviation, abs=1e-6)


def test_attention_pooling_with_equal_scores_is_statistics_pooling():
    attention = AttentionPooling(3)
    nn.init.zeros_(attention.score[2].weight)
    frames, mask = torch.randn(2, 6, 3), time_mask(torch.tensor([6, 3]), 6)
    torch.testing.assert_close(attention(frames, mask), StatisticsPooling(3)(frames, mask))


def test_copies_share_nothing(maps):
    norm = MaskedBatchNorm2d(CHANNELS)
    twin = copy.deepcopy(norm)
    norm(maps, mask_of(LENGTHS, 7))
    assert twin.running_mean.tolist() == [0.0] * CHANNELS
