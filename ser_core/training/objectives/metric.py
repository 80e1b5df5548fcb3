"""Losses on the embedding alone; the head learns from embeddings held fixed, and does not shape them."""

from collections.abc import Mapping

from torch import Tensor, nn

from ser_core.errors import ConfigError
from ser_core.losses import (
    ArcFaceLoss,
    ProxyAnchorLoss,
    SoftmaxLoss,
    SupervisedContrastiveLoss,
    TripletLoss,
)
from ser_core.models import Output, Targets
from ser_core.training.objectives.base import LossValue, Objective, ObjectiveContext, class_numbers


class MetricObjective(Objective):
    """Base: a loss on the embedding, and the head's cross entropy on embeddings held fixed.

    ``softmax_share`` above zero lets the cross entropy of the head shape the embedding as well.
    """

    judge = "angle"
    back_end = "angle"

    def __init__(self, context: ObjectiveContext, *, softmax_share: float, label_smoothing: float) -> None:
        """Choose how much softmax shapes the embedding."""
        super().__init__(context)
        if not 0 <= softmax_share <= 1:
            raise ConfigError(f"Expected softmax_share in [0, 1]; got {softmax_share}. Use 0 for no softmax.")
        self.softmax_share = softmax_share
        self.softmax = SoftmaxLoss(label_smoothing=label_smoothing)

    def compare(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """Compute the metric loss of embeddings ``(B, D)`` with class numbers ``(B,)``."""
        raise TypeError(f"{type(self).__name__} has to define compare")

    def forward(self, output: Output, heads: Mapping[str, nn.Module], targets: Mapping[str, Targets]) -> LossValue:
        """See :class:`Objective`."""
        shares = targets[self.task].values
        metric, figures = self.compare(output.embedding, class_numbers(shares))
        loss = (1 - self.softmax_share) * metric
        if self.softmax_share:
            softmax = self.softmax(output.heads[self.task], shares)
            loss, figures = loss + self.softmax_share * softmax, {**figures, "softmax": float(softmax.detach())}
        head = self.softmax(heads[self.task](output.embedding.detach()), shares)
        return LossValue(loss + head, {**figures, "head": float(head.detach())})


class TripletObjective(MetricObjective):
    """Triplet loss; see :class:`ser_core.losses.TripletLoss`."""

    minimises = "triplet loss on the embedding; the head learns on embeddings held fixed"

    def __init__(
        self,
        context: ObjectiveContext,
        *,
        margin: float = 0.2,
        distance: str = "squared-euclidean",
        miner: str = "batch-hard",
        unit_length: bool = True,
        softmax_share: float = 0.0,
        label_smoothing: float = 0.0,
    ) -> None:
        """Choose margin, distance and miner."""
        super().__init__(context, softmax_share=softmax_share, label_smoothing=label_smoothing)
        self.triplet = TripletLoss(margin=margin, distance=distance, miner=miner, unit_length=unit_length)

    def compare(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """See :class:`MetricObjective`."""
        loss, active = self.triplet(embeddings, labels)
        return LossValue(loss, {"triplet": float(loss.detach()), "active_fraction": active})


class SupervisedContrastiveObjective(MetricObjective):
    """Supervised contrastive loss; see :class:`ser_core.losses.SupervisedContrastiveLoss`."""

    minimises = "supervised contrastive loss on the embedding; the head learns on embeddings held fixed"

    def __init__(
        self,
        context: ObjectiveContext,
        *,
        temperature: float = 0.1,
        softmax_share: float = 0.0,
        label_smoothing: float = 0.0,
    ) -> None:
        """Choose the temperature."""
        super().__init__(context, softmax_share=softmax_share, label_smoothing=label_smoothing)
        self.contrastive = SupervisedContrastiveLoss(temperature=temperature)

    def compare(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """See :class:`MetricObjective`."""
        return _shown("contrastive", self.contrastive(embeddings, labels))


class ArcFaceObjective(MetricObjective):
    """Additive angular margin; see :class:`ser_core.losses.ArcFaceLoss`."""

    minimises = "additive angular margin on the embedding; the head learns on embeddings held fixed"

    def __init__(
        self,
        context: ObjectiveContext,
        *,
        margin_degrees: float = 28.6,
        scale: float = 16.0,
        softmax_share: float = 0.0,
        label_smoothing: float = 0.0,
    ) -> None:
        """Choose margin and scale."""
        super().__init__(context, softmax_share=softmax_share, label_smoothing=label_smoothing)
        self.arcface = ArcFaceLoss(
            classes=context.classes, embedding_size=context.embedding_size, margin_degrees=margin_degrees, scale=scale
        )

    def compare(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """See :class:`MetricObjective`."""
        return _shown("arcface", self.arcface(embeddings, labels))


class ProxyAnchorObjective(MetricObjective):
    """Proxy-anchor loss; see :class:`ser_core.losses.ProxyAnchorLoss`."""

    minimises = "proxy-anchor loss on the embedding; the head learns on embeddings held fixed"

    def __init__(
        self,
        context: ObjectiveContext,
        *,
        margin: float = 0.1,
        scale: float = 32.0,
        softmax_share: float = 0.0,
        label_smoothing: float = 0.0,
    ) -> None:
        """Choose margin and scale, the paper's delta and alpha."""
        super().__init__(context, softmax_share=softmax_share, label_smoothing=label_smoothing)
        self.proxies = ProxyAnchorLoss(
            classes=context.classes, embedding_size=context.embedding_size, margin=margin, scale=scale
        )

    def compare(self, embeddings: Tensor, labels: Tensor) -> LossValue:
        """See :class:`MetricObjective`."""
        return _shown("proxy_anchor", self.proxies(embeddings, labels))


def _shown(name: str, loss: Tensor) -> LossValue:
    """Show a loss under its name."""
    return LossValue(loss, {name: float(loss.detach())})
