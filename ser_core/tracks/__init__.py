"""Emotion over time: a long recording is judged window by window, without ever being held as a whole."""

from ser_core.tracks.judging import track_recording
from ser_core.tracks.track import Track
from ser_core.tracks.windows import TrackSettings

__all__ = ["Track", "TrackSettings", "track_recording"]
