"""The model that ships for the demo corpus reads its clips as its atlas says it does."""

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.checkpoints.listing import SHIPPED
from ser_core.corpora import open_corpus
from ser_core.inference import Atlas, Reader

EVERY = 60


def test_a_demo_clip_that_is_read_again_lies_where_the_atlas_has_it():
    reader = Reader.load(SHIPPED / "demo-residual")
    atlas = Atlas.load(SHIPPED / "demo-residual")
    manifest = open_corpus("demo")
    rows = {file: row for row, file in enumerate(atlas.frame["file"])}
    for utterance in manifest.utterances[::EVERY]:
        row = rows[utterance.file]
        reading = reader.read(read_audio(manifest.path(utterance)))
        stored = atlas.embeddings[row].astype(float)
        # The atlas keeps half precision.
        cosine = stored @ reading.embedding / np.linalg.norm(stored) / np.linalg.norm(reading.embedding)
        assert cosine == pytest.approx(1, abs=1e-4)
        assert reading.emotion == atlas.frame["predicted"][row]
        for label in reader.labels:
            assert reading.probabilities[label] == pytest.approx(atlas.frame[f"probability_{label}"][row], abs=0.01)
            assert reading.angles_degrees[label] == pytest.approx(atlas.frame[f"angle_{label}"][row], abs=0.2)
