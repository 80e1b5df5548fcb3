"""Everything with learnable weights: encoders, pooling, the embedding and its head."""

from ser_core.models.batch import AUDIO, EMOTION, Batch, Output, Padded, Targets
from ser_core.models.encoders import ENCODERS
from ser_core.models.masking import pad
from ser_core.models.model import ACTIVATIONS, EmotionModel, InputEncoder, build_model

__all__ = [
    "ACTIVATIONS",
    "AUDIO",
    "EMOTION",
    "ENCODERS",
    "Batch",
    "EmotionModel",
    "InputEncoder",
    "Output",
    "Padded",
    "Targets",
    "build_model",
    "pad",
]
