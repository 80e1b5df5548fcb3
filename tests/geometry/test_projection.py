"""Projections equal scikit-learn's where there is one answer, repeat under a seed, and refuse what they cannot draw."""

from collections.abc import Callable

import numpy as np
import pytest
from sklearn.decomposition import PCA

from ser_core.errors import InputError
from ser_core.geometry.projection import pca, tsne, umap
from ser_core.types import FloatArray


def groups(random: np.random.Generator, each: int = 20, size: int = 16) -> FloatArray:
    """Three groups, far from each other."""
    return np.concatenate(
        [5 * np.eye(size)[number] + random.normal(scale=0.1, size=(each, size)) for number in range(3)]
    )


@pytest.mark.parametrize("shape", [(40, 6), (8, 30)])
@pytest.mark.parametrize("dimensions", [2, 3])
def test_pca_equals_scikit_learn_up_to_the_sign_of_each_axis(
    random: np.random.Generator, shape: tuple[int, int], dimensions: int
) -> None:
    points = random.normal(size=shape) * np.arange(1, shape[1] + 1)
    found, expected = pca(points, dimensions), PCA(dimensions).fit_transform(points)
    assert found.dtype == np.float32
    signs = np.sign((found * expected).sum(axis=0))
    np.testing.assert_allclose(found * signs, expected, atol=1e-4)


def test_pca_is_the_same_picture_for_mirrored_computation(random: np.random.Generator) -> None:
    points = random.normal(size=(20, 5))
    np.testing.assert_allclose(pca(points[::-1])[::-1], pca(points), atol=1e-5)


def test_pca_of_a_single_column_leaves_the_other_axes_empty() -> None:
    np.testing.assert_array_equal(pca(np.arange(4.0)[:, None], 3)[:, 1:], 0)


@pytest.mark.parametrize("dimensions", [2, 3])
@pytest.mark.parametrize("project", [pca, tsne, umap], ids=["pca", "tsne", "umap"])
def test_groups_stay_apart_in_every_projection(
    random: np.random.Generator, project: Callable[..., FloatArray], dimensions: int
) -> None:
    settings = {"pca": {}, "tsne": {"perplexity": 8.0}, "umap": {"neighbours": 8}}[project.__name__]
    placed = project(groups(random), dimensions, **settings)
    assert placed.shape == (60, dimensions)
    assert placed.dtype == np.float32
    distances = np.linalg.norm(placed[:, None] - placed[None], axis=2) + np.diag(np.full(60, np.inf))
    group = np.repeat([0, 1, 2], 20)
    assert np.mean(group[distances.argmin(axis=1)] == group) > 0.95


@pytest.mark.parametrize(("project", "setting"), [(tsne, {"perplexity": 5.0}), (umap, {"neighbours": 5})])
def test_a_seed_makes_a_projection_repeat(
    random: np.random.Generator, project: Callable[..., FloatArray], setting: dict[str, float]
) -> None:
    points = groups(random, each=8)
    np.testing.assert_array_equal(project(points, seed=3, **setting), project(points, seed=3, **setting))


def test_umap_draws_even_three_points_and_depends_on_angles_alone(random: np.random.Generator) -> None:
    assert np.isfinite(umap(np.eye(3), neighbours=2)).all()
    points = groups(random, each=5)
    lengths = 2.0 ** random.integers(-3, 4, size=(15, 1))
    np.testing.assert_array_equal(umap(points * lengths, neighbours=4), umap(points, neighbours=4))


@pytest.mark.parametrize("project", [pca, tsne, umap])
@pytest.mark.parametrize(
    ("points", "dimensions", "message"),
    [
        (np.full((5, 4), np.nan), 2, "infinite in row 0. Leave that row out"),
        (np.ones((2, 4)), 2, "at least 3 embeddings.*Choose more utterances"),
        (np.ones(4), 2, "at least 3 embeddings"),
        (np.ones((5, 4)), 4, "2 or 3 dimensions; got 4"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_advice(
    project: Callable[..., FloatArray], points: FloatArray, dimensions: int, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        project(points, dimensions)


def test_parameters_that_do_not_fit_the_number_of_points_are_refused(random: np.random.Generator) -> None:
    points = random.normal(size=(10, 4))
    with pytest.raises(InputError, match="the perplexity between 1 and 9 for this many utterances; got 30"):
        tsne(points)
    with pytest.raises(InputError, match="neighbours between 2 and 9 for this many utterances; got 15"):
        umap(points)
    with pytest.raises(InputError, match="smallest distance between 0 and 1"):
        umap(points, neighbours=5, min_distance=2.0)
    with pytest.raises(InputError, match="zero length in row 0"):
        umap(np.zeros((5, 4)), neighbours=3)
