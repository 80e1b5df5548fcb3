"""Spaces of utterances, whoever made their vectors: opened, kept, measured and handed on."""

from ser_core.embeddings.space import Space

__all__ = ["Space"]
