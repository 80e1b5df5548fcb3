"""A whole corpus through a model."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ser_core.checkpoints.atlas import atlas_frame
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols import make_folds
from ser_core.inference.arousal import heard_arousal
from ser_core.inference.reader import Reader
from ser_core.inputs import read_inputs
from ser_core.models import EMOTION
from ser_core.models.running import run_model
from ser_core.training.fit import SPLITS, split_of
from ser_core.workspace import cache_directory

if TYPE_CHECKING:
    import pandas

UNSEEN, UNKNOWN = "unseen", "unknown"
PREDICTED_AROUSAL = "predicted_arousal"


def embed_corpus(
    reader: Reader, manifest: Manifest, *, progress: Callable[[int, int], None] | None = None
) -> "pandas.DataFrame":
    """Embed every utterance of a corpus; returns :func:`ser_core.checkpoints.atlas.atlas_frame`.

    A model that predicts arousal adds the column :data:`PREDICTED_AROUSAL`.

    An utterance of the model's own corpus keeps the split it had at training. Where the list of utterances has changed
    since, its speaker decides if the split did so, and it is called ``unknown`` otherwise. Utterances of other corpora
    are called ``unseen``.

    Raises:
        AudioError: if a recording cannot be read.
    """
    inputs, _ = read_inputs(reader.checkpoint.inputs, manifest, cache=cache_directory(), progress=progress)
    outputs = run_model(reader.checkpoint.model, inputs)
    embeddings, probabilities, angles = reader.figures(outputs.embeddings, outputs.heads[EMOTION])
    frame = atlas_frame(
        manifest,
        labels=reader.labels,
        splits=_splits(reader, manifest),
        embeddings=embeddings,
        probabilities=probabilities,
        angles=angles,
        predicted=reader.judge(embeddings, probabilities, angles),
    )
    arousal = heard_arousal(reader.checkpoint.card, outputs.heads)
    if arousal:
        frame[PREDICTED_AROUSAL] = np.array([heard.value for heard in arousal], dtype=np.float32)
    return frame


def _splits(reader: Reader, manifest: Manifest) -> list[str]:
    card = reader.checkpoint.card
    split, count = card.split, len(manifest.utterances)
    if manifest.digest() == card.manifest_digest:
        folds = {fold.number: fold for fold in make_folds(manifest, split.protocol, card.seed)}
        return split_of(folds[split.fold], count) if split.fold in folds else [UNKNOWN] * count
    if manifest.corpus != card.corpus:
        return [UNSEEN] * count
    if not split.speaker_independent:
        return [UNKNOWN] * count
    speakers = (split.train_speakers, split.development_speakers, split.test_speakers)
    parts = {speaker: part for part, names in zip(SPLITS, speakers, strict=True) for speaker in names}
    return [parts.get(item.speaker, UNSEEN) for item in manifest.utterances]
