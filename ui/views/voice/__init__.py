"""Your voice: clips and their emotions, what they change, and the voices that are kept."""

from ui.views.voice.clips import choose_clips
from ui.views.voice.making import draw_voice
from ui.views.voice.saved import draw_saved_voices
from ui.views.voice.uploads import UploadedClip

__all__ = ["UploadedClip", "choose_clips", "draw_voice", "draw_saved_voices"]
