"""The light and the dark theme, where Streamlit's settings do not reach: figures, and letters on the accent.

Figures are made in the colours of ``ser_core/plots/style.py``, on white. On a dark page a style sheet draws them in
others: a browser that saves a picture leaves the sheet of the page out, so every saved picture is a light one, and a
change of the theme needs no run. Streamlit sets ``color-scheme`` on the app, which ``light-dark()`` follows.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import streamlit as st

from ser_core.plots.architecture import EDGE, FILLS, PLAIN
from ser_core.plots.style import ACCENT, GRID, INK, MUTED, PAPER, SECOND

Theme = Literal["light", "dark"]
CHART = "[data-testid=stPlotlyChart]"
BUTTON = ":root:root [data-testid^=stBaseButton-primary]:not(:disabled)"

# The colour of a figure on a light page → on a dark one. White is drawn as the page's ground.
IN_THE_DARK: Mapping[str, str] = MappingProxyType(
    {
        INK: "#EDF2F5",
        MUTED: "#B4C0C8",
        GRID: "#2A373F",
        ACCENT: "#7FB9D6",
        SECOND: "#FFB07A",
        EDGE: "#4D5C66",
        PLAIN: "#1B262E",
        FILLS["front end"]: "#1D2B34",
        FILLS["convolution"]: "#3A2D17",
        FILLS["recurrent"]: "#17352A",
        FILLS["dense"]: "#3A2433",
        FILLS["pooling"]: "#173341",
        FILLS["embedding"]: "#37331A",
        FILLS["head"]: "#292542",
    }
)


def colour(theme: Theme, name: str) -> str:
    """Return a colour of a theme by its name in Streamlit's settings, such as ``textColor``."""
    return str(st.get_option(f"theme.{theme}.{name}"))


def sheet() -> str:
    """Write the style sheet.

    ``--accent`` is the themes' primary colour, ``--on-accent`` what is written on it.
    """
    rules = [
        f":root {{ --accent: {_either('primaryColor')}; --on-accent: {_either('backgroundColor')}; }}",
        f"{BUTTON} {{ background-color: var(--accent); color: var(--on-accent); }}",
        f"{BUTTON}:hover {{ filter: brightness(0.9); }}",
        f"{CHART} .main-svg {{ background: transparent !important; }}",
        f"{CHART} .modebar-group {{ background: transparent !important; }}",
        f"{CHART} .modebar-btn path {{ fill: var(--accent) !important; }}",
    ]
    rules += [
        _redrawn(f"[style*='{kind}: {_as_browsers_write(light)}']", kind, light, dark)
        for light, dark in IN_THE_DARK.items()
        for kind in ("fill", "stroke")
    ]
    # White lines and letters lie on coloured ground and stay; white ground and edges of markers follow the page.
    white, ground = _as_browsers_write(PAPER), colour("dark", "backgroundColor")
    rules += [
        _redrawn(f":not(text)[style*='fill: {white}']", "fill", PAPER, ground),
        _redrawn(f":is(.points, .legendpoints) path[style*='stroke: {white}']", "stroke", PAPER, ground),
    ]
    return "\n".join(rules)


def _either(name: str) -> str:
    return f"light-dark({colour('light', name)}, {colour('dark', name)})"


def _redrawn(elements: str, kind: str, light: str, dark: str) -> str:
    return f"{CHART} {elements} {{ {kind}: light-dark({light}, {dark}) !important; }}"


def _as_browsers_write(hexadecimal: str) -> str:
    """Return a colour as it stands in an element's style: ``rgb(14, 22, 28)``."""
    return f"rgb({', '.join(str(int(part, 16)) for part in re.findall('[0-9A-Fa-f]{2}', hexadecimal))})"
