"""Uploads that the server cannot read, such as M4A and WebM, decoded by the visitor's browser."""

from ui.components.decoder.answer import Piece, Trouble, checked, wav
from ui.components.decoder.uploads import readable

__all__ = ["Piece", "Trouble", "checked", "readable", "wav"]
