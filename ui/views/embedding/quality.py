"""Quality of the map: a badge, and the distortion per point on demand."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.embeddings.space import CLASS
from ser_core.plots.embedding_map import embedding_map_figure
from ser_core.plots.point_map import sampled_rows
from ser_core.types import FloatArray
from ui import state
from ui.components import charts, tables, utterances
from ui.components.projections import MapRequest
from ui.components.text import plain
from ui.views.embedding.split import SplitUtterances
from ui.views.embedding.utterances import KnownUtterances

if TYPE_CHECKING:
    from ser_core.geometry.map_quality import MapQuality
    from ser_core.geometry.map_stress import MapStress

FEWEST = 5  # utterances that have neighbours to lose
DRAWN = 5000  # points of the map of the stress
WORST = 10  # utterances named
WORDS = ("hardly any", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

OVERLAP_HELP = (
    r"$\displaystyle \frac1B\sum_i\frac{\lvert N_k(i)\cap N'_k(i)\rvert}{k}$"
    "\n\nN: the k nearest in the space, by angle; N': the k nearest on the map. 100 %: every neighbour is kept.\n\n"
    "Lee and Verleysen (2009), Neurocomputing 72, who call it Q_NX"
)
TRUST_HELP = (
    r"$\displaystyle 1-\frac{2}{Bk(2B-3k-1)}\sum_i\sum_{j\in U_i}\left(r(i,j)-k\right)$"
    "\n\nU: neighbours on the map that are none in the space, r: their rank there. 1: whatever lies together on the "
    "map lies together in the space; about 0.5: a map at random.\n\nVenna and Kaski (2001), ICANN"
)
CONTINUITY_HELP = (
    r"$\displaystyle 1-\frac{2}{Bk(2B-3k-1)}\sum_i\sum_{j\in V_i}\left(r'(i,j)-k\right)$"
    "\n\nV: neighbours in the space that are none on the map, r': their rank there. 1: whatever lies together in the "
    "space lies together on the map; about 0.5: a map at random.\n\nVenna and Kaski (2001), ICANN"
)
STRESS_HELP = (
    r"$\displaystyle \sqrt{\sum_j\left(a_{ij}-s\,d_{ij}\right)^2 \Big/ \sum_j a_{ij}^2}$"
    "\n\na: angles in the space, d: distances on the map, s: the scale that fits best over all pairs. 0: as far apart "
    "on the map as in the space.\n\nKruskal (1964), Psychometrika 29; per point as in Borg and Groenen (2005), "
    "chapter 11"
)


def draw_quality(
    known: KnownUtterances, split: SplitUtterances | None, request: MapRequest, points: FloatArray
) -> None:
    """Draw how well the map preserves neighbourhoods.

    Args:
        known: the utterances.
        split: which gives the column of the classes; ``None`` where there are none.
        request: what the points are.
        points: shape ``(B, 2)`` or ``(B, 3)``.

    Raises:
        InputError: if a vector has no direction.
    """
    if len(known.rows) < FEWEST:
        return
    found = _quality(known.key, request, known.embeddings, points)
    with st.container(border=True):
        st.markdown(f"**{in_words(found)}**")
        with st.container(horizontal=True):
            st.metric("Neighbours kept", f"{percent(found.overlap)} %", help=OVERLAP_HELP)
            st.metric("Trustworthiness", f"{found.trustworthiness:.3f}", help=TRUST_HELP)
            st.metric("Continuity", f"{found.continuity:.3f}", help=CONTINUITY_HELP)
        measured = (
            f"all {found.total} utterances"
            if found.rows == found.total
            else f"{found.rows} of {found.total} utterances, drawn by seed 0; ranks count all of them"
        )
        st.caption(
            f"The {found.neighbours} nearest of {measured}; a map at random keeps {percent(found.by_chance)} % of "
            "them. What lies together here without belonging together lowers the trustworthiness; what was torn apart, "
            f"the continuity.{hardly_any(found)}"
        )
        _draw_stress(known, CLASS if split is None else split.known.label, request, points)


def in_words(found: "MapQuality") -> str:
    """Say the overlap in a sentence."""
    kept = WORDS[round(found.overlap * found.neighbours)]
    verb = "is a neighbour" if kept == "one" else "are neighbours"
    return f"Of {WORDS[found.neighbours]} neighbours in the space, {kept} {verb} on this map."


def hardly_any(found: "MapQuality") -> str:
    """Say what it means that of ten neighbours a map keeps none, or no more than twice as many as one at random."""
    if round(found.overlap * found.neighbours) and found.overlap > 2 * found.by_chance:
        return ""
    return (
        " The vectors differ in more directions than this map has, so their neighbours find no room on it. Read the "
        "angles, not the map."
    )


def percent(share: float) -> str:
    """Write a share of neighbours in percent, small ones with one digit that counts."""
    return f"{100 * share:.0f}" if share >= 0.01 else f"{100 * share:.1g}"


def _draw_stress(known: KnownUtterances, label: str, request: MapRequest, points: FloatArray) -> None:
    name = "where the map distorts"
    asked = st.toggle("Where does this map distort?", key=state.prepared_value(name, False))
    state.remember(name, asked)
    if not asked:
        return
    stress = _stress(known.key, request, known.embeddings, points)
    rows = known.rows.assign(stress=stress.per_point)
    drawn = sampled_rows(len(rows), DRAWN, DRAWN)
    st.metric("Stress of the map", f"{stress.whole:.2f}", help=STRESS_HELP)
    charts.draw(
        embedding_map_figure(points[drawn], rows.iloc[drawn].reset_index(drop=True), colour_by="stress"),
        key=f"stress|{known.key}|{request.caption}",
        alt=f"{request.caption}, coloured by the stress of each point.",
    )
    worst = rows.nlargest(WORST, "stress")
    tables.show(
        worst[utterances.columns_of(worst, ("stress", "file", label, *utterances.HEARD))],
        hide_index=True,
        column_config={"stress": st.column_config.NumberColumn("stress", format="%.2f")},
    )
    sample = "" if len(drawn) == len(rows) else f" {len(drawn)} of {len(rows)} points are drawn."
    st.caption(
        plain(
            f"The stress of a point: how far its distances on this map are from its angles in the space, with "
            f"{stress.others} others. Do not trust the surroundings of a point with a high one.{sample}"
        )
    )


@st.cache_data(max_entries=64, show_spinner="Comparing neighbours in the space and on the map…")
def _quality(key: str, request: MapRequest, _embeddings: FloatArray, _points: FloatArray) -> "MapQuality":
    from ser_core.geometry.map_quality import map_quality

    return map_quality(_embeddings, _points)


@st.cache_data(max_entries=16, show_spinner="Comparing distances and angles…")
def _stress(key: str, request: MapRequest, _embeddings: FloatArray, _points: FloatArray) -> "MapStress":
    from ser_core.geometry.map_stress import map_stress

    return map_stress(_embeddings, _points, sphere=request.sphere)
