"""What few seeds could have said: the difference that each choice of some seeds gives."""

import numpy as np
import plotly.graph_objects as go

from ser_core.plots.style import ACCENT, INK, SECOND, styled
from ser_core.types import FloatArray
from ser_core.written_numbers import without_minus_zero

WIDTH = 0.5  # points of a bar


def few_seeds_figure(means: FloatArray, whole: float) -> go.Figure:
    """Draw how often each difference, in points, is found by a choice of some seeds, beside that of all of them."""
    first, last = np.floor(min(means.min(), 0) / WIDTH) * WIDTH, np.ceil(max(means.max(), 0) / WIDTH) * WIDTH
    edges = np.arange(first, last + WIDTH, WIDTH)
    counts, edges = np.histogram(means, bins=edges)
    middles = (edges[:-1] + edges[1:]) / 2
    figure = go.Figure(
        go.Bar(
            x=without_minus_zero(middles, 2),
            y=counts,
            width=WIDTH * 0.92,
            marker={"color": [ACCENT if middle < 0 else SECOND for middle in middles]},
            hovertemplate="%{x:+.2f} points: %{y} choices<extra></extra>",
        )
    )
    styled(figure, height=260, x_title="triplets less softmax again, points", y_title="choices of five seeds")
    figure.update_layout(margin_t=32)
    for at, text in ((0.0, "no difference"), (whole, "all seeds")):
        figure.add_vline(x=at, line={"color": INK, "width": 2, "dash": "dot"})
        figure.add_annotation(
            x=at, y=1, yref="paper", yanchor="bottom", showarrow=False, text=text, font={"size": 14, "color": INK}
        )
    return figure
