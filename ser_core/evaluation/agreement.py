"""Agreement of predicted ratings with those of annotators."""

import numpy as np

from ser_core.errors import InputError
from ser_core.types import FloatArray


def concordance(truth: FloatArray, predicted: FloatArray) -> float:
    """Concordance correlation coefficient (CCC), from −1 to 1: ``2 s_xy / (s_x² + s_y² + (x̄ − ȳ)²)``.

    Unlike Pearson's correlation it is lowered by a shift or a scale of the predictions. Variances and covariance are
    divided by the number of utterances. NaN where both are one and the same constant.

    Raises:
        InputError: if the two have different lengths, or there are fewer than two utterances.

    References:
        Lin (1989), "A concordance correlation coefficient to evaluate reproducibility", Biometrics 45.

    Examples:
        >>> round(concordance(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 4.0])), 4)
        0.5714
    """
    truth, predicted = _checked(truth, predicted)
    spread = truth.var() + predicted.var() + (truth.mean() - predicted.mean()) ** 2
    return float(2 * _covariance(truth, predicted) / spread) if spread else float("nan")


def pearson(truth: FloatArray, predicted: FloatArray) -> float:
    """Pearson's correlation, from −1 to 1; NaN where one of the two is constant. As in :func:`concordance`."""
    truth, predicted = _checked(truth, predicted)
    spread = truth.std() * predicted.std()
    return float(_covariance(truth, predicted) / spread) if spread else float("nan")


def spearman(truth: FloatArray, predicted: FloatArray) -> float:
    """Spearman's rank correlation, from −1 to 1: :func:`pearson` of the ranks, equal values sharing their mean rank.

    Only the order counts: no scale or shift, and no other rising function, changes it.
    """
    from scipy import stats

    truth, predicted = _checked(truth, predicted)
    return pearson(stats.rankdata(truth), stats.rankdata(predicted))


def rmse(truth: FloatArray, predicted: FloatArray) -> float:
    """Root mean squared error, in the unit of the ratings; arguments and errors as in :func:`concordance`."""
    truth, predicted = _checked(truth, predicted)
    return float(np.sqrt(np.square(truth - predicted).mean()))


def _covariance(truth: FloatArray, predicted: FloatArray) -> float:
    return float(((truth - truth.mean()) * (predicted - predicted.mean())).mean())


def _checked(truth: FloatArray, predicted: FloatArray) -> tuple[FloatArray, FloatArray]:
    truth, predicted = np.asarray(truth, dtype=np.float64), np.asarray(predicted, dtype=np.float64)
    if truth.shape != predicted.shape or truth.ndim != 1 or len(truth) < 2:
        raise InputError(
            f"Expected one rating and one prediction for each of at least two utterances; got shapes {truth.shape} and "
            f"{predicted.shape}. Leave out utterances without a rating, or choose a part that has more."
        )
    return truth, predicted
