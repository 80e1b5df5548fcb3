"""A class's direction can be its mean, its medoid or the head's weights."""

from pathlib import Path

import numpy as np
import pytest

from ser_core.checkpoints import load_checkpoint
from ser_core.checkpoints.directions import DIRECTIONS, directions_by
from ser_core.errors import ConfigError
from ser_core.geometry.angles import angles_to, class_directions
from ser_core.inference import Atlas


def test_every_source_gives_one_unit_vector_per_class(tiny_checkpoint: Path) -> None:
    loaded = load_checkpoint(tiny_checkpoint)
    for source in DIRECTIONS:
        found = directions_by(source, loaded)
        assert found.shape == loaded.directions.shape
        np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1)


def test_means_are_those_of_the_training_utterances_that_the_atlas_lists(tiny_checkpoint: Path) -> None:
    loaded, atlas = load_checkpoint(tiny_checkpoint), Atlas.load(tiny_checkpoint)
    training = (atlas.frame["split"] == "train").to_numpy()
    expected = class_directions(atlas.embeddings[training], atlas.frame.loc[training, "emotion"], loaded.labels)
    np.testing.assert_allclose(directions_by("mean", loaded), expected, atol=1e-5)


def test_a_medoid_is_a_training_utterance_of_its_class_in_the_middle_of_it(tiny_checkpoint: Path) -> None:
    loaded = load_checkpoint(tiny_checkpoint)
    for number, direction in enumerate(directions_by("medoid", loaded)):
        rows = loaded.training_embeddings[loaded.training_targets == number]
        means = [angles_to(rows, row)[:, 0].mean() for row in rows]
        np.testing.assert_allclose(
            direction, rows[np.argmin(means)] / np.linalg.norm(rows[np.argmin(means)]), atol=1e-6
        )


def test_the_heads_directions_are_its_weights(tiny_checkpoint: Path) -> None:
    loaded = load_checkpoint(tiny_checkpoint)
    weights = loaded.model.head.weight.detach().numpy()
    for direction, row in zip(directions_by("head", loaded), weights, strict=True):
        np.testing.assert_allclose(direction * np.linalg.norm(row), row, atol=1e-6)


def test_another_source_is_refused_with_those_there_are(tiny_checkpoint: Path) -> None:
    with pytest.raises(ConfigError, match="medoid"):
        directions_by("mediod", load_checkpoint(tiny_checkpoint))
