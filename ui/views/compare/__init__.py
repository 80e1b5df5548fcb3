"""Compare: runs and results, as far as they can be compared."""

from ui.views.compare.sections import choose_section

__all__ = ["choose_section"]
