"""Figures of angles: the audit's tables and picture, intervals, histograms."""

import itertools

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.geometry.reach import Triple
from ser_core.geometry.spread import AngleHistograms
from ser_core.labels import COLOURS
from ser_core.plots.angle_histograms import angle_histograms_figure
from ser_core.plots.audit import MARKED, WRITTEN, audited_figure, change_figure
from ser_core.plots.detour import detour_figure
from ser_core.plots.intervals import intervals_figure
from ser_core.plots.matrix import angle_matrix_figure
from ser_core.plots.style import MUTED

LABELS = ("neutral", "happy", "sad")
DEGREES = np.array([[0, 60.34, 89.78], [60.34, 0, 25.75], [89.78, 25.75, 0]])


def test_pairs_that_cannot_be_are_framed_and_said_to_be_under_the_mouse():
    excess = np.zeros((3, 3))
    excess[0, 2] = excess[2, 0] = 3.69
    figure = audited_figure(DEGREES, LABELS, excess=excess)
    cells, marks = figure.data[1], figure.data[2]
    assert sorted(zip(marks.x, marks.y, strict=True)) == [(0, 2), (2, 0)]
    assert cells.text[1] == "60.3"
    assert cells.text[0] == ""  # the diagonal plays no part
    assert cells.hovertext[2] == "neutral – sad: 89.78°<br>3.69° more than by way of a third"
    assert len(audited_figure(DEGREES, LABELS).data) == 2


def test_a_large_table_is_an_overview_without_texts_and_without_too_many_marks():
    size = 60
    labels = [f"<{number}>" for number in range(size)]
    excess = np.ones((size, size))
    figure = audited_figure(np.full((size, size), 90.0), labels, excess=excess)
    assert [trace.type for trace in figure.data] == ["heatmap"]
    assert size * size > MARKED
    assert figure.data[0].x[3] == "&lt;3&gt;"
    assert len(figure.layout.xaxis.tickvals) <= 25
    excess[2:] = 0
    marks = audited_figure(np.full((size, size), 90.0), labels, excess=excess).data[1]
    assert len(marks.x) == 2 * size
    assert set(marks.x) == set(figure.data[0].x)  # by name: the axes are not numbers here
    assert size > WRITTEN


def test_change_is_white_at_zero_with_both_ends_equally_far():
    change = np.array([[0.0, 6.7], [-13.7, 0.0]])
    picture = change_figure(change, LABELS[:2]).data
    assert (picture[0].zmin, picture[0].zmax) == (-13.7, 13.7)
    assert picture[1].text[1] == "+6.7"


def rays(figure):
    """Turn in degrees, and dash, of each direction that is drawn."""
    lines = [trace for trace in figure.data if trace.line.width == 4]
    return [np.degrees(np.arctan2(ray.y[1], ray.x[1])) % 360 for ray in lines], [ray.line.dash for ray in lines]


def written(figure):
    return {note.text for note in figure.layout.annotations}


def test_the_way_round_ends_before_the_dashed_line_by_the_excess():
    figure = detour_figure(Triple("neutral", "sad", "happy", direct=89.78, first=60.34, second=25.75))
    turns, dashes = rays(figure)
    assert turns == pytest.approx([0, 60.34, 86.09, 89.78])
    assert dashes == ["solid", "solid", "solid", "dash"]
    assert [trace for trace in figure.data if trace.line.width == 4][1].line.color == COLOURS["happy"]
    assert written(figure) == {"60.34°", "25.75°", "89.78°", "neutral", "happy", "sad<br>3.69° too far"}


def test_a_triple_that_can_be_ends_beyond_its_line_by_what_is_to_spare():
    figure = detour_figure(Triple("neutral", "sad", "happy", direct=60, first=30, second=40))
    assert rays(figure) == (pytest.approx([0, 30, 70, 60]), ["solid", "solid", "dot", "solid"])
    assert written(figure) == {"30.00°", "40.00°", "60.00°", "neutral", "happy", "sad<br>10.00° to spare"}
    beyond_a_half_turn = detour_figure(Triple("neutral", "sad", "happy", direct=100, first=110, second=120))
    assert rays(beyond_a_half_turn)[0] == pytest.approx([0, 110, 230, 260])  # 100° back from neutral
    assert "sad<br>30.00° to spare" in written(beyond_a_half_turn)
    full = detour_figure(Triple("neutral", "sad", "happy", direct=150, first=110, second=120))
    assert rays(full) == (pytest.approx([0, 110, 230, 210]), ["solid", "solid", "solid", "dash"])
    assert "sad<br>20.00° too far" in written(full)


def boxes(figure):
    """Pixels that each writing takes in a narrow picture of 14 px letters: left, bottom, right, top."""
    (left, right), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    unit = min(330 / (right - left), figure.layout.height / (top - bottom))
    found = []
    for note in figure.layout.annotations:
        lines = note.text.split("<br>")
        wide, high = 7 * max(map(len, lines)), 17 * len(lines)
        x = note.ax * unit - {"left": 0, "center": 0.5, "right": 1}[note.xanchor] * wide
        y = note.ay * unit - {"bottom": 0, "middle": 0.5, "top": 1}[note.yanchor] * high
        found.append((x, y, x + wide, y + high))
    return found, (left * unit, bottom * unit, right * unit, top * unit)


@pytest.mark.parametrize(
    ("direct", "first", "second"),
    [(1.2, 0.7, 0.6), (1, 1, 1.5), (0.01, 0.01, 0.01), (20, 12, 15), (3, 90, 88), (0.5, 179, 179.6), (2, 1, 0.5)],
)
def test_no_writing_of_a_triple_covers_another_one_or_leaves_the_picture(direct, first, second):
    figure = detour_figure(Triple("frustrated", "surprise", "happy", direct=direct, first=first, second=second))
    found, picture = boxes(figure)
    assert len(found) == 6
    for (left, bottom, right, top), (left2, bottom2, right2, top2) in itertools.combinations(found, 2):
        assert min(right, right2) <= max(left, left2) or min(top, top2) <= max(bottom, bottom2)
    for left, bottom, right, top in found:
        assert picture[0] <= left
        assert right <= picture[2]
        assert picture[1] <= bottom
        assert top <= picture[3]


def test_a_writing_that_was_moved_has_a_line_to_what_it_tells_and_one_with_room_stands_there():
    tight = detour_figure(Triple("neutral", "sad", "happy", direct=1.2, first=0.7, second=0.6))
    moved = [note for note in tight.layout.annotations if (note.x, note.y) != (note.ax, note.ay)]
    assert {note.text.split("<br>")[0] for note in moved} >= {"neutral", "sad"}
    assert {note.arrowcolor for note in moved} == {MUTED}
    wide = detour_figure(Triple("neutral", "sad", "happy", direct=102.4, first=111.8, second=111.2))
    assert all((note.x, note.y) == (note.ax, note.ay) for note in wide.layout.annotations)
    assert MUTED not in {note.arrowcolor for note in wide.layout.annotations}


def test_both_cells_of_the_chosen_pair_are_marked():
    cells = audited_figure(DEGREES, LABELS, chosen=("neutral", "sad")).data[1]
    assert [tuple(cells.customdata[place]) for place in cells.selectedpoints] == [
        ("neutral", "sad"),
        ("sad", "neutral"),
    ]


def test_intervals_are_drawn_from_bound_to_bound_each_group_by_size():
    bounds = np.stack([DEGREES - 2, DEGREES + 3], axis=-1)
    bounds[0, 1] = np.nan
    matrix = DEGREES + np.diag([12.0, np.nan, 10.0])
    _, within, lines, between = intervals_figure(LABELS, matrix, bounds).data
    assert list(within.customdata) == ["sad", "neutral"]  # of happy, nobody is there
    assert list(between.customdata) == ["happy – sad", "neutral – happy", "neutral – sad"]
    assert lines.x[2] - lines.error_x.array[2] == pytest.approx(89.78 - 2)
    assert lines.x[2] + lines.error_x.array[2] == pytest.approx(89.78 + 3)
    assert np.isnan(lines.x[1])
    assert between.hovertext[1] == "60.3°"
    assert list(itertools.chain(within.y, between.y)) == list(range(5))
    with pytest.raises(InputError, match="Pass one label per row"):
        intervals_figure(LABELS, matrix, bounds[:2])


def test_a_line_from_bound_to_bound_lies_beside_an_angle_that_is_outside():
    bounds = np.stack([DEGREES + 1, DEGREES + 3], axis=-1)
    lines = intervals_figure(LABELS, DEGREES, bounds).data[2]
    assert (np.array(lines.error_x.array) > 0).all()
    assert list(lines.x) == pytest.approx(sorted(DEGREES[np.triu_indices(3, 1)] + 2))


def test_the_matrix_tells_deviation_and_interval_under_the_mouse():
    bounds = np.stack([DEGREES - 2, DEGREES + 3], axis=-1)
    bounds[0, 1] = np.nan
    figure = angle_matrix_figure(DEGREES + np.diag([5, 6, np.nan]), LABELS, deviations=np.array([1.5, np.nan, np.nan]),
                                 intervals=bounds)  # fmt: skip
    told = figure.data[1].hovertext
    assert told[0] == "within neutral: mean 5.0°<br>standard deviation 1.5°<br>95 %: -2.0° to 3.0°"
    assert told[1] == "neutral – happy: 60.3°"
    assert told[8] == "no utterance of sad"


def test_histograms_are_in_percent_of_their_group_one_row_per_class():
    found = AngleHistograms(np.array([0.0, 90, 180]), np.array([[1, 3], [0, 0]]), np.array([[5, 5], [4, 0]]))
    figure = angle_histograms_figure(found, ("sad", "happy"), np.array([40.0, np.nan]), colours=["#0072B2", "#D89000"])
    own, others, nobody, _ = figure.data
    assert list(own.y) == [25, 75]
    assert list(others.y) == [50, 50]
    assert list(nobody.y) == [0, 0]
    assert own.marker.color == COLOURS["sad"]
    assert len(figure.layout.shapes) == 1  # the mean within, where there is one
    with pytest.raises(InputError, match="got 2 for 1. Pass all labels"):
        angle_histograms_figure(found, ("sad",), np.array([40.0]), colours=["#0072B2"])


LONG = "a label that somebody wrote as a whole sentence " * 6


def test_a_long_label_leaves_the_picture_its_room_and_is_told_on_hover():
    found = AngleHistograms(np.array([0.0, 90, 180]), np.array([[1, 3], [2, 0]]), np.array([[5, 5], [4, 0]]))
    histograms = angle_histograms_figure(found, (LONG, "sad"), np.array([40.0, 9.0]), colours=["#0072B2", "#D89000"])
    assert [one.text for one in histograms.layout.annotations] == ["a label that somebo…", "sad"]
    matrix = angle_matrix_figure(np.array([[1.0, 60.0], [60.0, 2.0]]), (LONG, "sad"))
    for axis in (matrix.layout.xaxis, matrix.layout.yaxis):
        assert list(axis.ticktext) == ["a label that somebo…", "sad"]
    assert matrix.data[1].hovertext[1] == f"{LONG} – sad: 60.0°"
    assert list(matrix.data[1].customdata[0]) == [LONG, LONG], "a press names the class itself"
    intervals = intervals_figure((LONG, "sad"), np.array([[1.0, 60.0], [60.0, 2.0]]), np.full((2, 2, 2), np.nan))
    assert max(map(len, intervals.layout.yaxis.ticktext)) <= len("a label that somebo… – sad")


def test_the_chosen_cell_is_marked_from_the_start() -> None:
    figure = angle_matrix_figure(DEGREES, LABELS, chosen=(LABELS[1], LABELS[2]))
    (number,) = figure.data[-1].selectedpoints
    assert list(figure.data[-1].customdata[number]) == [LABELS[1], LABELS[2]]
    assert angle_matrix_figure(DEGREES, LABELS).data[-1].selectedpoints is None
