"""Directions of a space's classes: from its training utterances where there are any, else from all."""

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings import Space
from ser_core.embeddings.directions import directions_in
from ser_core.errors import ConfigError
from ser_core.geometry.angles import unit


def made(random: np.random.Generator, **columns: list[str | None]) -> Space:
    count = len(next(iter(columns.values())))
    frame = pd.DataFrame({"file": [f"{number}.wav" for number in range(count)], **columns})
    return Space(frame, random.normal(size=(count, 5)).astype(np.float32))


def test_a_direction_is_the_unit_mean_of_unit_vectors_of_the_training_utterances(random: np.random.Generator) -> None:
    space = made(random, emotion=["sad", "sad", "angry", "sad"], split=["train", "train", "train", "test"])
    classes, directions = directions_in(space, "mean")
    assert classes == ("sad", "angry")
    units = unit(space.embeddings)
    np.testing.assert_allclose(directions, unit(np.stack([units[:2].mean(axis=0), units[2]])), atol=1e-6)


def test_without_training_utterances_all_that_have_an_emotion_tell_it(random: np.random.Generator) -> None:
    space = made(random, emotion=["sad", None, "sad"])
    classes, directions = directions_in(space, "mean")
    assert classes == ("sad",)
    np.testing.assert_allclose(directions[0], unit(unit(space.embeddings[[0, 2]]).mean(axis=0)), atol=1e-6)


def test_a_medoid_is_the_vector_with_the_smallest_mean_angle_to_the_others(random: np.random.Generator) -> None:
    space = made(random, emotion=["sad"] * 7)
    units = unit(space.embeddings)
    sums = [sum(np.arccos(np.clip(one @ other, -1, 1)) for other in units) for one in units]
    np.testing.assert_allclose(directions_in(space, "medoid")[1][0], units[int(np.argmin(sums))], atol=1e-6)


def test_a_file_has_no_head(random: np.random.Generator) -> None:
    with pytest.raises(ConfigError, match="mean, medoid"):
        directions_in(made(random, emotion=["sad"]), "head")
