"""The log-mel spectrogram with both axes in physical units, and the pitch contour over it."""

import numpy as np
import plotly.graph_objects as go

from ser_core.errors import InputError
from ser_core.plots.style import MUTED, SEQUENTIAL, TIME_MARGINS, styled
from ser_core.types import FloatArray, Hertz

BANDS = 96
TRANSFORM_LENGTH = 512
DYNAMIC_RANGE = 70.0  # decibels
FREQUENCY_TICKS = (0, 500, 1000, 2000, 4000, 8000, 16000)


def log_mel_picture(
    samples: FloatArray, *, sample_rate: Hertz, columns: int = 700
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Compute a log-mel spectrogram no wider than a screen, however long the recording is.

    Short clips get a frame every 10 ms, longer ones ``columns`` evenly spread frames, at least 2. Returns decibels,
    ``(T, F)``; times in seconds, ``(T,)``; band centres in hertz, ``(F,)``.

    Raises:
        InputError: if ``samples`` is empty or not one-dimensional.
    """
    from ser_core.features.front_end import FrontEnd, frames_of  # with torch: on use
    from ser_core.features.mel import band_centres

    if samples.ndim != 1 or samples.shape[0] == 0:
        raise InputError(
            f"Expected samples of shape (N,) with N > 0; got {samples.shape}. "
            "Mix the channels down, or read a longer clip."
        )
    hop = max(sample_rate // 100, -(-samples.shape[0] // (columns - 1)))
    lowest, highest = 50.0, sample_rate / 2
    front_end = FrontEnd(
        sample_rate=sample_rate,
        window_seconds=TRANSFORM_LENGTH / sample_rate,
        hop_seconds=hop / sample_rate,
        transform_length=TRANSFORM_LENGTH,
        mel_bands=BANDS,
        lowest_hertz=lowest,
        highest_hertz=highest,
        dynamic_range_decibels=1_000.0,
        trim=False,
        level=False,
    )
    levels: FloatArray = frames_of([samples], front_end)[0].numpy()  # (T, F)
    return levels, np.arange(len(levels)) * hop / sample_rate, band_centres(BANDS, lowest=lowest, highest=highest)


def spectrogram_figure(
    decibels: FloatArray,
    *,
    times: FloatArray,
    frequencies: FloatArray,
    pitch: tuple[FloatArray, FloatArray] | None = None,
) -> go.Figure:
    """Draw a spectrogram ``(T, F)`` in decibels below its loudest point; its bands are evenly spaced on the page.

    ``times`` ``(T,)`` are in seconds, ``frequencies`` ``(F,)`` in hertz, rising; ``pitch`` is times and hertz, NaN
    where unvoiced. The darkest colour lies :data:`DYNAMIC_RANGE` below the loudest point.

    Raises:
        InputError: if the three shapes do not fit together.
    """
    if decibels.shape != (times.shape[0], frequencies.shape[0]) or decibels.size == 0:
        raise InputError(
            f"Expected a spectrogram of shape ({times.shape[0]}, {frequencies.shape[0]}); got {decibels.shape}. "
            "Pass one time per row and one frequency per column."
        )
    bands = np.arange(frequencies.shape[0])
    loudest = decibels.max() if np.ptp(decibels) > 0 else np.inf  # silence is as loud everywhere: it has no such point
    relative = np.maximum(decibels - loudest, -DYNAMIC_RANGE)  # (T, F)
    figure = go.Figure(
        go.Heatmap(
            z=relative.T.astype(np.float32).round(1),
            x=times.round(4),
            y=bands,
            customdata=np.broadcast_to(frequencies.round()[:, None], relative.T.shape),
            colorscale=SEQUENTIAL,
            zmin=-DYNAMIC_RANGE,
            zmax=0,
            zsmooth="fast",
            colorbar={
                "orientation": "h",
                "thickness": 8,
                "len": 0.55,
                "x": 1,
                "xanchor": "right",
                "y": 1.0,
                "yanchor": "bottom",
                "ypad": 4,
                "nticks": 4,
                "outlinewidth": 0,
                "title": {"text": "dB ", "side": "top", "font": {"size": 13}},
                "tickfont": {"color": MUTED, "size": 12},
            },
            hovertemplate="%{x:.2f} s, %{customdata:.0f} Hz: %{z:.0f} dB<extra></extra>",
        )
    )
    styled(figure, height=330, x_title="time (s)", y_title="frequency (Hz)")
    if pitch is not None:
        _add_pitch(figure, *pitch)
    ticks = [tick for tick in FREQUENCY_TICKS if frequencies[0] <= tick <= frequencies[-1] * 1.05]
    figure.update_xaxes(
        showgrid=False, automargin="height", range=[float(times[0]), max(float(times[-1]), float(times[0]) + 1e-3)]
    )
    figure.update_yaxes(showgrid=False, automargin=False)
    figure.update_layout(
        margin=TIME_MARGINS,
        yaxis={
            "range": [-0.5, bands[-1] + 0.5],
            "tickvals": np.interp(ticks, frequencies, bands),
            "ticktext": [f"{tick:,}" for tick in ticks],
        },
    )
    return figure


def _add_pitch(figure: go.Figure, times: FloatArray, hertz: FloatArray) -> None:
    """Draw the pitch over the spectrogram, on an axis of its own: its octave would be a few pixels on the other."""
    # A dark line under a light one is seen on both ends of the colour scale.
    for colour, width in (("#000000", 5.0), ("#FFFFFF", 2.5)):
        figure.add_trace(
            go.Scatter(
                x=times.round(3),
                y=hertz.round(1),
                yaxis="y2",
                mode="lines",
                name="pitch",
                connectgaps=False,
                line={"color": colour, "width": width},
                hovertemplate="%{x:.2f} s, pitch %{y:.0f} Hz<extra></extra>",
            )
        )
    highest = float(np.nanmax(hertz, initial=0.0))
    figure.update_layout(
        yaxis2={
            "overlaying": "y",
            "side": "right",
            "range": [0, max(300.0, 1.3 * highest)],
            "tickmode": "auto",
            "nticks": 5,
            "showgrid": False,
            "showline": False,
            "title": {"text": "pitch (Hz)", "standoff": 6},
        }
    )
