"""A space that forms is drawn within the unit circle, turned but never bent from epoch to epoch, with true figures."""

import numpy as np
import pandas
import pytest

from ser_core.embeddings.forming import forming_space
from ser_core.embeddings.space import Space
from ser_core.errors import EmbeddingError

EMOTIONS = ("neutral", "happy", "sad")


@pytest.fixture
def epochs(random):
    """Three epochs of 30 utterances: three emotions, a third of each in development, ever nearer to their class."""
    names = [EMOTIONS[number % 3] for number in range(30)]
    frame = pandas.DataFrame(
        {
            "file": [f"clip{number:02d}.wav" for number in range(30)],
            "emotion": names,
            "split": ["development" if number % 9 < 3 else "train" for number in range(30)],
        }
    )
    centres = np.eye(8)[:3]
    noise = random.normal(size=(30, 8))
    found = []
    for number, spread in enumerate((2.0, 0.6, 0.2)):
        vectors = np.array([centres[EMOTIONS.index(name)] for name in names]) + spread * noise
        found.append((number, "softmax" if number < 2 else "triplet", Space(frame, vectors.astype(np.float32))))
    return found


def units_of(space):
    vectors = space.embeddings.astype(float)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_every_point_is_the_shadow_of_its_unit_vector_on_one_plane(epochs):
    for one, (_, _, space) in zip(forming_space(epochs).epochs, epochs, strict=True):
        units = units_of(space)
        axes, *_ = np.linalg.lstsq(units, one.points, rcond=None)  # (D, 2)
        np.testing.assert_allclose(units @ axes, one.points, atol=1e-9)
        np.testing.assert_allclose(axes.T @ axes, np.eye(2), atol=1e-9)
        assert np.linalg.norm(one.points, axis=1).max() <= 1


def test_an_epoch_is_turned_so_that_no_other_turn_brings_it_nearer_to_the_one_before(epochs):
    first, second, _ = forming_space(epochs).epochs
    left = np.square(first.points - second.points).sum()
    for degrees in range(1, 360):
        angle = np.radians(degrees)
        turned = second.points @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        assert np.square(first.points - turned).sum() >= left
        assert np.square(first.points - turned * [1, -1]).sum() >= left


def test_the_figures_of_heard_and_unheard_voices_are_those_of_their_definitions(epochs):
    formed = forming_space(epochs)
    emotions = np.array([EMOTIONS[code] for code in formed.codes])
    for one, (_, _, space) in zip(formed.epochs, epochs, strict=True):
        units = units_of(space)
        directions = []
        for name in formed.classes:
            mean = units[formed.training & (emotions == name)].mean(axis=0)
            directions.append(mean / np.linalg.norm(mean))
        for rows, part in ((formed.training, one.heard), (~formed.training, one.unheard)):
            right, angles, within, means = [], [], 0.0, {}
            for row in np.flatnonzero(rows):
                found = [np.degrees(np.arccos(units[row] @ direction)) for direction in directions]
                right.append((emotions[row], formed.classes[int(np.argmin(found))] == emotions[row]))
                angles.append(found[formed.classes.index(emotions[row])])
            for name in formed.classes:
                means[name] = units[rows & (emotions == name)].mean(axis=0)
            everything = units[rows].mean(axis=0)
            within = np.mean([np.square(units[row] - means[emotions[row]]).sum() for row in np.flatnonzero(rows)])
            between = np.mean([np.square(means[emotions[row]] - everything).sum() for row in np.flatnonzero(rows)])
            recalls = [np.mean([hit for true, hit in right if true == name]) for name in formed.classes]
            assert part.accuracy == pytest.approx(np.mean(recalls))
            assert part.own == pytest.approx(np.mean(angles))
            assert part.ratio == pytest.approx(within / between)
            for first, name in enumerate(formed.classes):
                for second, other in enumerate(formed.classes):
                    cosine = means[name] @ means[other] / np.linalg.norm(means[name]) / np.linalg.norm(means[other])
                    expected = 0.0 if first == second else np.degrees(np.arccos(cosine))
                    assert part.angles[first, second] == pytest.approx(expected, abs=1e-4)


def test_a_space_forms_further_from_what_was_drawn_before(epochs):
    whole = forming_space(epochs)
    begun = forming_space(epochs[:2])
    further = forming_space(epochs, begun)
    assert further.epochs[:2] == begun.epochs  # the same objects, not computed again
    np.testing.assert_array_equal(further.epochs[2].points, whole.epochs[2].points)


def test_a_run_that_began_again_is_drawn_again(epochs):
    begun = forming_space(epochs[1:2])
    again = forming_space(epochs[:2], begun)
    assert [one.epoch for one in again.epochs] == [0, 1]


def test_without_other_voices_there_is_nothing_unheard(epochs):
    heard = [(number, stage, space.select(space.column("split") == "train")) for number, stage, space in epochs]
    formed = forming_space(heard)
    assert formed.training.all()
    assert all(one.unheard is None for one in formed.epochs)


def test_an_emotion_that_one_training_utterance_has_is_left_out(epochs):
    number, stage, space = epochs[0]
    emotions = space.column("emotion")
    sad = np.flatnonzero((emotions == "sad") & (space.column("split") == "train"))
    formed = forming_space([(number, stage, space.select(np.setdiff1d(np.arange(30), sad[1:])))])
    assert formed.classes == ("neutral", "happy")
    assert len(formed.files) == (emotions != "sad").sum()


def test_nothing_to_draw_says_what_to_do(epochs):
    with pytest.raises(EmbeddingError, match="there is none yet. Wait for its first one"):
        forming_space([])
    number, stage, space = epochs[0]
    with pytest.raises(EmbeddingError, match="got neutral. Train with more of the corpus"):
        forming_space([(number, stage, space.select(space.column("emotion") == "neutral"))])
