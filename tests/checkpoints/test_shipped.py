"""The models that ship: one reads its clips as its atlas says it does, and both say what they are worth."""

import dataclasses

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.checkpoints.elsewhere import worth_in_short
from ser_core.checkpoints.folder import read_card
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


def test_the_short_sentence_of_worth_holds_the_range_over_corpora_of_people_that_the_model_never_heard():
    for name in ("people", "ravdess-residual", "demo-residual"):
        card = read_card(SHIPPED / name)
        people = [one for one in card.elsewhere if not one.trained_on and one.corpus != "demo"]
        right = [round(100 * one.uar) for one in people]
        assert worth_in_short(card) == (
            f"On other corpora, with people it never heard, {min(right)} to {max(right)} % of its answers are right; "
            f"guessing, {100 / len(card.labels):.0f} %."
        )
        assert "was not measured" in worth_in_short(dataclasses.replace(card, elsewhere=()))
