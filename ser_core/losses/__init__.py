"""Losses, one per file, each from its paper's equation: one value per comparison, then an average."""

from ser_core.losses.arcface import ArcFaceLoss
from ser_core.losses.centre import CentreLoss
from ser_core.losses.concordance import concordance_loss
from ser_core.losses.metric import ClassVectorLoss, MetricLoss
from ser_core.losses.pair import CosineEmbeddingLoss, PairHead, PairLoss, PairValue
from ser_core.losses.proxy_anchor import ProxyAnchorLoss
from ser_core.losses.softmax import SoftmaxLoss
from ser_core.losses.supervised_contrastive import SupervisedContrastiveLoss
from ser_core.losses.triplet import TripletLoss
from ser_core.losses.weights import inverse_count_weights

__all__ = [
    "ArcFaceLoss",
    "CentreLoss",
    "ClassVectorLoss",
    "CosineEmbeddingLoss",
    "MetricLoss",
    "PairHead",
    "PairLoss",
    "PairValue",
    "ProxyAnchorLoss",
    "SoftmaxLoss",
    "SupervisedContrastiveLoss",
    "TripletLoss",
    "concordance_loss",
    "inverse_count_weights",
]
