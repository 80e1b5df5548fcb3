"""The running average of weights is what its docstring says."""

import torch
from torch import nn

from ser_core.training.averaging import AveragedModel


def series_of(decay: float, count: int) -> tuple[float, list[float]]:
    model = nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(5.0)
    average, found = AveragedModel(model, decay), []
    for step in range(1, count + 1):
        with torch.no_grad():
            model.weight.fill_(float(step))
        average.update(model)
        found.append(average.model.weight.item())
    return average.steps, found


def test_the_average_equals_its_recursion_with_a_growing_decay():
    steps, found = series_of(0.5, 12)
    value, expected = 5.0, []
    for step in range(1, 13):
        decay = min(0.5, (1 + step) / (10 + step))
        value = decay * value + (1 - decay) * step
        expected.append(value)
    assert steps == 12
    torch.testing.assert_close(torch.tensor(found), torch.tensor(expected))


def test_a_decay_of_zero_follows_the_model_exactly():
    assert series_of(0.0, 3)[1] == [1.0, 2.0, 3.0]


def test_running_statistics_are_averaged_and_counts_are_copied():
    model = nn.BatchNorm1d(2)
    average = AveragedModel(model, 0.9)
    model.train()(torch.randn(8, 2) + 3)
    average.update(model)
    assert int(average.model.num_batches_tracked) == 1
    decay = (1 + 1) / (10 + 1)
    expected = decay * torch.tensor([0.0, 0.0]) + (1 - decay) * model.running_mean
    torch.testing.assert_close(average.model.running_mean, expected)
    assert not average.model.training
