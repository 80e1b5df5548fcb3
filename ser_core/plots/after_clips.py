"""How the answer to one clip changes with the number of clips that a model knows of a voice."""

from collections.abc import Sequence

import plotly.graph_objects as go

from ser_core.errors import InputError
from ser_core.inference.own_voice import AfterClips
from ser_core.labels import COLOURS, SYMBOLS
from ser_core.plots.style import EDGED, styled

HEIGHT = 260  # pixels
_MOST = 4  # emotions that are drawn, the most probable ones


def after_clips_figure(answers: Sequence[AfterClips], labels: Sequence[str]) -> go.Figure:
    """Draw the probabilities of the four emotions that are ever the most probable over the number of clips.

    Args:
        answers: of :func:`ser_core.inference.own_voice.after_clips`, at least two.
        labels: of the model.

    Raises:
        InputError: if there are fewer than two answers.
    """
    if len(answers) < 2:
        raise InputError(f"Expected the answers after at least two numbers of clips; got {len(answers)}. Give clips.")
    highest = {label: max(one.prediction.probabilities[label] for one in answers) for label in labels}
    drawn = sorted(labels, key=lambda label: -highest[label])[:_MOST]
    counts = [str(one.clips) for one in answers]
    figure = go.Figure()
    for label in (label for label in labels if label in drawn):
        figure.add_trace(
            go.Scatter(
                x=counts,
                y=[one.prediction.probabilities[label] for one in answers],
                mode="lines+markers",
                name=label,
                line={"color": COLOURS[label], "width": 3},
                marker={"symbol": SYMBOLS[label], "size": 13, "color": COLOURS[label], "line": EDGED},
                hovertemplate=f"{label}: %{{y:.0%}} after %{{x}} clips<extra></extra>",
            )
        )
    styled(figure, height=HEIGHT, legend=True)
    figure.update_xaxes(title="clips of the voice", type="category", fixedrange=True)
    figure.update_yaxes(range=[0, 1], tickformat=".0%", fixedrange=True)
    return figure


def in_words(answers: Sequence[AfterClips]) -> str:
    """Say the answers one after the other: ``after 0 clips sad, after 1 clip neutral``."""
    return ", ".join(
        f"after {one.clips} clip{'' if one.clips == 1 else 's'} {one.prediction.verdict}" for one in answers
    )
