"""Embedding space: a map with the sound behind each point, angles between classes, and the space in numbers."""

from ui.views.embedding.angles import draw_angles, measure
from ui.views.embedding.exploring import explore
from ui.views.embedding.export import draw_export
from ui.views.embedding.measured import draw_measured
from ui.views.embedding.projection import choose_projection
from ui.views.embedding.quality import draw_quality
from ui.views.embedding.restoring import bring_back
from ui.views.embedding.seeds import draw_seeds
from ui.views.embedding.source import choose_source
from ui.views.embedding.split import choose_split
from ui.views.embedding.utterances import KnownUtterances, choose_utterances, in_words
from ui.views.embedding.views import draw_views

__all__ = [
    "KnownUtterances", "bring_back", "choose_projection", "choose_source", "choose_split", "choose_utterances",
    "draw_angles", "draw_export", "draw_measured", "draw_quality", "draw_seeds", "draw_views", "explore", "in_words",
    "measure",
]  # fmt: skip
