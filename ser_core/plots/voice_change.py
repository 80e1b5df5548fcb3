"""The angle of one clip to every emotion, as a model was trained and for a voice."""

from collections.abc import Mapping

import plotly.graph_objects as go

from ser_core.errors import InputError
from ser_core.labels import COLOURS, SYMBOLS, in_order
from ser_core.plots.style import EDGED, MUTED, styled
from ser_core.types import Degrees

TICK = "line-ns"  # where an angle was


def change_figure(
    before: Mapping[str, Degrees], after: Mapping[str, Degrees], *, spoken: str | None, reach: Degrees = 0.0
) -> go.Figure:
    """Draw one track per emotion: a tick before, the marker after, and the way between them.

    Angles are in degrees, ``[0, 180]``, zero on the left; the name of the spoken emotion, if told, is bold. The axis
    goes at least to ``reach``, so that figures beside each other can be compared.

    Raises:
        InputError: if the two do not list the same emotions, or one is not canonical.
    """
    if set(before) != set(after):
        raise InputError(
            f"Expected the same emotions before and after; got {', '.join(before)} and {', '.join(after)}. "
            "Take both from the same model."
        )
    labels = in_order(before)
    places = list(range(len(labels)))
    colours, symbols = [COLOURS[label] for label in labels], [SYMBOLS[label] for label in labels]
    figure = go.Figure(
        go.Scatter(
            x=[end for label in labels for end in (before[label], after[label], None)],
            y=[end for place in places for end in (place, place, None)],
            mode="lines",
            line={"color": MUTED, "width": 2},
            hoverinfo="skip",
        )
    )
    for name, angles, size, signs in (("as trained", before, 14, TICK), ("for this voice", after, 13, symbols)):
        figure.add_trace(
            go.Scatter(
                x=[angles[label] for label in labels],
                y=places,
                mode="markers",
                name=name,
                marker={
                    "symbol": signs,
                    "size": size,
                    "color": colours,
                    "line": {"color": colours, "width": 3} if signs == TICK else EDGED,
                    "opacity": 1,
                },
                customdata=labels,
                hovertemplate=f"%{{customdata}} {name}: %{{x:.1f}}°<extra></extra>",
                cliponaxis=False,
            )
        )
    widest = max([*before.values(), *after.values(), reach])
    figure.add_trace(
        go.Scatter(
            x=[max(before[label], after[label]) for label in labels],
            y=places,
            mode="text",
            text=[f"     {before[label]:.0f}° → {after[label]:.0f}°" for label in labels],
            textposition="middle right",
            textfont={"color": MUTED, "size": 12},
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    styled(figure, height=64 + 26 * len(labels), x_title="angle to the emotion's direction (°)")
    named = [f"<b>{label}</b>" if label == spoken else label for label in labels]
    figure.update_xaxes(range=[0, widest * 1.42 + 3], fixedrange=True, tickvals=list(range(0, 181, 30)))
    figure.update_yaxes(
        tickvals=places, ticktext=named, range=[len(labels) - 0.4, -0.6], showgrid=False, fixedrange=True
    )
    return figure
