"""Embedding spaces from any source: opened, saved, measured, compared and exported."""

from ser_core.embeddings.space import Space

__all__ = ["Space"]
