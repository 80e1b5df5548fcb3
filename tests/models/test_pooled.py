"""Pooling before one dense layer, by values that did not differ in training among others."""

import torch

from ser_core.models.pooled import PooledEncoder


def trained(frames, **options):
    """Return an encoder whose normalisation has seen frames ``(B, T, F)`` often enough, judging."""
    torch.manual_seed(0)
    encoder = PooledEncoder(frames.shape[2], units=6, dropout=0.0, **options)
    for _ in range(200):
        encoder(frames, torch.full((len(frames),), frames.shape[1]))
    return encoder.eval()


def test_it_is_its_definition_for_values_like_those_of_the_training():
    frames = torch.randn(40, 5, 3)
    encoder = trained(frames, pooling="mean")
    pooled = frames.mean(dim=1)
    mean, deviation = pooled.mean(dim=0), (pooled.var(dim=0) + 1e-5).sqrt()
    before = ((pooled - mean) / deviation).clamp(-3, 3) @ encoder.dense.weight.T
    norm = encoder.norm
    expected = ((before - norm.running_mean) / (norm.running_var + 1e-5).sqrt() * norm.weight + norm.bias).relu()
    torch.testing.assert_close(encoder(frames, torch.full((40,), 5)), expected, rtol=0.02, atol=0.02)


def test_a_value_that_never_differed_in_training_does_not_outweigh_the_others():
    frames = torch.randn(40, 5, 8)
    frames[:, :, 7] = 0.0  # a sound that nobody made
    encoder, lengths = trained(frames, pooling="mean"), torch.full((40,), 5)
    usual = encoder(frames, lengths)
    strange = frames.clone()
    strange[:, :, 7] = 1.0
    moved = (encoder(strange, lengths) - usual).norm(dim=1)
    spread = (usual - usual.mean(dim=0)).norm(dim=1)
    assert moved.mean() < 4 * spread.mean()
    stranger = frames.clone()
    stranger[:, :, 7] = 100.0
    torch.testing.assert_close(encoder(stranger, lengths), encoder(strange, lengths))
