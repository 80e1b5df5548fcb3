"""The angle of one utterance to every emotion's direction, beside the range in which that emotion usually lies."""

from collections.abc import Mapping

import plotly.graph_objects as go

from ser_core.errors import InputError
from ser_core.labels import COLOURS, SYMBOLS, in_order
from ser_core.plots.style import EDGED, faint, styled
from ser_core.types import Degrees

RANGE = 0.28  # opacity of a band's fill


def angles_figure(angles: Mapping[str, Degrees], ranges: Mapping[str, Degrees], *, reach: Degrees = 0.0) -> go.Figure:
    """Draw one track per emotion: the band is its range, the marker is this utterance.

    A marker outside its band is faint, so that the difference does not depend on colour. Angles
    are in degrees, ``[0, 180]``, zero on the left; within its range lie 90 % of an emotion's development utterances.
    The axis goes at least to ``reach``, so that figures beside each other can be compared.

    Raises:
        InputError: if the two tables do not list the same emotions, or one is not canonical.
    """
    if set(angles) != set(ranges):
        raise InputError(
            f"Expected one range for each of {', '.join(angles)}; got {', '.join(ranges) or 'none'}. "
            "Take both from the same checkpoint."
        )
    labels = in_order(angles)
    inside = [angles[label] <= ranges[label] for label in labels]
    figure = go.Figure(
        go.Bar(
            x=[ranges[label] for label in labels],
            y=list(labels),
            orientation="h",
            marker={"color": [faint(COLOURS[label], RANGE) for label in labels], "line": EDGED},
            width=0.62,
            name="range",
            hovertemplate="%{y}: 90 % of known speech lies within %{x:.1f}°<extra></extra>",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[angles[label] for label in labels],
            y=list(labels),
            mode="markers+text",
            name="this recording",
            text=[f"   {angles[label]:.0f}°" for label in labels],
            textposition="middle right",
            cliponaxis=False,
            marker={
                "symbol": [SYMBOLS[label] for label in labels],
                "size": 13,
                "color": [
                    COLOURS[label] if near else faint(COLOURS[label])
                    for label, near in zip(labels, inside, strict=True)
                ],
                "line": EDGED,
            },
            customdata=["inside its range" if near else "outside its range" for near in inside],
            hovertemplate="%{y}: %{x:.1f}°, %{customdata}<extra></extra>",
        )
    )
    widest = max([*angles.values(), *ranges.values(), reach])
    styled(figure, height=70 + 32 * len(labels), x_title="angle to the emotion's direction (°)")
    figure.update_xaxes(range=[0, min(196.0, widest * 1.14 + 3)], fixedrange=True)
    figure.update_yaxes(autorange="reversed", showgrid=False, fixedrange=True, tickfont={"size": 14})
    return figure
