"""Waveform, drawn as minimum and maximum per interval of time."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ser_core.audio.outline import WaveformOutline
from ser_core.errors import InputError
from ser_core.plots.style import ACCENT, MUTED, PAPER, SECOND, TIME_MARGINS, styled
from ser_core.types import FloatArray, Hertz, Seconds

COLUMNS = 1500  # horizontal resolution


def envelope(samples: FloatArray, *, columns: int) -> tuple[FloatArray, FloatArray]:
    """Return lows and highs of samples in equal stretches, each ``(min(columns, N),)``.

    Raises:
        InputError: if ``samples`` is empty or not one-dimensional.

    Examples:
        >>> lows, highs = envelope(np.array([0.0, 1.0, -1.0, 0.5]), columns=2)
        >>> lows.tolist(), highs.tolist()
        ([0.0, -1.0], [1.0, 0.5])
    """
    if samples.ndim != 1 or samples.shape[0] == 0:
        raise InputError(
            f"Expected samples of shape (N,) with N > 0; got {samples.shape}. "
            "Mix the channels down, or read a longer clip."
        )
    overview = WaveformOutline(samples.shape[0], columns=columns)
    overview.take(samples)
    return overview.outline()


def waveform_figure(
    samples: FloatArray,
    *,
    sample_rate: Hertz,
    speech: Sequence[tuple[Seconds, Seconds]] = (),
    kept: tuple[Seconds, Seconds] | None = None,
) -> go.Figure:
    """Draw amplitude, as a fraction of full scale, of samples ``(N,)`` over time in seconds.

    Stretches of speech are shaded; what lies outside the two ends of ``kept`` is veiled.

    Raises:
        InputError: if ``samples`` is empty or not one-dimensional.
    """
    lows, highs = envelope(samples, columns=COLUMNS)
    duration = samples.shape[0] / sample_rate
    times = np.linspace(0.0, duration, lows.shape[0], endpoint=False)
    figure = go.Figure()
    for start, end in speech:
        figure.add_vrect(x0=start, x1=end, fillcolor=ACCENT, opacity=0.08, line_width=0, layer="below")
    shared = {"mode": "lines", "line": {"color": ACCENT, "width": 1}}
    figure.add_trace(go.Scatter(x=times, y=lows.round(4), hoverinfo="skip", **shared))
    figure.add_trace(
        go.Scatter(
            x=times,
            y=highs.round(4),
            fill="tonexty",
            fillcolor=ACCENT,
            hovertemplate="%{x:.2f} s, peak %{y:.3f}<extra></extra>",
            **shared,
        )
    )
    limit = max(0.05, float(np.abs(samples).max()) * 1.05)
    figure.add_hline(y=0, line={"color": MUTED, "width": 0.5})
    if kept is not None:
        for start, end in ((0.0, kept[0]), (kept[1], duration)):
            figure.add_vrect(x0=start, x1=end, fillcolor=PAPER, opacity=0.75, line_width=0, layer="above")
        for moment in kept:
            figure.add_vline(x=moment, line={"color": SECOND, "width": 2})
    styled(figure, height=170, x_title="time (s)", y_title="amplitude")
    figure.update_xaxes(range=[0, duration], automargin="height")
    figure.update_yaxes(range=[-limit, limit], nticks=5, automargin=False)
    figure.update_layout(margin=TIME_MARGINS)
    return figure
