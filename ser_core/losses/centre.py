"""Centre loss: every embedding is pulled to the centre of its class, and the centres follow."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from ser_core.config import lookup
from ser_core.errors import ConfigError
from ser_core.losses.metric import ClassVectorLoss
from ser_core.losses.weights import class_weight_tensor


def moving_average(centres: Tensor, sums: Tensor, counts: Tensor, rate: float) -> Tensor:
    """Move each centre towards the batch's mean of its class: ``c_j ← (1 − rate) · c_j + rate · mean_j``.

    ``centres`` and ``sums``, those of the batch's embeddings of each class, are ``(K, D)``; ``counts``, the class's
    utterances in the batch, ``(K, 1)``. Centres of absent classes stay.

    References:
        Dai et al. (2019), equations 3 and 4.
    """
    means = sums / counts.clamp_min(1)
    return torch.where(counts > 0, (1 - rate) * centres + rate * means, centres)


def wen_update(centres: Tensor, sums: Tensor, counts: Tensor, rate: float) -> Tensor:
    """Move each centre by ``c_j ← c_j − rate · Σ (c_j − x_i) / (1 + n_j)``: slower for classes rare in the batch.

    Shapes as in :func:`moving_average`. Wen et al. (2016), equation 4.
    """
    return centres - rate * (counts * centres - sums) / (1 + counts)


UPDATES: Mapping[str, Callable[[Tensor, Tensor, Tensor, float], Tensor]] = {
    "moving-average": moving_average,
    "wen": wen_update,
}

# What the sum of the batch's weighted values is divided by, from the weights of its utterances (B,).
NORMALISATIONS: Mapping[str, Callable[[Tensor], Tensor | int]] = {
    "mean": Tensor.numel,
    "sum": lambda weights: 1,
    "weighted-mean": Tensor.sum,
}


class CentreLoss(ClassVectorLoss):
    """``½ · ω_{y_i} · ‖z_i − c_{y_i}‖²``, averaged over utterances; one centre ``c_j`` per class.

    Centres, a buffer ``(K, D)``, follow the embeddings by a rule, not by the optimiser, and only in training mode. The
    loss is computed with the centres as they were before this batch, as in Wen's algorithm 1 (Dai's text leaves it
    open). The other way round, an embedding would first move its centre and then be compared with it: with ``rate =
    0.5`` and one utterance of its class in the batch, three quarters of the value would vanish before anything was
    learned.

    References:
        Dai et al. (2019), Learning Discriminative Features from Spectrograms Using Center Loss for Speech Emotion
        Recognition, equations 2 to 6. Wen et al. (2016), A Discriminative Feature Learning Approach for Deep Face
        Recognition, equations 2 to 4.
    """

    centres: Tensor
    weights: Tensor | None

    def __init__(
        self,
        *,
        classes: int,
        embedding_size: int,
        rate: float = 0.5,
        update: str = "moving-average",
        normalisation: str = "mean",
        half: bool = True,
        class_weights: Sequence[float] | None = None,
    ) -> None:
        """Start with every centre at zero, as Dai does.

        Args:
            rate: how far centres move, from 0 (never) to 1 (to the batch's mean).
            update: a name in :data:`UPDATES`.
            normalisation: a name in :data:`NORMALISATIONS`: divide the weighted sum over the batch by the number of
                utterances, by nothing, or by the sum of their weights.
            half: whether the factor ``½`` of Wen's equation is there.
            class_weights: ``ω``, one above zero per class, or none.

        Raises:
            ConfigError: for an unknown name or a value out of range.
        """
        super().__init__(classes=classes, embedding_size=embedding_size)
        if not 0 <= rate <= 1:
            raise ConfigError(f"Expected a centre rate in [0, 1]; got {rate}. Dai et al. use 0.5.")
        if class_weights is not None and len(class_weights) != classes:
            raise ConfigError(
                f"Expected {classes} class weights, one per class; got {len(class_weights)}. "
                "Compute them from the training utterances of each class."
            )
        self.rate = rate
        self.update = lookup("centre update", update, UPDATES)
        self.normalisation = lookup("normalisation", normalisation, NORMALISATIONS)
        self.factor = 0.5 if half else 1.0
        self.register_buffer("weights", None if class_weights is None else class_weight_tensor(class_weights))
        self.register_buffer("centres", torch.zeros(classes, embedding_size))

    def values(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Compute one value per utterance, class weight included; shape ``(B,)``."""
        distances = (embeddings - self.centres[labels]).square().sum(dim=1)  # (B,)
        return self.factor * self._weights_of(labels) * distances

    def reduce(self, values: Tensor, labels: Tensor) -> Tensor:
        """Sum the values and divide as chosen."""
        return values.sum() / self.normalisation(self._weights_of(labels))

    def forward(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Compute the loss of ``(B, D)`` with class numbers ``(B,)``, then, in training mode, move the centres.

        Raises:
            InputError: if shapes or class numbers do not fit.
        """
        loss = super().forward(embeddings, labels)
        if self.training:
            self.follow(embeddings, labels)
        return loss

    @torch.no_grad()
    def follow(self, embeddings: Tensor, labels: Tensor) -> None:
        """Move the centres of the batch's classes; shapes as in :meth:`forward`."""
        members = functional.one_hot(labels, self.classes).to(self.centres.dtype)  # (B, K)
        sums = members.T @ embeddings.to(self.centres.dtype)  # (K, D)
        counts = members.sum(dim=0)[:, None]  # (K, 1)
        self.centres.copy_(self.update(self.centres, sums, counts, self.rate))

    def _weights_of(self, labels: Tensor) -> Tensor:
        return torch.ones_like(labels, dtype=self.centres.dtype) if self.weights is None else self.weights[labels]
