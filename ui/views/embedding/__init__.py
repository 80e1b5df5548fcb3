"""Embedding space: angles between emotions, maps, and the sound behind each point; the space in numbers."""

from ui.views.embedding.exploring import explore
from ui.views.embedding.export import draw_export
from ui.views.embedding.known import KnownUtterances, choose_known
from ui.views.embedding.matrix import draw_matrix
from ui.views.embedding.measured import draw_measured
from ui.views.embedding.projection import choose_projection
from ui.views.embedding.quality import draw_quality
from ui.views.embedding.restoring import bring_back
from ui.views.embedding.seeds import draw_seeds
from ui.views.embedding.source import choose_source
from ui.views.embedding.views import draw_views

__all__ = [
    "KnownUtterances", "draw_views", "choose_source", "bring_back", "choose_known", "draw_matrix", "choose_projection",
    "explore", "draw_quality", "draw_seeds", "draw_measured", "draw_export",
]  # fmt: skip
