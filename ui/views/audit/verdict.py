"""Verdict of the audit, with its figures and an explanation."""

import streamlit as st

from ser_core.geometry.audit import Audit
from ui.components import glossary, page_top
from ui.components.text import plain

EXPLANATION = """
- **[[Cosines|cosine]].** Directions with these angles exist exactly when the matrix of cosines, with ones on its
  diagonal, is positive semidefinite: no eigenvalue below 0 (Schoenberg 1935).
- **Triangle inequality.** Turning from a to c and on to b is never less than turning from a to b at once. And three
  angles never exceed a full circle of 360°. Both follow from the first rule, and show where it breaks.
- **Rounding.** A printed figure stands for all that round to it. A table is called impossible only if none of those can
  exist: an eigenvalue moves by no more than the norm of the rounding (Weyl 1912), and an excess by no more than the
  rounding of its three angles.
- **Nearest possible matrix.** The one whose cosines differ least, in the sum of squares (Higham 2002): found by
  Newton's method (Qi and Sun 2006), until the diagonal is one to within a billionth.
- **What it does not say.** The test is about angles between single directions. A table of *mean* angles over pairs of
  utterances keeps the triangle inequality too, but need not be positive semidefinite.
"""
DIFFERS = 0.01  # degrees: of less, a figure of two decimals tells nothing


def draw_verdict(found: Audit) -> None:
    """Say whether the table is possible, and why."""
    draw = {"possible": st.success, "rounding": st.info, "impossible": st.warning}[found.verdict]
    draw(" ".join([_sentence(found), *_reasons(found)]))


def draw_figures(found: Audit) -> None:
    """Draw the figures behind the verdict, for experts."""
    eigenvalue, triples, change = st.columns(3)
    eigenvalue.metric(
        "Smallest eigenvalue of the cosines",
        f"{found.smallest_eigenvalue:.3g}",
        help="Cosines between real directions have no eigenvalue below 0.",
    )
    triples.metric(
        "Triples that break the triangle inequality",
        f"{found.violations_total:,} of {found.triples:,}",
        help="Pairs whose angle is larger than the way by a third; each pair is compared with every third.",
    )
    little = 0 < found.largest_change_degrees < DIFFERS
    change.metric(
        "Nearest possible matrix differs by",
        f"less than {DIFFERS}°" if little else f"{found.mean_change_degrees:.2f}° on average",
        None if little else f"{found.largest_change_degrees:.2f}° at most",
        delta_color="off",
        delta_arrow="off",
    )


def draw_explanation() -> None:
    """Draw how the verdict is reached, with its sources."""
    with st.expander("How this is decided"):
        glossary.draw(EXPLANATION)


def _sentence(found: Audit) -> str:
    if found.verdict == "possible":
        return "**These angles can exist.** Directions that have them all at once can be given."
    if found.verdict == "rounding":
        return "**These angles may exist.** As printed they cannot, but the rounding of the figures explains it."
    return "**No directions have these angles**, in any number of dimensions."


def _reasons(found: Audit) -> list[str]:
    reasons = []
    if found.violations:
        worst = found.violations[0]
        names, degrees = found.table.labels, found.table.degrees
        a, b, via = (names.index(name) for name in (worst.a, worst.b, worst.via))
        reasons.append(
            f"From {plain(worst.a)} to {plain(worst.b)} it is {degrees[a, b]:.2f}°, but by way of {plain(worst.via)} "
            f"only {degrees[a, via]:.2f}° + {degrees[via, b]:.2f}° = {degrees[a, via] + degrees[via, b]:.2f}°: "
            "the triangle inequality is violated."
        )
    if found.circles:
        worst_circle = found.circles[0]
        often = ":" if found.circles_total == 1 else f" {found.circles_total} times; most of all"
        reasons.append(
            f"Three angles exceed a full circle{often} those between {plain(worst_circle.a)}, "
            f"{plain(worst_circle.b)} and {plain(worst_circle.c)}, by {worst_circle.excess_degrees:.2f}°."
        )
    if found.verdict != "possible" and page_top.experts():
        reasons.append(f"The cosines have an eigenvalue of {found.smallest_eigenvalue:.3g}.")
    if found.verdict == "impossible" and not found.violations and not found.circles:
        reasons.append("Every three of them could exist by themselves; all together they cannot.")
    if found.verdict == "possible" and found.largest_change_degrees < DIFFERS:
        reasons.append(
            "No eigenvalue of their cosines is below 0, and the triangle inequality holds."
            if page_top.experts()
            else "Going from one to another by way of a third is never shorter than going at once."
        )
    if found.one_direction:
        reasons.append("All of them are 0°: every direction is the same one.")
    return reasons
