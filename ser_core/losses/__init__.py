"""Losses, one per file, each from its paper's equation: one value per comparison, then an average."""

from ser_core.losses.softmax import SoftmaxLoss
from ser_core.losses.triplet import TripletLoss

__all__ = ["SoftmaxLoss", "TripletLoss"]
