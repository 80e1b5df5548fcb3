"""Shared style of all figures."""

import functools
import html
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

INK = "#0E161C"
MUTED = "#4A555D"
GRID = "#E1E6EA"
ACCENT = "#1B5E7D"
SECOND = "#B3541E"
PAPER = "#FFFFFF"
ON_DARK, ON_LIGHT = "#FFFFFF", "#000000"  # what is written in coloured cells: the same on a page of any colour
FAINT = 0.45  # opacity of the fill of a marker that counts less: outside its range, or one seed beside the mean
EDGED = {
    "color": "#7B8289",
    "width": 1,
}  # of markers and bars: seen around any colour, on light and on dark ground
TIME_MARGINS = {"l": 62, "r": 54}  # the same under each other, so that moments line up
SEQUENTIAL = "Cividis"  # even to colour-blind readers, and in grey
DIVERGING = (
    "PuOr"  # orange below zero, purple above: distinguishable with any colour vision, and neither says good or bad
)
LETTERS = 20  # of a name from a file beside an axis: a longer one would leave a picture no room
FONT = '"Source Sans", "Source Sans Pro", "Liberation Sans", Arial, sans-serif'

# For columns other than the emotion: Okabe and Ito (2008) in another order, then what is furthest from those.
# Readers without red or green cones tell each pair apart (a test simulates both).
CATEGORIES: tuple[str, ...] = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#332288", "#D6CE55",
    "#661100", "#6060F0", "#555555", "#50D080",
)  # fmt: skip
CATEGORY_SYMBOLS: tuple[str, ...] = (
    "circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "x", "star",
    "hexagon", "pentagon", "bowtie", "triangle-right", "triangle-left",
)  # fmt: skip

# What `st.plotly_chart(config=…)` and `figure.show(config=…)` take: no logo, and only the useful buttons.
CONFIG: Mapping[str, Any] = MappingProxyType(
    {
        "displaylogo": False,
        "modeBarButtonsToRemove": ["autoScale2d", "toggleSpikelines", "hoverClosestCartesian", "hoverCompareCartesian"],
        "toImageButtonOptions": {"format": "svg"},
    }
)


def faint(colour: str, share: float = FAINT) -> str:
    """Fill a marker that counts less, or a bar behind others; its edge stays, since so faint a colour is lost on dark.

    Examples:
        >>> faint("#0072B2")
        'rgba(0, 114, 178, 0.45)'
    """
    return f"rgba({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))}, {share})"


def literal(text: object) -> str:
    """Write text from files so that Plotly shows it letter by letter, not as its small HTML.

    Examples:
        >>> literal("<b>loud</b> & clear")
        '&lt;b&gt;loud&lt;/b&gt; &amp; clear'
    """
    return html.escape(str(text), quote=False)  # Plotly knows no name for quotation marks, and needs none


def short(text: str, letters: int) -> str:
    """Cut a text from a file to so many letters, the last of them then an ellipsis.

    Examples:
        >>> short("surprised", 9), short("surprised", 6)
        ('surprised', 'surpr…')
    """
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def axis_name(name: object) -> str:
    """Write a name from files beside an axis: letter by letter, and no longer than :data:`LETTERS`.

    Examples:
        >>> axis_name("a<b"), axis_name("surprised, but not much")
        ('a&lt;b', 'surprised, but not …')
    """
    return literal(short(str(name), LETTERS))


def sequential_colours(steps: int = 33) -> list[str]:
    """Sample :data:`SEQUENTIAL` evenly, for what draws in the browser; from dark to bright, as ``#rrggbb``.

    Examples:
        >>> sequential_colours(2)
        ['#00224e', '#fee838']
    """
    from plotly.colors import sample_colorscale

    triples = sample_colorscale(SEQUENTIAL, [step / (steps - 1) for step in range(steps)], colortype="tuple")
    return ["#" + "".join(f"{round(part * 255):02x}" for part in triple) for triple in triples]


def styled(
    figure: go.Figure,
    *,
    height: int,
    x_title: str | None = None,
    y_title: str | None = None,
    legend: bool = False,
) -> go.Figure:
    """Apply the shared style to a figure, in place; returns it.

    ``height`` is in pixels, the width follows the page; a legend stands below the drawing, so that a narrow screen
    keeps its width; titles name axis and unit.
    """
    figure.update_layout(
        template=_look(),
        height=height,
        showlegend=legend,
        # Not in the look: pages read the margins, and some Streamlits put their theme where these are not set.
        font={"family": FONT, "color": INK, "size": 14},
        margin={"l": 8, "r": 12, "t": 12, "b": 8},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
    )
    if x_title is not None:
        figure.update_xaxes(title_text=x_title)
    if y_title is not None:
        figure.update_yaxes(title_text=y_title)
    return figure


@functools.cache
def _look() -> go.layout.Template:
    """Return the style of all axes and legends: Plotly is slow to write it into each, up to 0.1 s a figure."""
    axis = {
        "gridcolor": GRID,
        "showgrid": True,
        "linecolor": GRID,
        "showline": True,  # a template's colour alone draws no line
        "zeroline": False,
        "automargin": True,
        "tickfont": {"color": MUTED, "size": 13},
        "title": {"font": {"color": INK, "size": 14}, "standoff": 8},
    }
    return go.layout.Template(
        layout={
            "xaxis": axis,
            "yaxis": axis,
            "legend": {"orientation": "h", "yanchor": "top", "y": -0.16, "x": 0, "font": {"size": 13}},
            "hoverlabel": {"bgcolor": PAPER, "bordercolor": MUTED, "font": {"family": FONT, "color": INK, "size": 13}},
            "dragmode": "pan",
        }
    )
