"""The shift by unlabelled clips, against its equation in plain loops."""

import numpy as np
import pytest

from ser_core.geometry.angles import unit
from ser_core.inference import Reader
from ser_core.models.running import run_head
from ser_core.voices import shifting, unlabelled_shifts


def means_by_hand(model):
    """The mean of the class means of unit training embeddings, one number after the other."""
    totals = []
    for number in range(len(model.labels)):
        rows = unit(model.training_embeddings[model.training_targets == number])
        totals.append([sum(column) / len(rows) for column in zip(*rows.tolist(), strict=True)])
    return [sum(column) / len(totals) for column in zip(*totals, strict=True)]


def test_the_shift_is_the_believed_share_of_the_way_to_the_speakers_mean(model, random):
    size = model.directions.shape[1]
    means = random.normal(size=(3, size))
    found = unlabelled_shifts(model, means, np.array([1, 4, 16]), model_counts=2.0)
    own = means_by_hand(model)
    for row, count in enumerate([1, 4, 16]):
        expected = [count / (count + 2) * (there - here) for there, here in zip(means[row], own, strict=True)]
        assert found[row] == pytest.approx(expected, abs=1e-6)


def test_no_clips_shift_nothing_even_where_the_model_counts_for_nothing(model):
    size = model.directions.shape[1]
    assert not unlabelled_shifts(model, np.full((1, size), 9.0), np.array([0]), model_counts=0.0).any()


def test_a_speaker_who_is_believed_wholly_has_the_models_mean_afterwards(model, random):
    vectors = random.normal(size=(40, model.directions.shape[1])).astype(np.float32)
    mean = unit(vectors).mean(axis=0)
    (shift,) = unlabelled_shifts(model, mean[None], np.array([40]), model_counts=0.0)
    assert (unit(vectors) - shift).mean(axis=0) == pytest.approx(means_by_hand(model), abs=1e-6)


def test_every_row_is_shifted_by_its_own_shift(model, random):
    size = model.directions.shape[1]
    vectors = random.normal(size=(4, size)).astype(np.float32)
    logits, shifts = run_head(model.model, vectors), random.normal(size=(4, size)) / 9
    together = Reader(model).corrected(shifting(model, shifts)).figures(vectors, logits)
    for row in range(4):
        alone = Reader(model).corrected(shifting(model, shifts[row])).figures(vectors[[row]], logits[[row]])
        for whole, single in zip(together, alone, strict=True):
            assert whole[row] == pytest.approx(single[0], rel=1e-5, abs=1e-5)
