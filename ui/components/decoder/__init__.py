"""Uploads that the server cannot read, such as M4A and WebM, decoded by the visitor's browser."""

from ui.components.decoder.message import DecodingFailure, SampleChunk, checked, wav
from ui.components.decoder.uploads import readable

__all__ = ["SampleChunk", "DecodingFailure", "checked", "readable", "wav"]
