"""Assembly of a component from its own and shared files, without a build step."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

_SHARED = Path(__file__).parent / "shared"


def component(
    name: str,
    folder: Path,
    *,
    markup: str,
    styles: Iterable[str],
    script: str,
    values: Sequence[str] = ("answer",),
) -> Callable[[Any, str], Any]:
    """Register a component.

    Args:
        name: unique in the app.
        folder: where its files lie; a file that is not there is one of the shared ones.
        markup: its HTML file.
        styles: its CSS files; later ones go before.
        script: its JavaScript module, for example as :func:`joined` makes it.
        values: names of what the browser sends.

    Returns:
        A function that draws the component: called with its data (bytes of :mod:`ser_core.plots.packing`, or plain
        values) and a key, it returns an object with an attribute for each of ``values``: what the browser sent last,
        unchecked; ``None`` before.
    """
    mount = st.components.v2.component(
        name,
        html=_read(folder, markup),
        css=styled(folder, styles),
        js=script,
    )

    noted: dict[str, Any] = {f"on_{one}_change": _noted for one in values}

    def draw(data: Any, key: str) -> Any:
        return mount(data=data, key=key, **noted)

    return draw


def joined(folder: Path, scripts: Iterable[str]) -> str:
    """Join scripts to one module for the browser: what a script uses when it is read stands in one before it."""
    return "\n".join(_read(folder, f"{script}.js") for script in scripts)


def styled(folder: Path, styles: Iterable[str]) -> str:
    """Join style sheets; later ones go before."""
    return "\n".join(_read(folder, style) for style in styles)


def _noted() -> None:
    """Register a component's values with Streamlit; the next run reads them."""


def _read(folder: Path, name: str) -> str:
    own = folder / name
    return (own if own.exists() else _SHARED / name).read_text(encoding="utf-8")
