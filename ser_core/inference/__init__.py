"""Prediction: a checkpoint applied to recordings, and the known utterances near a prediction."""

from ser_core.inference.atlas import Atlas
from ser_core.inference.ratings import RatingsPrediction, RatingsReader, load_reader
from ser_core.inference.reader import NONE_OF_THESE, NOT_SPEECH, EmotionPrediction, NotSpeech, Reader
from ser_core.inference.text import TextPrediction, TextReader, WordShare

__all__ = [
    "NONE_OF_THESE",
    "NOT_SPEECH",
    "Atlas",
    "EmotionPrediction",
    "NotSpeech",
    "RatingsPrediction",
    "RatingsReader",
    "Reader",
    "TextPrediction",
    "TextReader",
    "WordShare",
    "load_reader",
]
