"""Figures of several runs hold what they were given, tell them apart without colour, and write text as text."""

import numpy as np
import plotly.colors
import pytest

from ser_core.errors import InputError
from ser_core.plots.bars import bars_figure
from ser_core.plots.curves import METRICS, curves_figure
from ser_core.plots.matrix import share_difference_figure, shares_figure
from ser_core.plots.style import DIVERGING, EDGED
from ser_core.plots.sweep import sweep_figure, sweep_heat_map
from ser_core.training.events import EpochFigures
from tests.test_labels import COLOUR_BLINDNESS, lab

LABELS = ("neutral", "happy", "sad")


def history(*stages: str) -> list[EpochFigures]:
    return [
        EpochFigures(number, stage, train_loss=2.0 / number, development_uar=number / 10)
        for number, stage in enumerate(stages, 1)
    ]


# ------------------------------------------------------------------------------------------------ curves
def test_every_run_has_one_name_in_the_legend_and_its_line_breaks_between_stages():
    runs = {"<b>one</b>": history("softmax", "softmax", "triplet"), "two": history("softmax", "softmax")}
    figure = curves_figure(runs, "development_uar")
    assert [tuple(trace.y) for trace in figure.data] == [(10, 20), (30,), (10, 20)]
    assert [trace.name for trace in figure.data if trace.showlegend] == ["&lt;b&gt;one&lt;/b&gt;", "two"]
    assert len({(trace.line.color, trace.marker.symbol) for trace in figure.data}) == 2
    (line,) = figure.layout.shapes
    assert (line.x0, line.line.color) == (2.5, figure.data[0].line.color)
    assert figure.layout.annotations[0].text == "triplet"


def test_a_boundary_that_all_runs_share_is_drawn_once_and_in_grey():
    figure = curves_figure({name: history("a", "b") for name in ("one", "two", "three")}, "train_loss")
    assert len(figure.layout.shapes) == 1
    assert figure.layout.shapes[0].line.color not in {trace.line.color for trace in figure.data}
    assert tuple(figure.data[0].y) == (2.0,)


@pytest.mark.parametrize("metric", list(METRICS))
def test_epochs_without_the_figure_are_left_out(metric: str):
    figure = curves_figure({"one": [EpochFigures(1, "a"), EpochFigures(2, "a", **{metric: 0.5})]}, metric)
    assert tuple(figure.data[0].x) == (2,)
    assert curves_figure({}, metric).data == ()


# ------------------------------------------------------------------------------------------------ bars
def test_a_bar_is_the_mean_and_every_seed_a_point_on_its_middle():
    figure = bars_figure({"A": {"head": [0.4, 0.6], "angle": [0.7]}, "B": {"head": [0.2]}}, y_title="UA (%)")
    bars, drawn = ([trace for trace in figure.data if trace.type == kind] for kind in ("bar", "scatter"))
    assert [tuple(bar.y) for bar in bars] == [pytest.approx((50, 70)), pytest.approx((20,))]
    assert bars[0].marker.pattern.shape != bars[1].marker.pattern.shape
    (points,) = [trace for trace in drawn if trace.mode == "markers"]
    assert tuple(points.y) == pytest.approx((40, 60))
    assert tuple(points.x) == pytest.approx((-0.2, -0.2))  # two bars share 0.8 of the room around place 0
    written = [trace.text for trace in drawn if trace.mode == "text"]
    assert written == [("50.0", "70.0"), ("20.0",)]


def test_many_bars_leave_their_numbers_to_the_table():
    figure = bars_figure({str(n): {place: [0.5] for place in "abcd"} for n in range(4)}, y_title="")
    assert {trace.type for trace in figure.data} == {"bar"}


# ------------------------------------------------------------------------------------------------ matrices
def test_shares_and_their_difference_are_written_in_percent_and_with_a_sign():
    first = np.array([[0.5, 0.5, 0.0], [0.25, 0.75, 0.0], [np.nan] * 3])
    figure = shares_figure(first, LABELS)
    assert figure.data[1].text == ("50", "50", "", "25", "75", "", "", "", "")
    assert "no utterance of sad" in figure.data[1].hovertext[8]
    second = np.array([[0.5, 0.25, 0.25], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    difference = share_difference_figure(second - first, LABELS)
    assert difference.data[1].text == ("", "-25", "+25", "-25", "+25", "", "", "", "")
    assert difference.data[0].zmin == -difference.data[0].zmax == -0.25
    with pytest.raises(InputError, match="one label per row"):
        shares_figure(first[:2], LABELS)


@pytest.mark.parametrize("blindness", list(COLOUR_BLINDNESS))
def test_more_and_less_are_told_apart_with_any_colour_vision(blindness: str):
    scale = plotly.colors.get_colorscale(DIVERGING)
    sampled = plotly.colors.sample_colorscale(scale, [0.2, 0.8])
    less, more = ("#" + bytes(map(round, plotly.colors.unlabel_rgb(colour))).hex() for colour in sampled)
    assert np.linalg.norm(lab(less, blindness) - lab(more, blindness)) > 25


# ------------------------------------------------------------------------------------------------ sweeps
def test_a_sweep_draws_every_seed_and_the_line_of_the_means():
    scores = {"": {0: {0: 0.2, 1: 0.4}, 2: {0: 0.5}}}
    figure = sweep_figure(scores, name="lambda", values=[0.0, 0.5, 1.0], y_title="UA (%)")
    seeds, means = figure.data
    assert list(zip(seeds.x, seeds.y, strict=True)) == [(0.0, 20), (0.0, 40), (1.0, 50)]
    assert (tuple(means.x), tuple(means.y)) == ((0.0, 1.0), pytest.approx((30, 50)))
    assert figure.layout.xaxis.title.text == "lambda"
    for markers in (seeds.marker, means.marker):
        assert (markers.opacity, markers.line.color) == (None, EDGED["color"]), "seen on light and on dark ground"


def test_uneven_numbers_stand_in_even_steps_and_the_axis_says_so():
    figure = sweep_figure({"": {1: {0: 0.5}}}, name="lambda", values=[0.0, 0.03, 0.3, 1.0], y_title="")
    assert figure.layout.xaxis.title.text == "lambda (values in even steps)"
    assert tuple(figure.data[1].x) == (1,)
    named = sweep_figure({"": {1: {0: 0.5}}}, name="network", values=["fc", "cnn"], y_title="")
    assert named.layout.xaxis.title.text == "network"
    assert tuple(named.layout.xaxis.ticktext) == ("fc", "cnn")


def test_two_settings_are_one_curve_for_each_value_of_the_first_or_a_heat_map():
    figure = sweep_figure(
        {"fc": {0: {0: 0.5}}, "cnn": {0: {0: 0.6}, 1: {0: 0.7}}}, name="layers", values=[6, 7], y_title=""
    )
    assert [trace.name for trace in figure.data if trace.showlegend is not False] == ["fc", "cnn"]
    means = np.array([[0.5, np.nan], [0.6, 0.7]])
    heat = sweep_heat_map(means, rows=("network", ["fc", "cnn"]), columns=("layers", [6, 7]))
    assert [note.text for note in heat.layout.annotations] == ["50.0", "60.0", "70.0"]
    with pytest.raises(InputError, match=r"shape \(2, 2\); got \(1, 2\)"):
        sweep_heat_map(means[:1], rows=("network", ["fc", "cnn"]), columns=("layers", [6, 7]))
