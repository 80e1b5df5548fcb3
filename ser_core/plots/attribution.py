"""What in a sound spoke for a class, drawn over its spectrogram."""

from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from ser_core.plots.spectrogram import spectrogram_figure

if TYPE_CHECKING:
    from ser_core.inference.attribution import Attribution

FOR, AGAINST = "66, 31, 130", "196, 84, 0"  # purple and orange, told apart with any colour vision
STRONGEST = 0.995  # quantile of the sizes that has the full colour: single values may be far larger than all others
_GREYS = [[0.0, "#FFFFFF"], [1.0, "#2B2B2B"]]


def attribution_figure(found: "Attribution") -> go.Figure:
    """Draw the spectrogram that a model hears in grey, and over it what speaks for and against a class.

    The colour is the stronger, the larger the share; none has no colour.

    Args:
        found: the shares.
    """
    figure = spectrogram_figure(found.levels, times=found.times, frequencies=found.hertz)
    figure.data[0].update(colorscale=_GREYS, showscale=False, hoverinfo="skip", hovertemplate=None)
    limit = float(np.quantile(np.abs(found.values), STRONGEST)) or float(np.abs(found.values).max()) or 1.0
    shares = np.clip(found.values / limit, -1, 1)
    figure.add_trace(
        go.Heatmap(
            z=shares.T.astype(np.float32).round(3),
            x=found.times.round(4),
            y=np.arange(len(found.hertz)),
            customdata=np.broadcast_to(found.hertz.round()[:, None], shares.T.shape),
            zmin=-1,
            zmax=1,
            colorscale=[
                [0.0, f"rgba({AGAINST}, 0.95)"],
                [0.5, "rgba(255, 255, 255, 0)"],
                [1.0, f"rgba({FOR}, 0.95)"],
            ],
            showscale=False,
            hovertemplate="%{x:.2f} s, %{customdata:.0f} Hz: %{z:.0%} of the strongest<extra></extra>",
        )
    )
    figure.add_trace(_scale())
    return figure


def _scale() -> go.Scatter:
    """Return the scale beside the picture: white means none there too, though the page around it may be dark."""
    return go.Scatter(
        x=[None],
        y=[None],
        mode="markers",
        hoverinfo="skip",
        showlegend=False,
        marker={
            "color": [0],
            "cmin": -1,
            "cmax": 1,
            "colorscale": [[0.0, f"rgb({AGAINST})"], [0.5, "rgb(255, 255, 255)"], [1.0, f"rgb({FOR})"]],
            "showscale": True,
            "colorbar": {
                "thickness": 10,
                "tickvals": [-1, 0, 1],
                "ticktext": ["against", "none", "for"],
                "outlinewidth": 0,
            },
        },
    )
