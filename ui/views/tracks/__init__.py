"""Long recordings: choose, judge in the background, view over time, play a part, export."""

from ui.views.tracks.choices import choose_recording, choose_settings
from ui.views.tracks.downloads import draw_downloads
from ui.views.tracks.judging import judged, place_of_choice
from ui.views.tracks.minutes import draw_minutes
from ui.views.tracks.picture import draw_track, draw_windows
from ui.views.tracks.segment import draw_segment

__all__ = [
    "choose_recording", "choose_settings", "judged", "place_of_choice", "draw_track", "draw_windows",
    "draw_segment", "draw_minutes", "draw_downloads",
]  # fmt: skip
