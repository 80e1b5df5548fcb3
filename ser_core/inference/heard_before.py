"""Speakers of a corpus whom a model has learned from, found by its embeddings.

A list of the same recordings may have other names for the corpus, the speakers and the files; embeddings do not depend
on names.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ser_core.checkpoints.card import Card
from ser_core.corpora import SPEAKERS_OF
from ser_core.corpora.joining import own_name
from ser_core.errors import CheckpointError
from ser_core.inference.atlas import Atlas
from ser_core.inference.reader import Reader
from ser_core.types import BoolArray, FloatArray

# Of the median distance from a training utterance to its nearest other one. With the model that learned from RAVDESS,
# copies at 48 kHz lie within 0.04, MP3s of 96 kbit/s within 0.13, utterances of unheard actors beyond 0.79.
NEAR, SAME = 0.1, 0.001
_ROWS = 512  # compared at once
_SAMPLE = 2_000  # utterances by which the median is measured


def speakers_learned_from(card: Card) -> frozenset[str]:
    """Return the speakers of a model's training and development, by :func:`ser_core.corpora.joining.own_name`."""
    heard = {*card.split.train_speakers, *card.split.development_speakers} - set(card.split.test_speakers)
    return frozenset(own_name(card.corpus, name, SPEAKERS_OF) for name in heard)


def learned_embeddings(reader: Reader, checkpoint: str | Path) -> FloatArray:
    """Return a model's embeddings, ``(n, D)``, of its training and, if the atlas marks it, development utterances."""
    training = reader.checkpoint.training_embeddings
    try:
        atlas = Atlas.load(checkpoint)
    except CheckpointError:  # there is none
        return training
    return np.concatenate([training, atlas.embeddings[np.asarray(atlas.column("split") == "development")]])


def speakers_heard_before(embeddings: FloatArray, speakers: Sequence[str], learned: FloatArray) -> frozenset[str]:
    """Return the speakers of a corpus, with embeddings ``(B, D)``, whom the model has learned from, ``(n, D)``.

    For them one utterance is exactly one that the model learned from, or more than half nearly are.
    """
    if len(learned) < 2 or not len(embeddings):
        return frozenset()
    sample = np.linspace(0, len(learned) - 1, min(len(learned), _SAMPLE)).astype(int)
    usual = float(np.median(_distances(learned[sample], learned, without=sample)))
    distances = _distances(embeddings, learned)
    # Where embeddings have fallen together, nothing can be recognised: the median is 0, and nothing lies below it.
    same, near = distances < SAME * usual, distances < NEAR * usual
    names = np.asarray([str(speaker) for speaker in speakers])

    def is_known(rows: BoolArray) -> bool:
        return bool(same[rows].any() or near[rows].mean() > 0.5)

    return frozenset(str(name) for name in np.unique(names) if is_known(names == name))


def _distances(points: FloatArray, others: FloatArray, without: "np.ndarray | None" = None) -> FloatArray:
    """Return each point's distance to the nearest of the others, except the one at its number in ``without``."""
    wide = np.asarray(others, dtype=np.float64)
    squares = (wide**2).sum(axis=1)
    nearest = np.empty(len(points))
    for first in range(0, len(points), _ROWS):
        rows = np.asarray(points[first : first + _ROWS], dtype=np.float64)
        found = (rows**2).sum(axis=1)[:, None] + squares - 2 * rows @ wide.T
        if without is not None:
            found[np.arange(len(rows)), without[first : first + _ROWS]] = np.inf
        closest = found.argmin(axis=1)
        nearest[first : first + _ROWS] = np.linalg.norm(rows - wide[closest], axis=1)
    return nearest
