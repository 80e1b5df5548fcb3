"""Assembly of a component from its own and shared files, and the bundle of its scripts."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from ui.components import glossary

_SHARED = Path(__file__).parent / "shared"


def component(
    name: str,
    folder: Path,
    *,
    markup: str,
    styles: Iterable[str],
    values: Sequence[str] = ("answer",),
) -> Callable[[Any, str], Any]:
    """Register a component.

    Args:
        name: unique in the app.
        folder: where its files lie, with the bundle of its scripts; a style sheet that is not there is a shared one.
        markup: its HTML file; terms of the glossary stand in it in double brackets.
        styles: its CSS files; later ones go before.
        values: names of what the browser sends.

    Returns:
        A function that draws the component: called with its data (bytes of :mod:`ser_core.plots.packing`, or plain
        values) and a key, it returns an object with an attribute for each of ``values``: what the browser sent last,
        unchecked; ``None`` before.
    """
    mount = st.components.v2.component(
        name,
        html=glossary.with_terms((folder / markup).read_text(encoding="utf-8")),
        css=styled(folder, styles),
        js=script(folder),
    )

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


def _noted() -> None:
    """Register a component's values with Streamlit; the next run reads them."""
