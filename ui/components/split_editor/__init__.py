"""Lesson component: a split of speakers and recordings that is edited, beside scores on heard and unheard speakers."""

from ui.components.split_editor.mount import draw

__all__ = ["draw"]
