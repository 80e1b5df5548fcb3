"""The nearest correlation matrix: published examples, an independent minimiser, and the certificate of its optimum."""

import numpy as np
import pytest
from scipy.optimize import minimize

from ser_core.errors import InputError
from ser_core.geometry.correlation import cosines_of, nearest_correlation, smallest_eigenvalue
from ser_core.geometry.published import PRINTED_ANGLES
from ser_core.types import FloatArray


def symmetric(random: np.random.Generator, size: int) -> FloatArray:
    matrix = random.uniform(-1, 1, size=(size, size))
    matrix = np.triu(matrix, 1)
    return matrix + matrix.T + np.eye(size)


def test_the_two_examples_of_highams_paper_come_out_as_printed() -> None:
    first = np.array([[2.0, -1, 0, 0], [-1, 2, -1, 0], [0, -1, 2, -1], [0, 0, -1, 2]])
    found = nearest_correlation(first).matrix
    np.testing.assert_allclose(found[:2], [[1, -0.8084, 0.1916, 0.1068], [-0.8084, 1, -0.6562, 0.1916]], atol=5e-5)
    second = np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1]])
    found = nearest_correlation(second).matrix
    assert np.linalg.norm(second - found) == pytest.approx(0.5278, abs=5e-5)
    np.testing.assert_allclose(found[0], [1, 0.7607, 0.1573], atol=5e-5)


@pytest.mark.parametrize("size", [3, 5])
def test_an_optimiser_that_moves_unit_vectors_finds_the_same_matrix(random: np.random.Generator, size: int) -> None:
    wanted = symmetric(random, size)

    def distance(flat: FloatArray) -> float:
        vectors = flat.reshape(size, size)
        vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return float(np.square(vectors @ vectors.T - wanted).sum())

    best = min((minimize(distance, random.normal(size=size * size), tol=1e-14) for _ in range(5)), key=lambda r: r.fun)
    found = nearest_correlation(wanted).matrix
    assert np.square(found - wanted).sum() == pytest.approx(best.fun, abs=1e-7)
    vectors = best.x.reshape(size, size)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    np.testing.assert_allclose(found, vectors @ vectors.T, atol=1e-3)


def degenerate() -> list[FloatArray]:
    """Matrices whose nearest one has few dimensions, or lies on the edge in many ways."""
    opposite = -np.ones((6, 6)) + 2 * np.eye(6)
    groups = np.where(np.arange(8)[:, None] // 4 == np.arange(8) // 4, 1.0, -1.0)
    groups[0, 1] = groups[1, 0] = 0.0
    return [opposite, groups, symmetric(np.random.default_rng(2), 40).round()]


@pytest.mark.parametrize(
    "matrix",
    [cosines_of(PRINTED_ANGLES["kumar-2020-table-2"].angles), symmetric(np.random.default_rng(1), 12), *degenerate()],
)
def test_what_is_found_carries_the_certificate_of_the_one_nearest_matrix(matrix: FloatArray) -> None:
    found = nearest_correlation(matrix).matrix
    assert np.linalg.eigvalsh(found)[0] >= -1e-14
    np.testing.assert_array_equal(found, found.T)
    np.testing.assert_array_equal(np.diag(found), 1)
    # Optimal exactly if some diagonal makes the difference positive semidefinite and orthogonal to what was found.
    difference = found - matrix
    dual = difference - np.diag(np.diag(difference @ found))
    assert np.linalg.eigvalsh(dual)[0] >= -1e-7
    assert np.abs(dual @ found).max() < 1e-7


def test_a_matrix_that_can_exist_stays_as_it_is(random: np.random.Generator) -> None:
    vectors = random.normal(size=(6, 9))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, 1.0)
    found = nearest_correlation(cosines)
    assert found.rounds == 0
    np.testing.assert_array_equal(found.matrix, cosines)


def test_what_was_found_is_its_own_nearest(random: np.random.Generator) -> None:
    once = nearest_correlation(symmetric(random, 7)).matrix
    np.testing.assert_allclose(nearest_correlation(once).matrix, once, atol=1e-9)


def test_a_large_table_takes_few_steps(random: np.random.Generator) -> None:
    assert nearest_correlation(symmetric(random, 150)).rounds < 20


def test_a_smaller_tolerance_takes_more_rounds_and_moves_the_answer_by_less_than_the_larger_one(
    random: np.random.Generator,
) -> None:
    matrix = symmetric(random, 10)
    rough, fine = (nearest_correlation(matrix, tolerance=tolerance) for tolerance in (1e-4, 1e-12))
    assert rough.rounds < fine.rounds
    assert 0 < np.linalg.norm(rough.matrix - fine.matrix) < 1e-2


def test_the_smallest_eigenvalue_is_that_of_the_cosines_whatever_the_diagonal_holds(
    random: np.random.Generator,
) -> None:
    angles = np.degrees(np.arccos(symmetric(random, 5)))
    expected = min(np.linalg.eigvals(np.cos(np.radians(angles))).real)
    np.fill_diagonal(angles, 33.0)
    assert smallest_eigenvalue(angles) == pytest.approx(expected)
    assert smallest_eigenvalue(PRINTED_ANGLES["kumar-2020-table-2"].angles) == pytest.approx(-0.334, abs=5e-4)


@pytest.mark.parametrize("matrix", [np.ones((2, 3)), np.array([[1.0, 0.5], [0.1, 1.0]]), np.full((2, 2), np.nan)])
def test_what_is_no_symmetric_matrix_is_refused(matrix: FloatArray) -> None:
    with pytest.raises(InputError, match=r"square, symmetric matrix of finite numbers; got shape .* Check the table"):
        nearest_correlation(matrix)


def test_a_search_that_does_not_converge_says_so(random: np.random.Generator) -> None:
    with pytest.raises(InputError, match="converge within 2 rounds; it did not. Look at a part"):
        nearest_correlation(symmetric(random, 8), most_rounds=2)
