"""Terms of the glossary, which explain themselves where they stand.

A page writes a term in double brackets: ``"Near: alike in the [[embedding]]"``, or ``"[[angles|angle]]"`` where the
text needs another form of it. :mod:`ui.components.term_tip` shows the explanation.
"""

from ui.components.glossary.entries import EXPLANATIONS, explanation
from ui.components.glossary.terms import caption, draw, explained, with_terms

__all__ = ["EXPLANATIONS", "caption", "draw", "explained", "explanation", "with_terms"]
