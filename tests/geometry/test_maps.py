"""A request names its map completely, and refuses what cannot be made before anything is computed."""

import numpy as np
import pytest

from ser_core.errors import ConfigError, InputError
from ser_core.geometry.maps import METHODS, PCA, TSNE, UMAP, MapRequest, parameters


def test_the_caption_names_everything_needed_to_draw_a_map_again() -> None:
    flat = MapRequest(TSNE, 2, (("exaggeration", 1.5), ("perplexity", 12), ("seed", 3), ("start", "random")))
    assert flat.caption == "t-SNE in 2 dimensions, exaggeration 1.5, perplexity 12, seed 3, start random"
    assert MapRequest(UMAP, 3, (("min_distance", 0.1),), sphere=True).caption == (
        "UMAP on the unit sphere, min distance 0.1"
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("rows", [4, 40, 20_000])
def test_what_a_form_begins_with_is_accepted(method: str, rows: int) -> None:
    settings = tuple(sorted((name, one.default) for name, one in parameters(method, rows).items()))
    MapRequest(method, 2, settings).check(rows)


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            MapRequest(TSNE, 2, (("perplexity", 30),)),
            "whole number from 1 to 3 for perplexity, with 12 utterances; got 30",
        ),
        (MapRequest(UMAP, 2, (("neighbours", 2.5),)), "whole number from 2 to 11 for neighbours"),
        (MapRequest(UMAP, 2, (("min_distance", -1),)), "from 0 to 0.99 for minimum distance"),
        (MapRequest(UMAP, 2, (("iterations", 5),)), "from 10 to 5000 for iterations"),
        (MapRequest(TSNE, 2, (("exaggeration", 31),)), "from 1 to 30 for exaggeration"),
        (MapRequest(TSNE, 2, (("seed", -1),)), "from 0 to 2147483647 for seed|from 0 to 2.14748e\\+09 for seed"),
        (MapRequest(TSNE, 3, (), sphere=True), "on the sphere by PCA or UMAP in 3 dimensions; got t-SNE in 3"),
        (MapRequest(UMAP, 2, (), sphere=True), "got UMAP in 2. Choose one of those, or a flat map"),
    ],
)
def test_what_is_out_of_range_is_refused_with_the_range(request_: MapRequest, message: str) -> None:
    with pytest.raises(InputError, match=message):
        request_.points(np.eye(12))


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (MapRequest("tsne", 2), "a method among PCA, UMAP, t-SNE"),
        (MapRequest(TSNE, 2, (("neighbours", 3),)), "a parameter among perplexity"),
        (MapRequest(TSNE, 2, (("start", "spectral"),)), "a start among PCA, random"),
    ],
)
def test_unknown_names_are_refused(request_: MapRequest, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        request_.check(12)


def test_a_key_changes_with_whatever_decides_the_map_and_with_nothing_else(random: np.random.Generator) -> None:
    points = random.normal(size=(6, 4)).astype(np.float32)
    request = MapRequest(UMAP, 2, (("seed", 0),))
    keys = [
        request.key(points), request.with_seed(1).key(points), MapRequest(UMAP, 3, (("seed", 0),)).key(points),
        MapRequest(TSNE, 2, (("seed", 0),)).key(points), request.key(points + 1), request.key(points[:5]),
    ]  # fmt: skip
    assert len(set(keys)) == len(keys)
    assert request.key(points.copy()) == request.with_seed(1).with_seed(0).key(np.asfortranarray(points)) == keys[0]


def test_pca_and_tsne_place_known_points_near_where_they_are(random: np.random.Generator) -> None:
    known = np.repeat(5 * np.eye(8)[:3], 10, axis=0) + random.normal(scale=0.1, size=(30, 8))
    for request in (
        MapRequest(PCA, 2),
        MapRequest(PCA, 3, sphere=True),
        MapRequest(TSNE, 2, (("iterations", 60), ("perplexity", 4))),
    ):
        points = request.points(known)
        assert points.shape == (30, request.dimensions)
        placed = request.place(known[[0, 10, 20]] + 1e-4, known, points)
        nearest = np.linalg.norm(placed[:, None] - points[None], axis=2).argmin(axis=1)
        np.testing.assert_array_equal(nearest // 10, [0, 1, 2], err_msg=request.caption)
    with pytest.raises(InputError, match="map of shape \\(30, 2\\) to place on; got \\(29, 2\\)"):
        MapRequest(TSNE, 2).place(known, known, points[1:])
