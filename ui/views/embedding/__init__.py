"""Embedding space: angles between emotions, maps, and the sound behind each point; the space in numbers."""

from ui.views.embedding.exploring import explore
from ui.views.embedding.export import draw_export
from ui.views.embedding.matrix import draw_matrix
from ui.views.embedding.measured import draw_measured
from ui.views.embedding.projection import choose_projection
from ui.views.embedding.quality import draw_quality
from ui.views.embedding.restoring import bring_back
from ui.views.embedding.seeds import draw_seeds
from ui.views.embedding.source import choose_source
from ui.views.embedding.utterances import KnownUtterances, choose_utterances
from ui.views.embedding.views import draw_views

__all__ = [
    "KnownUtterances", "bring_back", "choose_projection", "choose_source", "choose_utterances", "draw_export",
    "draw_matrix", "draw_measured", "draw_quality", "draw_seeds", "draw_views", "explore",
]  # fmt: skip
