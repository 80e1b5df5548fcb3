"""The loss of ratings is one less the coefficient that judges them."""

import numpy as np
import pytest
import torch

from ser_core.errors import InputError
from ser_core.evaluation.agreement import concordance
from ser_core.losses import concordance_loss


def test_the_loss_is_one_less_the_coefficient(random: np.random.Generator) -> None:
    predicted, truth = random.normal(2, 3, (2, 50))
    found = concordance_loss(torch.from_numpy(predicted), torch.from_numpy(truth))
    assert float(found) == pytest.approx(1 - concordance(truth, predicted))


def test_following_the_slope_makes_predictions_agree(random: np.random.Generator) -> None:
    truth = torch.from_numpy(random.normal(2, 3, 20))
    predicted = torch.zeros(20, dtype=torch.float64).normal_(generator=torch.Generator().manual_seed(0))
    predicted.requires_grad_()
    optimiser = torch.optim.Adam([predicted], lr=0.1)
    for _ in range(300):
        optimiser.zero_grad()
        concordance_loss(predicted, truth).backward()
        optimiser.step()
    assert float(concordance_loss(predicted, truth).detach()) < 0.01


def test_the_slope_is_finite_where_all_are_one_constant() -> None:
    predicted = torch.full((4,), 2.0, requires_grad=True)
    concordance_loss(predicted, torch.full((4,), 2.0)).backward()
    assert predicted.grad is not None
    assert torch.isfinite(predicted.grad).all()


def test_one_row_and_other_shapes_are_refused() -> None:
    for predicted, truth in ((torch.ones(1), torch.ones(1)), (torch.ones(2), torch.ones(3))):
        with pytest.raises(InputError, match=r"Expected ratings and predictions .*got .*Leave out rows"):
            concordance_loss(predicted, truth)
