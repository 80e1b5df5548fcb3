"""Put the map on a page."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ser_core.plots.point_map import PointMap
from ui.components.point_map.answer import Answer, checked

_BROWSER = Path(__file__).parent / "browser"
# One module for the browser: what a file uses when it is read stands in one before it.
_SCRIPTS = (
    "symbols", "payload", "geometry", "camera", "memory", "columns", "legend", "theme", "renderer", "marked", "marks",
    "surroundings", "gestures", "picture", "map",
)  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """A recording on the map.

    Attributes:
        at: where it is drawn; see :meth:`ser_core.plots.point_map.PointMap.drawn_at`.
        name: what stands beside it.
    """

    at: tuple[float, ...]
    name: str


def script(names: tuple[str, ...] = _SCRIPTS) -> str:
    """Join the map's scripts."""
    return "\n".join(_read(f"{name}.js") for name in names)


def draw(made: PointMap, *, key: str) -> Answer:
    """Draw a map.

    Args:
        made: from :func:`ser_core.plots.point_map.point_map`. Its bytes cross once: Streamlit keeps large messages in
            the browser by their content, and a run that sends the same ones sends only their name.
        key: of maps that follow each other in one place; selection and filters outlive a change of projection under it.

    Returns:
        What is chosen now.
    """
    result: Any = _component()(data=made.content, key=key, on_answer_change=_noted, on_kept_change=_noted)
    return checked(result.answer, made.ids, kept=result.kept)


def mark(*, space: str, view: str, ringed: Sequence[int] = (), placed: Placed | None = None) -> None:
    """Mark something on the map of this page; it takes little to send, since the points stay where they are.

    Args:
        space: of the map; see :func:`ser_core.plots.point_map.point_map`.
        view: of the map on which ``placed`` was placed.
        ringed: ids of utterances that are heard elsewhere on the page.
        placed: a recording that is none of the points.
    """
    marks = {
        "space": space,
        "view": view,
        "ringed": list(ringed),
        "placed": None if placed is None else {"at": list(placed.at), "name": placed.name},
    }
    _marking()(data=marks, key="marks on the map", height="content")


@functools.cache
def _component() -> Any:
    return st.components.v2.component("utterance_map", html=_read("map.html"), css=_read("map.css"), js=script())


@functools.cache
def _marking() -> Any:
    return st.components.v2.component("utterance_map_marks", html="<span hidden></span>", js=_read("marking.js"))


def _noted() -> None:
    """Let Streamlit know that the map has answers; the run that follows reads them."""


def _read(name: str) -> str:
    return (_BROWSER / name).read_text(encoding="utf-8")
