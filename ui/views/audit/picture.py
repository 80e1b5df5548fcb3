"""The first picture: the table of angles, the verdict in a sentence, and three of the angles one after the other."""

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.geometry.audit import Audit
from ser_core.geometry.reach import Triple, tightest
from ser_core.plots.audit import MARKED, WRITTEN, audited_figure
from ser_core.plots.detour import detour_figure
from ui import cache, state
from ui.components import charts, glossary
from ui.views.audit.verdict import draw_verdict

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

SHOWN = 200  # pairs that can be chosen: those with the least to spare
PAIR = "audited pair"


def draw_picture(found: Audit) -> "DeltaGenerator":
    """Draw the table beside the verdict and the chosen pair's triple; returns the place below the verdict."""
    labels = found.table.labels
    name = f"{PAIR} of {cache.digest(repr(labels).encode() + found.table.degrees.tobytes())}"
    triples = tightest(labels, found.table.degrees, found.reach, most=SHOWN)
    table, side = st.columns([3, 2])
    verdict = side.container()
    below = side.container(horizontal=True)
    chosen: Triple | None = None
    if triples:
        with side:
            chosen = _choose(triples, name)
            _draw_triple(chosen)
    key = f"audit given|{name}"
    with table:
        charts.draw_to_select(
            audited_figure(
                found.table.degrees,
                labels,
                excess=found.excess,
                chosen=None if chosen is None else (chosen.a, chosen.b),
            ),
            key=key,
            alt="The given angles in degrees; pairs that violate the triangle inequality are marked.",
            buttons=False,
            on_select=functools.partial(_take, key, name, triples),
        )
        glossary.caption(_under(found))
    with verdict:
        draw_verdict(found)
    return below


def _choose(triples: Sequence[Triple], name: str) -> Triple:
    options = list(range(len(triples)))
    number: int = st.selectbox(
        "Pair",
        options,
        key=state.prepared(name, options),
        format_func=lambda place: _title(triples[place]),
        help="Those with the least to spare come first. Or press a pair in the table.",
    )
    state.remember(name, number)
    return triples[number]


def _title(one: Triple) -> str:
    return f"{one.a} – {one.b}, by way of {one.via}"


def _draw_triple(one: Triple) -> None:
    less = "less than" if one.spare_degrees < 0 else "no less than"
    charts.draw(
        detour_figure(one),
        key="audit triple",
        alt=f"From {one.a} to {one.b} by way of {one.via}: the way round is {less} the angle between them.",
        buttons=False,
    )


def _under(found: Audit) -> str:
    words = ["[[Angles|angle]] between [[directions|direction]], in degrees."]
    if (found.excess > 0).any():
        few = 0 < (found.excess > 0).sum() <= MARKED
        words.append("Framed: too far." if few else "So many marks would hide the table: it is drawn without.")
    if len(found.table.labels) <= WRITTEN:
        words.append("Press a pair.")
    return " ".join(words)


def _take(key: str, name: str, triples: Sequence[Triple]) -> None:
    """Choose the pair whose cell was pressed; the diagonal is none."""
    for pressed in state.selected_points(key):
        for place, one in enumerate(triples):
            if {one.a, one.b} == set(pressed):
                state.choose(name, place)
