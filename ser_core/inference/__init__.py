"""A checkpoint meets a recording: readings, and the known utterances around them."""

from ser_core.inference.atlas import Atlas
from ser_core.inference.reader import NONE_OF_THESE, NOT_SPEECH, NotSpeech, Reader, Reading

__all__ = ["NONE_OF_THESE", "NOT_SPEECH", "Atlas", "NotSpeech", "Reader", "Reading"]
