"""How sound becomes frames: windows along the waveform, the mel filters, and the spectrogram that follows from both."""

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ser_core.errors import InputError
from ser_core.plots.style import ACCENT, INK, MUTED, SECOND, SEQUENTIAL, styled
from ser_core.types import FloatArray, Seconds

if TYPE_CHECKING:
    from ser_core.features.front_end import FrontEnd

HEIGHT, LOW = 470, 360  # pixels
EXCERPT = 0.15  # seconds of the waveform
_TICKS = (0, 250, 1000, 2000, 4000, 8000)
_SHARES = (0.26, 0.16, 0.58)  # of the height


def of_whole_recording(front_end: "FrontEnd") -> "FrontEnd":
    """Return the same frames without what cuts, continues or scales a recording, so that all of it is seen.

    A front end without a spectrogram gets that of log-mel frames.
    """
    kind = front_end.kind if front_end.kind in ("log-mel", "log-stft") else "log-mel"
    return dataclasses.replace(front_end, kind=kind, trim=False, level=False, longest_seconds=0.0, duration_seconds=0.0)


def frequencies_of(front_end: "FrontEnd") -> FloatArray:
    """Return the frequency in the middle of each feature of a frame, in hertz, shape ``(F,)``."""
    from ser_core.features.mel import band_centres

    if front_end.kind == "log-stft":
        return np.linspace(0.0, front_end.sample_rate / 2, front_end.feature_count)
    return band_centres(front_end.mel_bands, lowest=front_end.lowest_hertz, highest=front_end.highest_hertz)


def taper_of(front_end: "FrontEnd") -> FloatArray:
    """Return the weights of a window, shape ``(window_length,)``: those of torch's periodic windows."""
    raised = {"hann": 0.5, "hamming": 0.54}[front_end.window]
    turns = 2 * np.pi * np.arange(front_end.window_length) / front_end.window_length
    taper: FloatArray = raised - (1 - raised) * np.cos(turns)
    return taper


def loudest_excerpt(samples: FloatArray, sample_rate: int) -> Seconds:
    """Return where the loudest :data:`EXCERPT` begins, in seconds; 0 in a shorter recording.

    Raises:
        InputError: if there are no samples.
    """
    if samples.ndim != 1 or not len(samples):
        raise InputError(f"Expected samples of shape (N,) with N > 0; got {samples.shape}. Choose a longer recording.")
    length = round(EXCERPT * sample_rate)
    if len(samples) <= length:
        return 0.0
    energy = np.concatenate([[0.0], np.cumsum(np.square(samples, dtype=np.float64))])
    return int(np.argmax(energy[length:] - energy[:-length])) / sample_rate


def frames_figure(
    samples: FloatArray,
    front_end: "FrontEnd",
    *,
    pitch: tuple[FloatArray, FloatArray] | None = None,
    large: bool = False,
) -> go.Figure:
    """Draw windows, filters and spectrogram of a recording.

    Args:
        samples: float32, shape ``(N,)``, at the front end's sample rate.
        front_end: how frames are made; see :func:`of_whole_recording`.
        pitch: times in seconds and hertz, NaN where unvoiced.
        large: with letters half as large again, for a projector, and lower, so that what stands below stays in sight.

    Raises:
        InputError: if there are no samples.
    """
    from ser_core.features.front_end import frames_of
    from ser_core.features.mel import mel_filters

    begins = loudest_excerpt(samples, front_end.sample_rate)
    levels = frames_of([samples], front_end)[0].numpy()  # (T, F)
    figure = make_subplots(rows=3, cols=1, row_heights=_SHARES, vertical_spacing=0.13)
    _add_windows(figure, samples, front_end, begins)
    bins = np.linspace(0.0, front_end.sample_rate / 2, front_end.transform_length // 2 + 1)
    if front_end.kind == "log-stft":
        figure.add_bar(x=bins, y=np.ones(len(bins)), marker_color=ACCENT, row=2, col=1, hoverinfo="skip")
    else:
        filters = mel_filters(
            sample_rate=front_end.sample_rate, transform_length=front_end.transform_length, bands=front_end.mel_bands,
            lowest=front_end.lowest_hertz, highest=front_end.highest_hertz,
        )  # fmt: skip
        heights = filters / np.maximum(filters.max(axis=1, keepdims=True), 1e-12)
        for turn, colour in enumerate((ACCENT, SECOND)):
            _add_lines(figure, [_around(bins, height) for height in heights[turn::2]], colour, 1.5, row=2)
    frequencies = frequencies_of(front_end)
    rows = np.arange(len(frequencies))
    figure.add_heatmap(
        z=np.maximum(levels - levels.max(), -70).T, x=np.arange(len(levels)) * front_end.hop_seconds, y=rows,
        colorscale=SEQUENTIAL, showscale=False, hoverinfo="skip", row=3, col=1,
    )  # fmt: skip
    if pitch is not None:
        heights = np.interp(pitch[1], frequencies, rows, left=np.nan)
        # White alone is lost on the bright end of the colours; a dark edge is seen there by everybody.
        for colour, width in ((INK, 7), ("#FFFFFF", 3)):
            figure.add_scatter(
                x=pitch[0], y=heights, mode="lines", name="pitch", line={"color": colour, "width": width},
                hoverinfo="skip", row=3, col=1,
            )  # fmt: skip
    figure.add_vrect(x0=begins, x1=begins + EXCERPT, line={"color": "#FFFFFF", "width": 2, "dash": "dot"}, row=3, col=1)
    styled(figure, height=LOW if large else HEIGHT)
    figure.update_layout(bargap=0.2, margin={"l": 62, "r": 12, "t": 8, "b": 44})
    figure.update_yaxes(showgrid=False, showticklabels=False, row=1, col=1)
    figure.update_yaxes(showgrid=False, showticklabels=False, range=[0, 1.05], row=2, col=1)
    ticks = [tick for tick in _TICKS if frequencies[0] <= tick <= frequencies[-1] * 1.02]
    figure.update_yaxes(
        showgrid=False, tickvals=np.interp(ticks, frequencies, rows), ticktext=[f"{tick:,}" for tick in ticks],
        title_text="Hz", range=[-0.5, len(rows) - 0.5], row=3, col=1,
    )  # fmt: skip
    for row, title in enumerate(("seconds", "Hz", "seconds"), start=1):
        figure.update_xaxes(showgrid=False, title_text=title, title_standoff=2, row=row, col=1)
    if large:  # units stand behind the numbers: titles of three rows would need more height
        figure.update_layout(margin={"l": 93})
        for axes in (figure.update_xaxes, figure.update_yaxes):
            axes(tickfont_size=20, title_font_size=21)
        for row, unit in enumerate((" s", " Hz", " s"), start=1):
            figure.update_xaxes(title_text="", ticksuffix=unit, row=row, col=1)
    figure.update_xaxes(range=[begins, begins + EXCERPT], row=1, col=1)
    figure.update_xaxes(range=[0, front_end.sample_rate / 2], row=2, col=1)
    figure.update_xaxes(range=[0, max(len(samples) / front_end.sample_rate, EXCERPT)], row=3, col=1)
    return figure


def _add_windows(figure: go.Figure, samples: FloatArray, front_end: "FrontEnd", begins: Seconds) -> None:
    first, last = round(begins * front_end.sample_rate), round((begins + EXCERPT) * front_end.sample_rate)
    part = samples[first:last]
    loudest = max(float(np.abs(part).max(initial=0.0)), 1e-6)
    times = (first + np.arange(len(part))) / front_end.sample_rate
    figure.add_scatter(
        x=times, y=part / loudest, mode="lines", line={"color": MUTED, "width": 1}, hoverinfo="skip", row=1, col=1
    )
    half = front_end.window_seconds / 2
    taper = taper_of(front_end)
    along = np.linspace(-half, half, len(taper))
    inside = np.arange(np.ceil(begins / front_end.hop_seconds), (begins + EXCERPT) / front_end.hop_seconds)
    windows = [(frame * front_end.hop_seconds + along, taper) for frame in inside]
    marked = len(windows) // 2
    _add_lines(figure, windows[:marked] + windows[marked + 1 :], ACCENT, 1.5, row=1)
    _add_lines(figure, windows[marked : marked + 1], SECOND, 4, row=1)
    figure.update_yaxes(range=[-1.05, 1.1], zerolinecolor=INK, row=1, col=1)


def _around(bins: FloatArray, height: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the part of a filter that is not zero, with one bin on either side."""
    near = np.flatnonzero(height)
    around = slice(max(near[0] - 1, 0), near[-1] + 2) if len(near) else slice(0, 0)
    return bins[around], height[around]


def _add_lines(
    figure: go.Figure, lines: Sequence[tuple[FloatArray, FloatArray]], colour: str, width: float, *, row: int
) -> None:
    """Add lines as one trace with gaps: Plotly takes some 10 ms for each trace, and there may be 160 filters."""
    gap = np.array([np.nan])
    x, y = (np.concatenate([part for line in lines for part in (line[axis], gap)] or [gap]) for axis in (0, 1))
    figure.add_scatter(x=x, y=y, mode="lines", hoverinfo="skip", line={"color": colour, "width": width}, row=row, col=1)
