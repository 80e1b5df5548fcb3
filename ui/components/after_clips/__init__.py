"""Component that shows how the answer to a clip changes with the number of known clips of its voice."""

from ui.components.after_clips.mount import ShownClip, draw

__all__ = ["ShownClip", "draw"]
