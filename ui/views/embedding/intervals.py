"""Confidence intervals of the angles, by resampling speakers."""

from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ser_core.geometry.intervals import LabelledVectors, class_angle_intervals, within_angle_intervals
from ser_core.plots.intervals import drawn_lines, intervals_figure
from ser_core.types import FloatArray
from ui import cache
from ui.components import charts
from ui.components.numbers import NumberField
from ui.components.projections import wait_for
from ui.components.text import plain
from ui.components.utterances import NOT_GIVEN
from ui.views.embedding.split import SplitUtterances

if TYPE_CHECKING:
    import pandas

PATIENCE = 1.0  # seconds that a page waits before it shows itself without intervals
DRAWS = NumberField("Draws", 100, 10_000, step=100, help="How many times the speakers are resampled.")
SEED = NumberField("Seed of the draws", 0, 2**31 - 1)


@dataclass(frozen=True)
class AngleIntervals:
    """Intervals of a matrix of angles.

    Attributes:
        bounds: lower and upper one in degrees, shape ``(K, K, 2)``; NaN where there is none.
        explanation: how they were found.
    """

    bounds: FloatArray
    explanation: str


def choose_resampling(split: SplitUtterances) -> AngleIntervals | None:
    """Draw the fields, and resample.

    Returns:
        The intervals; ``None`` while they are being computed, and if a speaker is unknown.

    Raises:
        InputError: if a number is out of range.
    """
    left, right, _ = st.columns([1, 1, 2])
    draws = DRAWS.draw("interval draws", 1000, where=left)
    seed = SEED.draw("interval seed", 0, where=right)
    replicates, number = int(DRAWS.checked(draws)), int(SEED.checked(seed))
    training = _training(split)
    own = _spoken(split.rows, split.embeddings)
    unspoken, rows = own.unspoken + (training.unspoken if training else 0), len(split.rows) + int(split.learned.sum())
    if split.tells_directions and training is not None:  # the same rows
        unspoken, rows = own.unspoken, len(split.rows)
    if unspoken:
        st.caption(
            f"No intervals: they come from resampling speakers, and of {rows} utterances {unspoken} tell no speaker. "
            "Name them in the column speaker, or leave those utterances out."
        )
        return None
    resample = partial(_intervals, split, training, own, replicates=replicates, seed=number)
    future = cache.angle_intervals(f"{split.key}|{replicates}|{number}", resample)
    try:
        bounds = future.result(PATIENCE)
    except NotYet:
        wait_for([future], "intervals by speaker", "The angles are shown meanwhile.")
        return None
    return AngleIntervals(bounds, _explanation(split, training, own, replicates, number))


def draw_intervals(split: SplitUtterances, matrix: FloatArray, intervals: AngleIntervals | None, *, seen: bool) -> None:
    """Draw every angle with its interval, if that is seen, and say how it was found."""
    if intervals is None:
        return
    if seen:
        charts.draw(
            intervals_figure(split.labels, matrix, intervals.bounds),
            key=f"{split.key}|intervals",
            alt="Every angle with its 95 % interval, in degrees.",
            buttons=False,
        )
    told = int(np.isfinite(np.diagonal(matrix)).sum())
    pairs = len(split.labels) * (len(split.labels) - 1) // 2
    widest, closest = drawn_lines(told, pairs)
    if widest + closest < told + pairs:
        st.caption(
            f"Drawn: the {widest} widest of {told} classes and the {closest} closest of {pairs} pairs; the tab "
            "Take away has all of them."
        )
    st.caption(intervals.explanation)


def _training(split: SplitUtterances) -> LabelledVectors | None:
    """The rows that the directions come from; ``None`` where they come from no utterances, or these are not here."""
    learned = split.learned
    if not learned.any():
        return None
    space = split.atlas.select(learned)
    told = zip(space.column("speaker"), space.has_value("speaker"), strict=True)
    speakers = [str(speaker) if is_told else None for speaker, is_told in told]
    return LabelledVectors(space.embeddings, space.column("emotion").tolist(), speakers)


def _spoken(rows: "pandas.DataFrame", embeddings: FloatArray) -> LabelledVectors:
    speakers = [None if speaker == NOT_GIVEN["speaker"] else str(speaker) for speaker in rows["speaker"]]
    return LabelledVectors(embeddings, rows["emotion"].tolist(), speakers)


def _intervals(
    split: SplitUtterances, training: LabelledVectors | None, own: LabelledVectors, *, replicates: int, seed: int
) -> FloatArray:
    size, judged = len(split.labels), len(split.rows) > 0
    places = np.arange(size)
    if training is None:
        bounds: FloatArray = np.full((size, size, 2), np.nan)
        if judged:
            bounds[places, places] = within_angle_intervals(
                own, split.directions, split.labels, replicates=replicates, seed=seed
            )
        return bounds
    bounds = class_angle_intervals(
        training,
        None if split.tells_directions or not judged else own,
        split.labels,
        by="medoid" if split.source == "medoid" else "mean",
        replicates=replicates,
        seed=seed,
    )
    if not judged:
        bounds[places, places] = np.nan
    return bounds


def _explanation(
    split: SplitUtterances, training: LabelledVectors | None, own: LabelledVectors, replicates: int, seed: int
) -> str:
    speakers = len(set(own.speakers))
    judged = f"{_counted(speakers)} of {plain(split.name)}"
    learned = "training" if split.has_training else "all"
    text = (
        f"95 % intervals, where very many speakers would put each angle: from {replicates} draws of the speakers with "
        f"replacement, seed {seed}; what few speakers add to an angle is taken off, so it can lie beside its interval. "
    )
    if training is not None and split.tells_directions:
        text += f"Drawn: {judged}, for directions and diagonal alike. "
    elif training is not None:
        text += (
            f"Drawn: {_counted(len(set(training.speakers)))} of {learned}, which moves the directions, and {judged}. "
        )
        if len(set(training.speakers)) < 2:
            text += "One speaker cannot be resampled. "
    elif split.source == "head":
        text += f"Drawn: {judged}. The head's weights are no sample of speakers, so angles between them have none. "
    else:
        text += f"Drawn: {judged}. The model ships no training utterances, so angles between directions have none. "
    if speakers < 2:
        text += f"The part {plain(split.name)} has one speaker, who cannot be resampled. "
    elif speakers < 8:
        text += f"Of {speakers} speakers, intervals are rough."
    return text.strip()


def _counted(speakers: int) -> str:
    return "1 speaker" if speakers == 1 else f"{speakers} speakers"
