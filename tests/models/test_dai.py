"""Dai et al.: convolutions, then the two last states of a bidirectional GRU."""

import torch
from torch import nn

from ser_core.models.convolution import as_frames, as_maps
from ser_core.models.dai import DaiEncoder


def test_the_result_is_both_last_states_of_the_librarys_bidirectional_gru_on_the_utterance_alone():
    torch.manual_seed(0)
    encoder = DaiEncoder(16, channels=[3, 4], units=5).eval()
    frames, lengths = torch.randn(3, 23, 16), [23, 9, 2]
    found = encoder(frames, torch.tensor(lengths))
    gru = nn.GRU(4 * 8, 5, bidirectional=True)
    weights = encoder.forwards.state_dict()
    weights |= {f"{name}_reverse": value for name, value in encoder.backwards.state_dict().items()}
    gru.load_state_dict(weights)
    for row, length in enumerate(lengths):
        maps, packing = as_maps(frames[row : row + 1, :length], torch.tensor([length]), encoder.convolutions)
        for layer in encoder.convolutions:
            maps, packing = layer(maps, packing)
        states, _ = gru(as_frames(maps, packing)[0])
        expected = torch.cat([states[-1, :5], states[0, 5:]])
        torch.testing.assert_close(found[row], expected, rtol=1e-5, atol=1e-5)


def test_the_published_sizes_are_the_defaults():
    encoder = DaiEncoder(128)
    assert encoder.size == 256
    first, *others = (layer.convolution.kernel_size for layer in encoder.convolutions)
    assert min(first) >= 7
    assert set(others) == {(3, 3)}


def test_a_fourier_transform_and_mel_bands_lead_to_about_as_many_values_per_step():
    assert DaiEncoder(128).forwards.input_size == 64 * 8
    assert DaiEncoder(513).forwards.input_size == 64 * 9
