"""Assembly of a component from its own and shared files, and the bundle of its scripts."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from ui.components import glossary
from ui.server import component_files

_SHARED = Path(__file__).parent / "shared"
_LOADER = Path(__file__).with_name("loader.js")


def component(
    name: str,
    folder: Path,
    *,
    markup: str,
    styles: Iterable[str],
    values: Sequence[str] = ("answer",),
    fetched: bool = False,
) -> Callable[[Any, str], Any]:
    """Register a component.

    Args:
        name: unique in the app.
        folder: where its files lie, with the bundle of its scripts; a style sheet that is not there is a shared one.
        markup: its HTML file; terms of the glossary stand in it in double brackets.
        styles: its CSS files; later ones go before.
        values: names of what the browser sends.
        fetched: whether the browser fetches markup, style and script once, by their address; otherwise they are sent
            along whenever the data have changed. For a component whose data change several times a second.

    Returns:
        A function that draws the component: called with its data (bytes of :mod:`ser_core.plots.packing`, or plain
        values) and a key, it returns an object with an attribute for each of ``values``: what the browser sent last,
        unchecked; ``None`` before.
    """
    html = glossary.with_terms((folder / markup).read_text(encoding="utf-8"))
    css, js = styled(folder, styles), script(folder)
    if fetched:
        mount = st.components.v2.component(name, js=_loader(html, css, js))
    else:
        mount = st.components.v2.component(name, html=html, css=css, js=js)

    noted: dict[str, Any] = {f"on_{one}_change": _noted for one in values}

    def draw(data: Any, key: str) -> Any:
        return mount(data=data, key=key, **noted)

    return draw


def script(folder: Path) -> str:
    """Read a component's script: its ``main.js`` with all that it imports, as ``npm run build`` has bundled them."""
    return (folder / "bundle.js").read_text(encoding="utf-8")


def styled(folder: Path, styles: Iterable[str]) -> str:
    """Join style sheets; later ones go before."""
    sheets = ((folder / style, _SHARED / style) for style in styles)
    return "\n".join((own if own.exists() else shared).read_text(encoding="utf-8") for own, shared in sheets)


def _loader(html: str, css: str, js: str) -> str:
    """Return a short script that fetches a component and takes its place."""
    told = f"export const componentMarkup = {json.dumps(html)}, componentStyles = {json.dumps(css)};"
    return _LOADER.read_text(encoding="utf-8").replace("ADDRESS", component_files.keep(f"{js}\n{told}\n"))


def _noted() -> None:
    """Register a component's values with Streamlit; the next run reads them."""
