"""Confusion matrices that papers print, for the recipes that repeat them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ser_core.types import FloatArray

_DAI_MEASURED = (
    "Dai et al. (2019) on IEMOCAP, mean of five cross-validations, happy and excited joined, test speakers heard in "
    "training"
)


@dataclass(frozen=True)
class PrintedConfusion:
    """A confusion matrix as a paper prints it, and what it was measured on.

    ``rows``, one per true class of ``labels``, hold the share of each answer, rounded as printed.
    """

    place: str
    labels: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    measured: str = _DAI_MEASURED

    @property
    def shares(self) -> FloatArray:
        """The shares, shape ``(K, K)``; rows add up to one but for rounding."""
        return np.array(self.rows)


_DAI_LABELS = ("neutral", "angry", "happy", "sad")  # happy and excited joined

# Recipe → its matrix on IEMOCAP, mean of five cross-validations: Dai et al. (2019), Learning discriminative features
# from spectrograms using center loss for speech emotion recognition, ICASSP; arXiv 2501.01103.
PRINTED_CONFUSIONS: Mapping[str, PrintedConfusion] = MappingProxyType(
    {
        "dai-2019-mel-softmax": PrintedConfusion(
            "table 1-(a)",
            _DAI_LABELS,
            (
                (0.575, 0.095, 0.164, 0.166),
                (0.119, 0.691, 0.155, 0.035),
                (0.211, 0.162, 0.511, 0.115),
                (0.138, 0.026, 0.060, 0.776),
            ),
        ),
        "dai-2019-mel": PrintedConfusion(
            "table 1-(b)",
            _DAI_LABELS,
            (
                (0.637, 0.067, 0.167, 0.127),
                (0.108, 0.705, 0.167, 0.020),
                (0.219, 0.131, 0.556, 0.094),
                (0.128, 0.025, 0.070, 0.777),
            ),
        ),
        "dai-2019-stft-softmax": PrintedConfusion(
            "table 2-(a)",
            _DAI_LABELS,
            (
                (0.544, 0.093, 0.185, 0.177),
                (0.127, 0.681, 0.167, 0.025),
                (0.216, 0.186, 0.476, 0.122),
                (0.161, 0.039, 0.062, 0.737),
            ),
        ),
        "dai-2019-stft": PrintedConfusion(
            "table 2-(b)",
            _DAI_LABELS,
            (
                (0.573, 0.073, 0.196, 0.157),
                (0.103, 0.720, 0.153, 0.022),
                (0.205, 0.161, 0.518, 0.114),
                (0.125, 0.028, 0.053, 0.793),
            ),
        ),
    }
)
