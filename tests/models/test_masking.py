"""Normalisation equals the library's; pooling ignores padding."""

import pytest
import torch
from torch import nn

from ser_core.models.masking import MapNorm, RowNorm, pad, time_mask
from ser_core.models.pooling import POOLINGS, AttentionPooling, StatisticsPooling, build_pooling

CHANNELS = 3


def test_pad_puts_zeros_behind_and_time_mask_marks_what_is_true():
    frames, lengths = pad([torch.ones(2, 3), torch.ones(4, 3)])
    assert frames.shape == (2, 4, 3)
    assert lengths.tolist() == [2, 4]
    assert frames[0].sum() == 6
    assert time_mask(lengths, 5).tolist() == [[True] * 2 + [False] * 3, [True] * 4 + [False]]


def test_maps_are_normalised_as_by_the_library():
    torch.manual_seed(0)
    ours, theirs = MapNorm(CHANNELS), nn.BatchNorm2d(CHANNELS)
    for _ in range(2):  # twice, so that running statistics move from where they stand
        maps = torch.randn(1, CHANNELS, 14, 4) * 2 + 1
        torch.testing.assert_close(ours(maps), theirs(maps))
    torch.testing.assert_close(ours.running_mean, theirs.running_mean)
    torch.testing.assert_close(ours.running_variance, theirs.running_var)
    torch.testing.assert_close(ours.eval()(maps), theirs.eval()(maps))


def test_statistics_of_half_precision_are_computed_in_full():
    maps = (torch.randn(1, CHANNELS, 4_000, 16) + 20).to(torch.bfloat16)
    norm = MapNorm(CHANNELS)
    assert norm(maps).dtype == torch.bfloat16
    torch.testing.assert_close(norm.running_mean, 0.1 * maps.double().mean(dim=(0, 2, 3)).float(), rtol=1e-4, atol=0)


def test_one_value_per_channel_is_normalised_by_what_came_before():
    norm = MapNorm(CHANNELS)
    norm(torch.randn(1, CHANNELS, 9, 4) + 2)
    one = torch.randn(1, CHANNELS, 1, 1)
    torch.testing.assert_close(norm(one), norm.eval()(one))


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
