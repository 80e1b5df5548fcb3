"""RNN-x, LSTM-x and GRU-x equal the library's recurrent layers on the unpadded utterance."""

import pytest
import torch
from torch import nn

from ser_core.models.recurrent import gru_encoder, lstm_encoder, rnn_encoder

KINDS = [(rnn_encoder, nn.RNN), (lstm_encoder, nn.LSTM), (gru_encoder, nn.GRU)]


@pytest.mark.parametrize(("made", "library"), KINDS)
def test_an_utterance_in_a_padded_batch_gets_what_the_librarys_layers_give_it_alone(made, library):
    torch.manual_seed(0)
    encoder = made(5, layers=4, units=6, frames_per_step=1, pooling="statistics").eval()
    frames, lengths = torch.randn(3, 9, 5), [9, 4, 1]
    found = encoder(frames, torch.tensor(lengths))
    for row, length in enumerate(lengths):
        states = frames[row, :length]
        for layer in encoder.layers:
            alone = library(states.shape[1], 6)
            alone.load_state_dict(layer.state_dict())
            states = nn.functional.layer_norm(alone(states)[0], (6,))
        expected = torch.cat([states.mean(0), (states.var(0, correction=0) + 1e-5).sqrt()])
        torch.testing.assert_close(found[row], expected, rtol=1e-5, atol=1e-5)


def test_frames_of_one_step_stand_side_by_side_and_zeros_where_the_last_ones_are_missing():
    torch.manual_seed(0)
    stacked = gru_encoder(2, layers=3, units=4, frames_per_step=3).eval()
    single = gru_encoder(6, layers=3, units=4, frames_per_step=1).eval()
    single.load_state_dict(stacked.state_dict())
    frames = torch.randn(1, 5, 2)
    by_hand = torch.cat([frames.flatten(), torch.zeros(2)]).reshape(1, 2, 6)
    longer = torch.cat([frames, torch.full((1, 4, 2), 8.0)], dim=1)
    expected = single(by_hand, torch.tensor([2]))
    torch.testing.assert_close(stacked(frames, torch.tensor([5])), expected)
    torch.testing.assert_close(stacked(longer, torch.tensor([5])), expected)


@pytest.mark.parametrize(("made", "library"), KINDS)
def test_the_matrices_from_step_to_step_start_orthogonal(made, library):
    for layer in made(5, layers=3, units=6).layers:
        assert isinstance(layer, library)
        for gate in layer.weight_hh_l0.split(6):
            torch.testing.assert_close(gate @ gate.T, torch.eye(6), rtol=1e-5, atol=1e-5)
