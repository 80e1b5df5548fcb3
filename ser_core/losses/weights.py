"""Class weights that balance rare and frequent classes."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from ser_core.errors import ConfigError


def inverse_count_weights(counts: Sequence[int]) -> list[float]:
    """Return a weight per class, ``ω_j = N / (K · n_j)``, from its number of training utterances ``n_j``.

    The weights average to one over the training utterances, so that they do not change the scale of a loss.

    Raises:
        ConfigError: if a class has no utterance.

    References:
        Dai et al. (2019), section 2.4, which leaves the factor open.

    Examples:
        >>> inverse_count_weights([10, 30])
        [2.0, 0.6666666666666666]
    """
    if not counts or min(counts) < 1:
        raise ConfigError(
            f"Expected at least one training utterance of every class; got counts {list(counts)}. "
            "Leave the empty class out, or train without class weights."
        )
    return [sum(counts) / (len(counts) * count) for count in counts]


def class_weight_tensor(weights: Sequence[float]) -> Tensor:
    """Turn one weight per class into a tensor ``(K,)``.

    Raises:
        ConfigError: if a weight is not a finite number above zero.
    """
    if not weights or not all(0 < weight < math.inf for weight in weights):
        raise ConfigError(f"Expected finite class weights above zero; got {list(weights)}. Remove the empty class.")
    return torch.tensor(weights, dtype=torch.get_default_dtype())
