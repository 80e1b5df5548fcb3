"""Arrows on the sphere point to where the map puts the directions of the classes."""

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.geometry.angles import angles_to, unit
from ser_core.geometry.globe import globe_tips
from ser_core.geometry.maps import PCA, UMAP, MapRequest


def test_pca_puts_a_direction_on_the_axes_of_the_largest_squared_length(random: np.random.Generator) -> None:
    embeddings, directions = random.normal(size=(60, 8)) + 0.5, random.normal(size=(4, 8))
    request = MapRequest(PCA, 3, sphere=True)
    points = request.points(embeddings)
    tips = globe_tips(request, directions, embeddings, points)
    units = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    axes = np.linalg.svd(units, full_matrices=False)[2][:3]
    expected = directions @ axes.T
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(np.abs(tips), np.abs(expected), atol=1e-5)  # an axis has no sign of its own
    np.testing.assert_allclose(globe_tips(request, embeddings, embeddings, points), points, atol=1e-6)


def test_umap_puts_a_direction_in_the_mean_of_its_nearest_utterances(random: np.random.Generator) -> None:
    embeddings, directions = random.normal(size=(50, 6)), random.normal(size=(3, 6))
    points = unit(random.normal(size=(50, 3)))  # wherever the map puts them
    request = MapRequest(UMAP, 3, (("neighbours", 4),), sphere=True)
    tips = globe_tips(request, directions, embeddings, points)
    for direction, tip in zip(directions, tips, strict=True):
        nearest = np.argsort(angles_to(embeddings, direction)[:, 0])[:4]
        total = sum(points[row] for row in nearest)
        np.testing.assert_allclose(tip, total / np.linalg.norm(total))


def test_utterances_on_opposite_sides_give_no_arrow() -> None:
    embeddings = np.array([[1.0, 0.1], [1.0, -0.1], [-1.0, 0.0]])
    points = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, -1.0], [1.0, 0.0, 0.0]])
    request = MapRequest(UMAP, 3, (("neighbours", 2),), sphere=True)
    with pytest.raises(InputError, match="they cancel each other. Choose another seed, or PCA on the sphere"):
        globe_tips(request, np.array([[1.0, 0.0]]), embeddings, points)


def test_a_map_that_is_not_on_the_sphere_has_no_arrows(random: np.random.Generator) -> None:
    embeddings = random.normal(size=(10, 4))
    request = MapRequest(PCA, 3)
    with pytest.raises(InputError, match="Expected a map on the unit sphere; got PCA in 3 dimensions"):
        globe_tips(request, embeddings, embeddings, request.points(embeddings))
