"""Plotly charts on a page, with their own colours, one set of buttons, and letters as large as those of the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from ser_core.plots.enlarged import enlarged
from ser_core.plots.style import CONFIG
from ui.frame import enlargement

_CAMERA = 34  # pixels that the camera needs above a figure

Mode = Literal["points", "box", "lasso"]


@dataclass(frozen=True)
class ImageExport:
    """Options of the image export of a chart; the browser makes the file.

    Attributes:
        name: of the file, without its ending.
        format: of the file.
    """

    name: str
    format: Literal["svg", "png"]


def draw(figure: Any, *, key: str, alt: str, buttons: bool = True, picture: ImageExport | None = None) -> None:
    """Draw a figure without selection.

    Args:
        figure: from ``ser_core.plots``.
        key: unique on the page.
        alt: what it shows, for those who cannot see it.
        buttons: show Plotly's buttons under the mouse; they cover the upper right corner.
        picture: show the camera alone, always, in a margin above the figure.
    """
    st.plotly_chart(_fitted(figure, picture), theme=None, config=_config(buttons, picture), key=key, **_described(alt))


def draw_to_select(
    figure: Any,
    *,
    key: str,
    alt: str,
    modes: Sequence[Mode] = ("points",),
    buttons: bool = True,
    picture: ImageExport | None = None,
    on_select: Callable[[], None] | Literal["rerun"] = "rerun",
) -> None:
    """Draw a figure whose points can be selected; read them with ``state.selected_points(key)``."""
    st.plotly_chart(
        _fitted(figure, picture),
        theme=None,
        config=_config(buttons, picture),
        key=key,
        on_select=on_select,
        selection_mode=tuple(modes),
        **_described(alt),
    )


def _fitted(figure: Any, picture: ImageExport | None) -> Any:
    by = enlargement()
    if by > 1:  # Plotly takes a moment to make a figure again
        figure = enlarged(figure, by)
    if picture is not None and (figure.layout.margin.t or 0) < _CAMERA:
        figure.update_layout(margin_t=_CAMERA, height=figure.layout.height + _CAMERA - (figure.layout.margin.t or 0))
    return figure


def _config(buttons: bool, picture: ImageExport | None) -> dict[str, Any]:
    if picture is not None:
        options = {"format": picture.format, "filename": picture.name, "scale": 1 if picture.format == "svg" else 3}
        return {
            "displaylogo": False,
            "displayModeBar": True,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": options,
        }
    return dict(CONFIG) if buttons else {"displayModeBar": False}


def _described(alt: str) -> dict[str, Any]:
    # `alt` is newer than the oldest Streamlit that this app runs on.
    import inspect

    return {"alt": alt} if "alt" in inspect.signature(st.plotly_chart).parameters else {}
