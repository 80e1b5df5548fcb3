"""Points laid onto others as SciPy lays them, in the coordinates of the reference."""

import numpy as np
import pytest
import scipy.spatial

from ser_core.errors import InputError
from ser_core.geometry.procrustes import procrustes


@pytest.mark.parametrize("shape", [(3, 2), (40, 2), (30, 5), (4, 6)])
def test_disparity_and_standardised_points_are_those_of_scipy(random, shape):
    reference, moved = random.normal(size=shape) + 3, 7 * random.normal(size=shape) - 1
    theirs, ours, disparity = scipy.spatial.procrustes(reference, moved)
    found = procrustes(reference, moved)
    assert found.disparity == pytest.approx(disparity)
    middle = reference.mean(axis=0)
    size = np.linalg.norm(reference - middle)
    np.testing.assert_allclose(theirs * size + middle, reference)
    np.testing.assert_allclose(found.points, ours * size + middle)


def test_a_turned_mirrored_scaled_and_shifted_copy_comes_to_lie_on_the_original(random):
    reference = random.normal(size=(20, 2))
    turn = np.array([[np.cos(1.0), -np.sin(1.0)], [np.sin(1.0), np.cos(1.0)]]) @ np.diag([1, -1])
    found = procrustes(reference, 0.2 * reference @ turn + 100)
    np.testing.assert_allclose(found.points, reference, atol=1e-9)
    assert found.disparity == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("reference", "moved", "advice"),
    [
        (np.ones((3, 2)), np.ones((4, 2)), "Match the rows of both first"),
        (np.ones((3, 2)), np.arange(6.0).reshape(3, 2), "Choose other utterances"),
        (np.arange(6.0).reshape(3, 2), np.full((3, 2), np.nan), "Leave those rows out of both sets"),
        (np.zeros((0, 2)), np.zeros((0, 2)), "Match the rows of both first"),
    ],
)
def test_what_has_no_shape_is_refused_with_advice(reference, moved, advice):
    with pytest.raises(InputError, match=advice):
        procrustes(reference, moved)
