"""Box in the browser that shows the explanation of a term of the glossary."""

from ui.components.term_tip.mount import draw

__all__ = ["draw"]
