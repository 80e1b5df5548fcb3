"""Scores of a few systems, one bar each, to be read from the back of a room."""

from collections.abc import Collection, Mapping, Sequence

import plotly.graph_objects as go

from ser_core.plots.bars import filling
from ser_core.plots.style import INK, MUTED, literal, styled

LEAST_HEIGHT, PER_SYSTEM = 500, 90  # pixels: half of the first screen, and a bar with its name
_BAR = 0.5  # of the room of a system; its name stands above
_BELOW = 0.35  # from the middle of a bar to above the next name
_TEXT = 17  # pixels


def system_scores_figure(
    scores: Mapping[str, Sequence[float]],
    *,
    chance: float | None,
    intervals: Mapping[str, tuple[float, float]],
    apart: Collection[str] = (),
) -> go.Figure:
    """Draw a bar per system in percent, the mean of its values; several values are strokes on it.

    Args:
        scores: name of a system → one value for each seed, fractions from 0 to 1; none draws no bar.
        chance: what guessing would score, a fraction; drawn as a line.
        intervals: name → lower and upper bound, fractions; drawn as whiskers where there is one.
        apart: names of those that were not tested like the others; drawn lighter.
    """
    figure = go.Figure()
    names = list(scores)
    for number, (name, values) in enumerate(scores.items()):
        place = len(names) - 1 - number
        if values:
            _draw_bar(figure, name, values, place, number, intervals.get(name), faint=name in apart)
        note = "" if values else ": no score yet"
        figure.add_annotation(
            x=0, y=place + _BAR / 2, text=f"<b>{literal(name)}</b>{note}", showarrow=False, xanchor="left",
            yanchor="bottom", align="left", font={"size": _TEXT, "color": INK},
        )  # fmt: skip
    styled(figure, height=max(LEAST_HEIGHT, PER_SYSTEM * len(names)))
    if chance is not None:
        for place in range(len(names)):  # beside each bar, not through the names
            figure.add_shape(
                type="line", x0=100 * chance, x1=100 * chance, y0=place - (_BELOW if place else 1), y1=place + _BAR / 2,
                line={"color": MUTED, "dash": "dot", "width": 2},
            )  # fmt: skip
        figure.add_annotation(
            x=100 * chance, y=-0.5, text=f"guessing: {100 * chance:.0f} %", showarrow=False, xanchor="left",
            yanchor="bottom", xshift=4, font={"size": 14, "color": MUTED},
        )  # fmt: skip
    figure.update_layout(barmode="overlay", margin_t=4)
    figure.update_xaxes(range=[0, 100], ticksuffix=" %", fixedrange=True, tickfont_size=14)
    figure.update_yaxes(range=[-0.55, len(names) - 0.4], visible=False, fixedrange=True)
    return figure


def _draw_bar(
    figure: go.Figure,
    name: str,
    values: Sequence[float],
    place: int,
    number: int,
    interval: tuple[float, float] | None,
    *,
    faint: bool,
) -> None:
    mean = 100 * sum(values) / len(values)
    bounds = None if interval is None else [100 * bound for bound in interval]
    figure.add_trace(
        go.Bar(
            x=[mean],
            y=[place],
            orientation="h",
            width=_BAR,
            name=literal(name),
            marker=filling(number),
            opacity=0.45 if faint else 1.0,
            error_x=None
            if bounds is None
            else {"array": [bounds[1] - mean], "arrayminus": [mean - bounds[0]], "color": INK, "thickness": 2},
            hovertemplate=f"{literal(name)}: %{{x:.1f}} %<extra></extra>",
            showlegend=False,
        )
    )
    reach = max([mean, *(100 * value for value in values if len(values) > 1), *(bounds or [])])
    figure.add_annotation(
        x=min(reach, 88), y=place, text=f"<b>{mean:.1f} %</b>", showarrow=False, xanchor="left", xshift=8,
        font={"size": _TEXT + 3, "color": INK},
    )  # fmt: skip
    if len(values) > 1:
        figure.add_trace(
            go.Scatter(
                x=[100 * value for value in values],
                y=[place] * len(values),
                mode="markers",
                marker={"symbol": "line-ns", "size": 22, "line": {"width": 2, "color": INK}},
                hovertemplate=f"{literal(name)}, one seed: %{{x:.1f}} %<extra></extra>",
                showlegend=False,
            )
        )
