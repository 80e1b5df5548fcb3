"""Figures on a page: their own colours, nothing of the theme, and one set of buttons."""

from collections.abc import Sequence
from typing import Any, Literal

import streamlit as st

from ser_core.plots.style import CONFIG

Mode = Literal["points", "box", "lasso"]


def draw(figure: Any, *, key: str, alt: str, buttons: bool = True) -> None:
    """Draw a figure that is only looked at.

    Args:
        figure: from ``ser_core.plots``.
        key: unique on the page.
        alt: what it shows, for those who cannot see it.
        buttons: show Plotly's buttons under the mouse; they cover the upper right corner.
    """
    st.plotly_chart(figure, theme=None, config=_config(buttons), key=key, **_described(alt))


def draw_to_select(
    figure: Any, *, key: str, alt: str, modes: Sequence[Mode] = ("points",), buttons: bool = True
) -> None:
    """Draw a figure whose points can be selected; read them with ``state.selected_points(key)``."""
    st.plotly_chart(
        figure,
        theme=None,
        config=_config(buttons),
        key=key,
        on_select="rerun",
        selection_mode=tuple(modes),
        **_described(alt),
    )


def _config(buttons: bool) -> dict[str, Any]:
    return dict(CONFIG) if buttons else {"displayModeBar": False}


def _described(alt: str) -> dict[str, Any]:
    # `alt` is newer than the oldest Streamlit that this app runs on.
    import inspect

    return {"alt": alt} if "alt" in inspect.signature(st.plotly_chart).parameters else {}
