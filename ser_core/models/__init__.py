"""Everything with learnable weights: encoders, pooling, the embedding and its head."""

from ser_core.models.masking import pad
from ser_core.models.model import ENCODERS, EmotionModel, Output, build_model

__all__ = ["ENCODERS", "EmotionModel", "Output", "build_model", "pad"]
