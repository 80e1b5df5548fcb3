"""Live speech: predictions for sliding windows and for whole utterances while somebody speaks."""

from ser_core.inference import NONE_OF_THESE
from ser_core.live.learning import VoiceLearner
from ser_core.live.listener import LiveListener
from ser_core.live.prediction import LiveCounters, LivePrediction
from ser_core.live.settings import LiveSettings

__all__ = ["NONE_OF_THESE", "LiveCounters", "LiveListener", "LivePrediction", "LiveSettings", "VoiceLearner"]
