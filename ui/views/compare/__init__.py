"""Compare: what was trained and measured, side by side where that is fair."""

from ui.views.compare.sections import choose_section

__all__ = ["choose_section"]
