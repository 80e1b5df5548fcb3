"""Speech as it is spoken: sliding windows and whole utterances, read while somebody talks."""

from ser_core.inference import NONE_OF_THESE
from ser_core.live.listening import Listening
from ser_core.live.moment import Counters, Moment
from ser_core.live.settings import ListeningSettings

__all__ = ["NONE_OF_THESE", "Counters", "Listening", "ListeningSettings", "Moment"]
