"""Tables of embedded utterances: what ``embed`` writes, and the atlas beside a checkpoint."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ser_core.corpora.manifest import Manifest
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

_TOLD = ("gender", "age", "session", "text", "sentence", "intensity", "arousal", "valence", "dominance", "recording")


def atlas_frame(
    manifest: Manifest,
    *,
    labels: Sequence[str],
    splits: Sequence[str],
    embeddings: FloatArray,
    probabilities: FloatArray,
    angles: FloatArray,
    predicted: Sequence[str],
) -> "pandas.DataFrame":
    """Put embedded utterances in the form of the contract.

    Args:
        manifest: ``B`` utterances.
        labels: the model's classes, ``K`` of them.
        splits: which part each utterance belongs to.
        embeddings: shape ``(B, D)``.
        probabilities: shape ``(B, K)``.
        angles: to the class directions in degrees, shape ``(B, K)``.
        predicted: class of each utterance.

    Returns:
        ``file, start, end, speaker, emotion, split, predicted, probability_<label>…, angle_<label>…``, what else the
        manifest tells, and ``embedding`` as lists of float32.
    """
    import pandas

    utterances = manifest.utterances
    columns: dict[str, object] = {
        "file": [item.file for item in utterances],
        "start": np.array([np.nan if item.start is None else item.start for item in utterances]),
        "end": np.array([np.nan if item.end is None else item.end for item in utterances]),
        "speaker": [item.speaker for item in utterances],
        "emotion": [item.emotion for item in utterances],
        "split": list(splits),
        "predicted": list(predicted),
    }
    for number, label in enumerate(labels):
        columns[f"probability_{label}"] = probabilities[:, number].astype(np.float32)
    for number, label in enumerate(labels):
        columns[f"angle_{label}"] = angles[:, number].astype(np.float32)
    for name in _TOLD:
        values = [getattr(item, name) for item in utterances]
        if any(value is not None for value in values):
            columns[name] = values
    columns["corpus"] = [item.corpus or manifest.corpus for item in utterances]
    columns["embedding"] = list(np.asarray(embeddings, dtype=np.float32))
    return pandas.DataFrame(columns)
