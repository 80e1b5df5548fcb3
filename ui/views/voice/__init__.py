"""Your voice: clips and their emotions, what they change, and the voices that are kept."""

from ui.views.voice.brought import UploadedClip
from ui.views.voice.clips import choose_clips
from ui.views.voice.kept import draw_kept
from ui.views.voice.making import draw_voice

__all__ = ["UploadedClip", "choose_clips", "draw_voice", "draw_kept"]
