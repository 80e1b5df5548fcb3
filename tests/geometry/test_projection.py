"""Projections equal scikit-learn's where there is one answer, repeat under a seed, and refuse what they cannot draw."""

from collections.abc import Callable

import numpy as np
import pytest
from sklearn.decomposition import PCA

from ser_core.errors import ConfigError, InputError
from ser_core.geometry.angles import unit
from ser_core.geometry.neighbours import nearest
from ser_core.geometry.projection import pca, place_by_pca
from ser_core.geometry.tsne_map import most_perplexity, place_by_tsne, tsne
from ser_core.geometry.umap_map import place_by_umap, umap
from ser_core.jobs import Progress
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
        (np.full((5, 4), np.nan), 2, "NaN or infinite value in row 0. Leave that row out"),
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
    with pytest.raises(InputError, match="the perplexity between 1 and 3 for this many utterances; got 30"):
        tsne(points)
    with pytest.raises(InputError, match="the exaggeration between 1 and 30"):
        tsne(points, perplexity=3, exaggeration=0.5)
    with pytest.raises(InputError, match="the iterations between 50 and 5000"):
        tsne(points, perplexity=3, iterations=6000)
    with pytest.raises(ConfigError, match="a start among PCA, random; got 'pca'"):
        tsne(points, perplexity=3, start="pca")
    with pytest.raises(InputError, match="neighbours between 2 and 9 for this many utterances; got 15"):
        umap(points)
    with pytest.raises(InputError, match="smallest distance between 0 and 1"):
        umap(points, neighbours=5, min_distance=2.0)
    with pytest.raises(InputError, match="the iterations between 10 and 5000"):
        umap(points, neighbours=5, iterations=5)
    with pytest.raises(ConfigError, match="a start among spectral, random"):
        umap(points, neighbours=5, start="PCA")
    with pytest.raises(InputError, match="zero length in row 0"):
        umap(np.zeros((5, 4)), neighbours=3)


# ------------------------------------------------------------------------------------------------ t-SNE
def test_tsne_equals_opentsne_called_directly_with_the_cosine_distance(random: np.random.Generator) -> None:
    from openTSNE import TSNE

    points = groups(random, each=12)
    start = unit(points)[:, :2] * 1e-4
    theirs = TSNE(perplexity=6, metric="cosine", neighbors="exact", n_iter=60, n_jobs=1).fit(
        unit(points), initialization=start
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ser_core.geometry.tsne_map._start", lambda *_: start)
        ours = tsne(points, perplexity=6, iterations=60)
    np.testing.assert_allclose(ours, theirs, atol=1e-3)


@pytest.mark.parametrize("dimensions", [2, 3])
def test_the_tree_finds_the_repulsion_of_tsne_in_two_and_three_dimensions(
    random: np.random.Generator, dimensions: int
) -> None:
    from openTSNE.tsne import kl_divergence_bh
    from scipy.sparse import csr_matrix

    points = random.normal(size=(30, dimensions))
    nothing = csr_matrix((30, 30))  # no attraction: what is left is the repulsion
    _, found = kl_divergence_bh(points, nothing, dof=1, bh_params={"theta": 0.0})
    expected, total = np.zeros_like(points), 0.0
    for one in range(30):
        for other in range(30):
            if one != other:
                closeness = 1 / (1 + np.square(points[one] - points[other]).sum())
                total += closeness
                expected[one] -= closeness**2 * (points[one] - points[other])
    np.testing.assert_allclose(found, expected / total, rtol=1e-6, atol=1e-9)


def test_seeds_differ_little_from_pca_and_a_lot_at_random(random: np.random.Generator) -> None:
    points = groups(random, each=8)
    near = np.abs(tsne(points, perplexity=5, seed=0, iterations=50) - tsne(points, perplexity=5, seed=1, iterations=50))
    far = np.abs(
        tsne(points, perplexity=5, seed=0, iterations=50, start="random")
        - tsne(points, perplexity=5, seed=1, iterations=50, start="random")
    )
    assert 0 < near.mean() < far.mean()


def test_the_smallest_maps_can_be_drawn_by_tsne() -> None:
    assert most_perplexity(3) == 1
    for dimensions in (2, 3):
        assert np.isfinite(tsne(np.eye(3), dimensions, perplexity=1, iterations=50)).all()
    assert np.isfinite(tsne(np.ones((6, 4)), perplexity=1, iterations=50)).all()


# ------------------------------------------------------------------------------------------------ placing
def test_pca_places_new_points_exactly(random: np.random.Generator) -> None:
    known, new = random.normal(size=(30, 6)), random.normal(size=(4, 6))
    reference = PCA(2).fit(known)
    placed = place_by_pca(new, known)
    signs = np.sign((pca(known) * reference.transform(known)).sum(axis=0))
    np.testing.assert_allclose(placed * signs, reference.transform(new), atol=1e-5)
    np.testing.assert_array_equal(place_by_pca(known[:3], known), pca(known)[:3])


@pytest.mark.parametrize("dimensions", [2, 3])
def test_tsne_places_new_points_among_their_group_and_moves_nobody(
    random: np.random.Generator, dimensions: int
) -> None:
    known = groups(random, each=12)
    points = tsne(known, dimensions, perplexity=6) + 100  # wherever the map lies
    before = points.copy()
    placed = place_by_tsne(3 * known[[1, 14, 30]] + 0.01, known, points, perplexity=6)
    np.testing.assert_array_equal(points, before)
    distances = np.linalg.norm(placed[:, None] - points[None], axis=2)
    np.testing.assert_array_equal(distances.argmin(axis=1) // 12, [0, 1, 2])


def test_umap_places_new_points_as_the_model_that_made_the_map_does(random: np.random.Generator) -> None:
    from umap import UMAP

    known, new = groups(random, each=12), groups(random, each=2)

    def distances(rows: FloatArray) -> FloatArray:
        indices, angles = nearest(rows, unit(known), len(known))
        found = np.zeros((len(rows), len(known)), dtype=np.float32)
        np.put_along_axis(found, indices, (1 - np.cos(np.radians(angles))).astype(np.float32), axis=1)
        return found

    # UMAP's random numbers follow from the last bit of every distance, so it is given the same distances.
    model = UMAP(n_neighbors=6, metric="precomputed", random_state=0, n_jobs=1, n_epochs=60).fit(distances(unit(known)))
    placed = place_by_umap(new, known, model.embedding_, neighbours=6, iterations=60)
    np.testing.assert_array_equal(placed, model.transform(distances(unit(new))))


def test_umap_places_points_on_a_large_map_without_comparing_all_pairs_in_python(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compared(*given: object, **more: object) -> None:
        raise AssertionError("umap-learn compares all pairs by a Python function")

    monkeypatch.setattr("umap.umap_.pairwise_distances", compared)
    known = groups(random, each=500)
    points = random.normal(size=(len(known), 2)).astype(np.float32)
    assert place_by_umap(known[:3] + 0.01, known, points).shape == (3, 2)


def test_what_is_placed_must_come_from_the_same_model(random: np.random.Generator) -> None:
    with pytest.raises(InputError, match="embeddings of 4 dimensions to place on the map; got \\(1, 3\\)"):
        place_by_pca(np.ones(3), random.normal(size=(6, 4)))


# ------------------------------------------------------------------------------------------------ the sphere
def test_pca_on_the_sphere_keeps_the_directions_of_vectors_in_three_dimensions(random: np.random.Generator) -> None:
    points = random.normal(size=(20, 3))
    placed = pca(points, 3, sphere=True)
    np.testing.assert_allclose(np.linalg.norm(placed, axis=1), 1, rtol=1e-6)
    np.testing.assert_allclose(placed @ placed.T, unit(points) @ unit(points).T, atol=1e-5)  # only turned
    np.testing.assert_allclose(place_by_pca(7 * points[:2], points, 3, sphere=True), placed[:2], atol=1e-6)


def test_umap_lays_groups_out_on_the_sphere_and_places_new_points_there(random: np.random.Generator) -> None:
    known = groups(random, each=12)
    placed = umap(known, 3, neighbours=6, iterations=100, sphere=True)
    np.testing.assert_allclose(np.linalg.norm(placed, axis=1), 1, rtol=1e-5)
    nearest = (placed @ placed.T - 9 * np.eye(36)).argmax(axis=1)
    assert np.mean(nearest // 12 == np.arange(36) // 12) > 0.9
    new = place_by_umap(known[[1, 14, 30]] + 0.01, known, placed, neighbours=6, sphere=True)
    np.testing.assert_allclose(np.linalg.norm(new, axis=1), 1, rtol=1e-5)
    np.testing.assert_array_equal((new @ placed.T).argmax(axis=1) // 12, [0, 1, 2])


def test_a_vector_without_a_place_on_the_sphere_is_named() -> None:
    points = np.concatenate([np.tile(np.eye(4)[:3], (4, 1)), np.eye(4)[3:]])
    with pytest.raises(InputError, match="row 12 is at right angles to all.*Choose PCA in three dimensions"):
        pca(points, 3, sphere=True)
    with pytest.raises(InputError, match="Expected 3 dimensions for a map on the sphere; got 2"):
        pca(points, 2, sphere=True)


# ------------------------------------------------------------------------------------------------ progress
@pytest.mark.parametrize(("project", "setting"), [(tsne, {"perplexity": 5.0}), (umap, {"neighbours": 5})])
def test_progress_rises_to_the_end_changes_nothing_and_can_end_the_work(
    random: np.random.Generator, project: Callable[..., FloatArray], setting: dict[str, float]
) -> None:
    points, reported = groups(random, each=8), []
    told = project(points, iterations=100, progress=reported.append, **setting)
    np.testing.assert_array_equal(told, project(points, iterations=100, **setting))
    shares = [progress.share for progress in reported]
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert shares[-1] == 1

    def enough(progress: Progress) -> None:
        if progress.share > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        project(points, iterations=100, progress=enough, **setting)
