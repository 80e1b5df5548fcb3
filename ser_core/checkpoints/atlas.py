"""Tables of embedded utterances, written by ``embed``, or as the atlas beside a checkpoint."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ser_core.corpora.manifest import Manifest
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

_FURTHER = ("gender", "age", "session", "text", "sentence", "intensity", "arousal", "valence", "dominance", "recording")


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
    """Put ``B`` embedded utterances in the form of the contract.

    Embeddings are ``(B, D)``, probabilities and angles in degrees to the class directions ``(B, K)``. Columns are those
    of :func:`utterances_frame`, ``predicted, probability_<label>…, angle_<label>…``, and ``embedding`` as lists of
    float32.
    """
    import pandas

    metadata = utterances_frame(manifest, splits)
    judged: dict[str, object] = {"predicted": list(predicted)}
    for number, label in enumerate(labels):
        judged[f"probability_{label}"] = probabilities[:, number].astype(np.float32)
    for number, label in enumerate(labels):
        judged[f"angle_{label}"] = angles[:, number].astype(np.float32)
    first = list(metadata.columns).index("split") + 1
    vectors = pandas.DataFrame({"embedding": list(np.asarray(embeddings, dtype=np.float32))})
    return pandas.concat(
        [metadata.iloc[:, :first], pandas.DataFrame(judged), metadata.iloc[:, first:], vectors], axis=1
    )


def utterances_frame(manifest: Manifest, splits: Sequence[str]) -> "pandas.DataFrame":
    """Return ``file, start, end, speaker, emotion, split``, and further columns of a manifest."""
    import pandas

    utterances = manifest.utterances
    columns: dict[str, object] = {
        "file": [item.file for item in utterances],
        "start": np.array([np.nan if item.start is None else item.start for item in utterances]),
        "end": np.array([np.nan if item.end is None else item.end for item in utterances]),
        "speaker": [item.speaker for item in utterances],
        "emotion": [item.emotion for item in utterances],
        "split": list(splits),
    }
    for name in _FURTHER:
        values = [getattr(item, name) for item in utterances]
        if any(value is not None for value in values):
            columns[name] = values
    columns["corpus"] = [item.corpus or manifest.corpus for item in utterances]
    return pandas.DataFrame(columns)
