"""Everything with learnable weights: encoders, pooling, the embedding and its head."""

from ser_core.models.encoders import ENCODERS
from ser_core.models.masking import pad
from ser_core.models.model import ACTIVATIONS, EmotionModel, Output, build_model

__all__ = ["ACTIVATIONS", "ENCODERS", "EmotionModel", "Output", "build_model", "pad"]
