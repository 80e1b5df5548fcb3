"""Concordance: one minus the concordance correlation coefficient of a batch."""

from torch import Tensor

from ser_core.errors import InputError

_SMALLEST_SPREAD = 1e-8  # keeps the gradient finite where predictions and ratings are one and the same constant


def concordance_loss(predicted: Tensor, truth: Tensor) -> Tensor:
    """Compute ``1 − 2 s_xy / (s_x² + s_y² + (x̄ − ȳ)²)`` of one batch: from 0 (they agree) to 2.

    Both are ``(B,)``. Variances and covariance are divided by ``B``, as in
    :func:`ser_core.evaluation.agreement.concordance`.

    Raises:
        InputError: if the shapes differ or there are fewer than two rows.

    References:
        Lin (1989), "A concordance correlation coefficient to evaluate reproducibility", Biometrics 45; as a loss,
        Weninger et al. (2016), "Discriminatively trained recurrent neural networks for continuous dimensional emotion
        recognition from audio", IJCAI.
    """
    if predicted.shape != truth.shape or predicted.ndim != 1 or len(predicted) < 2:
        raise InputError(
            f"Expected ratings and predictions of one shape (B,) with at least two rows; got {tuple(truth.shape)} and "
            f"{tuple(predicted.shape)}. Leave out rows without a rating first."
        )
    of_predicted, of_truth = predicted - predicted.mean(), truth - truth.mean()
    shift = predicted.mean() - truth.mean()
    spread = of_predicted.square().mean() + of_truth.square().mean() + shift.square()
    return 1 - 2 * (of_predicted * of_truth).mean() / spread.clamp_min(_SMALLEST_SPREAD)
