"""Vectors of forty classes stopped the browser for half a minute: a hidden chart of all their pairs."""

import numpy as np
import pytest

from ser_core.embeddings.comparing import AngleChange
from ser_core.plots.intervals import MOST_LINES, drawn_lines, intervals_figure
from ser_core.plots.matrix import WRITTEN, angle_matrix_figure


def angles(classes: int) -> np.ndarray:
    """Symmetric angles from 10 to 100 degrees."""
    found = np.random.default_rng(0).uniform(10, 100, size=(classes, classes))
    return (found + found.T) / 2


@pytest.mark.parametrize("classes", [16, 40, 60, 300])
def test_a_chart_of_pairs_has_a_limit_and_shows_the_widest_classes_and_the_closest_pairs(classes):
    matrix = angles(classes)
    figure = intervals_figure([f"c{number}" for number in range(classes)], matrix, np.stack([matrix, matrix], axis=-1))
    assert len(figure.layout.yaxis.ticktext) == MOST_LINES
    _, within, _, between = figure.data
    assert (len(within.x), len(between.x)) == drawn_lines(classes, classes * (classes - 1) // 2)
    assert sorted(within.x) == sorted(np.diagonal(matrix))[-len(within.x) :]
    assert sorted(between.x) == sorted(matrix[np.triu_indices(classes, 1)])[: len(between.x)]


@pytest.mark.parametrize("classes", [2, 8, 15])
def test_a_few_classes_are_drawn_whole(classes):
    assert drawn_lines(classes, classes * (classes - 1) // 2) == (classes, classes * (classes - 1) // 2)


@pytest.mark.parametrize("classes", [2, WRITTEN, WRITTEN + 1, 30])
def test_numbers_are_written_into_cells_that_have_room_for_them(classes):
    figure = angle_matrix_figure(angles(classes), [f"c{number}" for number in range(classes)])
    assert ("text" in figure.data[-1].mode) == (classes <= WRITTEN)
    assert figure.layout.height < 850


def test_the_change_of_many_angles_is_drawn_where_it_is_largest():
    first = angles(50)
    second = first.copy()
    second[7, 41] = second[41, 7] = first[7, 41] + 60
    kept = AngleChange(tuple(f"c{number}" for number in range(50)), first, second).largest(2)
    assert kept.labels == ("c7", "c41")
    assert kept.change[0, 1] == pytest.approx(60)
