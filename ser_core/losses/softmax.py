"""Softmax cross entropy, with soft targets and class weights."""

from collections.abc import Sequence

from torch import Tensor, nn
from torch.nn import functional

from ser_core.errors import ConfigError, InputError
from ser_core.losses.weights import class_weight_tensor


class SoftmaxLoss(nn.Module):
    """Cross entropy between targets and the softmax of logits, averaged over utterances.

    ``value_i = - Σ_k target_ik · w_k · log softmax(logits_i)_k``; the average is weighted by ``Σ_k target_ik · w_k``,
    so that the loss of a batch does not depend on the scale of the weights.
    """

    weights: Tensor | None

    def __init__(self, *, label_smoothing: float = 0.0, class_weights: Sequence[float] | None = None) -> None:
        """Set the share, in ``[0, 1)``, of targets spread over all classes, and a positive weight per class, if any.

        Raises:
            ConfigError: if a value is out of range.
        """
        super().__init__()
        if not 0 <= label_smoothing < 1:
            raise ConfigError(f"Expected label_smoothing in [0, 1); got {label_smoothing}. Use for example 0.1.")
        self.label_smoothing = label_smoothing
        self.register_buffer("weights", None if class_weights is None else class_weight_tensor(class_weights))

    def values(self, logits: Tensor, targets: Tensor) -> Tensor:
        """Compute one value per utterance from logits ``(B, K)`` and target shares ``(B, K)``; shape ``(B,)``."""
        return -(self._weighted(targets) * functional.log_softmax(logits, dim=1)).sum(dim=1)

    def forward(self, logits: Tensor, targets: Tensor) -> Tensor:
        """Average :meth:`values` over the batch.

        Raises:
            InputError: if the shapes differ, there is no row, or there are more or fewer classes than weights.
        """
        if logits.shape != targets.shape or not len(logits):
            raise InputError(
                f"Expected target shares of the shape of the logits, at least one row; got {tuple(targets.shape)} for "
                f"logits {tuple(logits.shape)}. Turn class numbers into shares with torch.nn.functional.one_hot."
            )
        if self.weights is not None and len(self.weights) != logits.shape[1]:
            raise InputError(
                f"Expected logits of {len(self.weights)} classes, one per class weight; got {logits.shape[1]}. "
                "Build the loss with one weight for every class of the corpus."
            )
        return self.values(logits, targets).sum() / self._weighted(targets).sum()

    def _weighted(self, targets: Tensor) -> Tensor:
        smooth = targets * (1 - self.label_smoothing) + self.label_smoothing / targets.shape[1]  # (B, K)
        return smooth if self.weights is None else smooth * self.weights
