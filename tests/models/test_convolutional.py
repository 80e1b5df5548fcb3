"""CNN-x and ResNet-x: the same convolutions, counted and dealt out as the documentation says."""

import pytest
import torch
from torch import nn

from ser_core.models.convolution import ConvolutionLayer, strided
from ser_core.models.convolutional import cnn_encoder, resnet_encoder
from ser_core.models.packing import BatchPacking


def convolutions(encoder: nn.Module) -> list[tuple[object, ...]]:
    """Size, kernel and stride of every convolution but those in shortcuts."""
    return [
        (part.in_channels, part.out_channels, part.kernel_size, part.stride)
        for name, part in encoder.named_modules()
        if isinstance(part, nn.Conv2d) and "shortcut" not in name
    ]


@pytest.mark.parametrize("layers", range(6, 16))
def test_cnn_and_resnet_of_one_depth_have_the_same_convolutions(layers):
    cnn, resnet = cnn_encoder(64, layers=layers), resnet_encoder(64, layers=layers)
    assert convolutions(cnn) == convolutions(resnet)
    assert cnn.size == resnet.size


def test_an_odd_depth_has_a_second_convolution_before_the_first_pair():
    assert [len(resnet_encoder(64, layers=layers).first) for layers in (10, 11, 12)] == [1, 2, 1]
    assert [len(resnet_encoder(64, layers=layers).pairs) for layers in (10, 11, 12)] == [4, 4, 5]


@pytest.mark.parametrize(("pairs", "widths"), [(2, [4, 8]), (3, [4, 4, 8]), (4, [4, 4, 8, 8]), (5, [4, 4, 4, 8, 8])])
def test_pairs_are_dealt_out_to_the_stages_and_the_first_of_each_halves(pairs, widths):
    found = convolutions(cnn_encoder(64, layers=2 + 2 * pairs, channels=[4, 8]))[1:]
    assert [outputs for _, outputs, _, _ in found[1::2]] == widths
    assert [stride for _, _, _, stride in found].count((2, 2)) == 2


@pytest.mark.parametrize("features", [64, 128, 257, 513])
def test_the_first_convolution_leaves_about_as_many_bands_whatever_comes_in(features):
    first = resnet_encoder(features).first[0]
    packing = BatchPacking.of(torch.tensor([8]), 8, first.time, torch.device("cpu"))
    maps, _ = first(torch.randn(1, 1, 8, features), packing)
    assert maps.shape[3] in (32, 33)
    _, width = first.convolution.kernel_size
    assert width > first.convolution.stride[1]  # no frequency is skipped


@pytest.mark.parametrize("stride", [(1, 1), (2, 2), (3, 1)])
def test_a_layer_in_a_batch_equals_the_librarys_convolution_on_the_utterance_alone(stride):
    torch.manual_seed(0)
    layer = ConvolutionLayer(2, 3, kernel=(5, 3), stride=stride).eval()
    layer.norm.running_mean.copy_(torch.tensor([0.1, -0.2, 0.3]))
    lengths = [7, 2, 5]
    maps = [torch.randn(1, 2, length, 4) for length in lengths]
    found, left = layer(
        torch.cat(maps, dim=2), BatchPacking.of(torch.tensor(lengths), 7, layer.time, torch.device("cpu"))
    )
    norm = nn.BatchNorm2d(3).eval()
    norm.running_mean.copy_(layer.norm.running_mean)
    alone = [torch.relu(norm(layer.convolution(one))) for one in maps]
    assert (
        left.lengths == tuple(one.shape[2] for one in alone) == tuple(strided(length, stride[0]) for length in lengths)
    )
    torch.testing.assert_close(found, torch.cat(alone, dim=2), rtol=1e-5, atol=1e-5)
