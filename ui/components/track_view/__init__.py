"""Track component: emotions over a long recording that is heard at a press, with a cursor that runs along."""

from ui.components.track_view.mount import SoundPart, checked, draw

__all__ = ["SoundPart", "checked", "draw"]
