"""A figure drawn larger: letters, markers, lines, margins and height, so that everything still fits."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

# What Plotly measures in pixels wherever it stands. Widths are pixels only of lines: those of bars are data.
_PIXELS = frozenset(
    {
        "arrowwidth", "borderpad", "borderwidth", "height", "outlinewidth", "size", "standoff", "thickness", "ticklen",
        "tickwidth", "xgap", "xpad", "xshift", "ygap", "ypad", "yshift",
    }
)  # fmt: skip
_OF_MARGINS = frozenset({"l", "r", "t", "b", "pad"})


def enlarged(figure: go.Figure, by: float) -> go.Figure:
    """Return the same figure with everything that is measured in pixels so many times larger.

    Its width follows the page as before. What is given in data, in shares of the drawing, or to the pictures that are
    saved is unchanged.

    Args:
        figure: in the shared style, unchanged by this.
        by: 1 leaves every size as it is.
    """
    return go.Figure(
        data=[_grown(trace.to_plotly_json(), by, "") for trace in figure.data],
        layout=_grown(figure.layout.to_plotly_json(), by, ""),
    )


def _grown(part: Mapping[str, Any], by: float, name: str) -> dict[str, Any]:
    """Enlarge what Plotly keeps under a name."""
    return {key: _larger(value, by, name, key, part) for key, value in part.items()}


def _larger(value: Any, by: float, name: str, key: str, beside: Mapping[str, Any]) -> Any:
    if isinstance(value, Mapping):
        return _grown(value, by, key)
    if isinstance(value, list | tuple) and any(isinstance(one, Mapping) for one in value):
        return [_grown(one, by, key) for one in value]
    if value is None or not _is_in_pixels(name, key, beside):
        return value
    if key == "path":  # its horizontal unit is a pixel
        return re.sub(r"(-?[\d.]+),", lambda found: f"{by * float(found[1]):g},", value)
    return (by * np.asarray(value, dtype=np.float64)).tolist()


def _is_in_pixels(name: str, key: str, beside: Mapping[str, Any]) -> bool:
    if key in {"ax", "ay"}:  # the far end of an arrow: from its point, or a place of the axis that it names
        return str(beside.get(f"{key}ref", "pixel")) == "pixel"
    if key == "width":
        return name == "line" or name.startswith("error_")
    if key == "path":
        return str(beside.get("xsizemode")) == "pixel"
    return key in _PIXELS or (name == "margin" and key in _OF_MARGINS)
