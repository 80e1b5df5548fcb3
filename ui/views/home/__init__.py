"""The first page: a map of voices, a microphone, and three doors."""

from ui.views.home.doors import draw_doors
from ui.views.home.voices import counted, explore_voices

__all__ = ["counted", "draw_doors", "explore_voices"]
