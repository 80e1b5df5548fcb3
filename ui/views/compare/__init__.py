"""Compare: runs and results, if they are comparable."""

from ui.views.compare.sections import choose_section

__all__ = ["choose_section"]
