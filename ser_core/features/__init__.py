"""Signals to frames: spectrogram front ends, computed in batches and cached on disk."""

from ser_core.features.front_end import FrontEnd, frames_of, frames_shape

__all__ = ["FrontEnd", "frames_of", "frames_shape"]
