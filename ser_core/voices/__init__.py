"""Speaker calibration: a few clips of a person correct a model for that voice."""

from ser_core.voices.calibration import METHODS, NEUTRAL, NOT_STATED, UNLABELLED, calibration_of, deciding, made_of
from ser_core.voices.correction import Calibration
from ser_core.voices.library import find_voice
from ser_core.voices.unlabelled import alike_text, mixed_share, shifting, unlabelled_shifts
from ser_core.voices.voice import MODEL_COUNTS, Voice, VoiceClip

__all__ = [
    "METHODS", "MODEL_COUNTS", "NEUTRAL", "NOT_STATED", "UNLABELLED", "Calibration", "Voice", "VoiceClip",
    "alike_text", "calibration_of", "deciding", "find_voice", "made_of", "mixed_share", "shifting", "unlabelled_shifts",
]  # fmt: skip
