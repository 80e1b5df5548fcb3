"""Signals to frames: spectrogram front ends, computed in batches and cached on disk."""

from ser_core.features.front_end import FrontEnd, frames_of

__all__ = ["FrontEnd", "frames_of"]
