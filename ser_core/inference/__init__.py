"""A checkpoint meets a recording: readings, and the known utterances around them."""

from ser_core.inference.atlas import Atlas
from ser_core.inference.reader import Reader, Reading

__all__ = ["Atlas", "Reader", "Reading"]
