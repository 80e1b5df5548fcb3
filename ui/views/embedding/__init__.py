"""Embedding space: angles between emotions, maps, and the sound behind each point."""

from ui.views.embedding.exploring import explore
from ui.views.embedding.known import Known, choose_known
from ui.views.embedding.matrix import draw_matrix
from ui.views.embedding.projection import choose_projection

__all__ = ["Known", "choose_known", "draw_matrix", "choose_projection", "explore"]
