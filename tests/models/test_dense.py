"""FC-x equals dense layers and the library's normalisation on the true frames alone."""

import torch
from torch import nn

from ser_core.models.dense import DenseEncoder


def test_training_equals_the_librarys_layers_on_the_true_frames_one_after_another():
    torch.manual_seed(0)
    encoder = DenseEncoder(5, layers=4, units=6, pooling="statistics", dropout=0.0)
    frames, lengths = torch.randn(3, 7, 5), torch.tensor([7, 2, 4])
    rows = torch.cat([item[:length] for item, length in zip(frames, lengths, strict=True)])
    norms = []
    for layer in encoder.layers:
        norms.append(nn.BatchNorm1d(6))
        rows = torch.relu(norms[-1](rows @ layer.weight.T))
    expected = [
        torch.cat([item.mean(0), (item.var(0, correction=0) + 1e-5).sqrt()]) for item in rows.split(lengths.tolist())
    ]
    torch.testing.assert_close(encoder(frames, lengths), torch.stack(expected), rtol=1e-5, atol=1e-5)
    for ours, theirs in zip(encoder.norms, norms, strict=True):
        torch.testing.assert_close(ours.running_mean, theirs.running_mean)
        torch.testing.assert_close(ours.running_var, theirs.running_var)


def test_it_hears_no_order_of_frames():
    torch.manual_seed(0)
    encoder = DenseEncoder(5, layers=4, units=6).eval()
    frames, lengths = torch.randn(1, 9, 5), torch.tensor([9])
    torch.testing.assert_close(encoder(frames.flip(1), lengths), encoder(frames, lengths))
