"""Your voice: clips and their emotions, what they change in one picture, and the voices that are kept."""

from ui.views.voice.clips import are_artificial, choose_clips, in_words, say_what_to_do
from ui.views.voice.making import draw_voice
from ui.views.voice.methods import choose_method
from ui.views.voice.saved import draw_saved_voices
from ui.views.voice.uploads import UploadedClip

__all__ = [
    "UploadedClip",
    "are_artificial",
    "choose_clips",
    "choose_method",
    "in_words",
    "say_what_to_do",
    "draw_voice",
    "draw_saved_voices",
]
