"""One bar per system: the mean of its seeds, each seed, guessing, intervals, and those that stand apart."""

import pytest

from ser_core.plots.system_scores import LEAST_HEIGHT, system_scores_figure


def bars(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


def words(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_a_bar_is_the_mean_of_the_seeds_in_percent_and_each_seed_a_stroke_on_it():
    figure = system_scores_figure({"one": [0.5, 0.7], "two": [0.25]}, chance=None, intervals={})
    one, two = bars(figure)
    assert (one.x[0], two.x[0]) == (pytest.approx(60), pytest.approx(25))
    assert one.y[0] > two.y[0]  # the first stands on top
    (strokes,) = [trace for trace in figure.data if trace.type == "scatter"]  # one training alone has none
    assert list(strokes.x) == pytest.approx([50, 70])
    assert set(strokes.y) == {one.y[0]}
    assert [text for text in words(figure) if "%" not in text] == ["<b>one</b>", "<b>two</b>"]
    assert {"<b>60.0 %</b>", "<b>25.0 %</b>"} <= set(words(figure))


def test_guessing_is_a_line_with_its_share_and_there_is_none_where_it_differs():
    figure = system_scores_figure({"one": [0.5]}, chance=0.25, intervals={})
    (line,) = figure.layout.shapes
    assert (line.x0, line.x1) == (25, 25)
    assert "guessing: 25 %" in words(figure)
    assert not system_scores_figure({"one": [0.5]}, chance=None, intervals={}).layout.shapes


def test_the_line_of_guessing_runs_beside_every_bar_and_through_no_name():
    figure = system_scores_figure({"one": [0.5], "two": [0.3], "three": [0.4]}, chance=0.25, intervals={})
    names = [one.y for one in figure.layout.annotations if one.text.startswith("<b>") and "%" not in one.text]
    lines = [(line.y0, line.y1) for line in figure.layout.shapes]
    assert len(names) == len(lines) == 3
    for bar in bars(figure):
        (place,) = bar.y
        assert any(low <= place - bar.width / 2 and place + bar.width / 2 <= high for low, high in lines)
    height = 17 / 500 * 3  # of letters at the least height of the figure
    assert not any(low < name + height and high > name for name in names for low, high in lines)


def test_an_interval_is_drawn_from_its_lower_to_its_upper_bound():
    figure = system_scores_figure({"one": [0.5], "two": [0.5]}, chance=None, intervals={"one": (0.4, 0.7)})
    one, two = bars(figure)
    assert one.x[0] - one.error_x.arrayminus[0] == pytest.approx(40)
    assert one.x[0] + one.error_x.array[0] == pytest.approx(70)
    assert two.error_x.array is None


def test_one_that_stands_apart_is_fainter_and_one_without_a_score_says_so():
    figure = system_scores_figure({"one": [0.5], "two": [0.5], "half": []}, chance=None, intervals={}, apart=["two"])
    one, two = bars(figure)
    assert two.opacity < one.opacity
    assert "<b>half</b>: no score yet" in words(figure)


def test_names_from_files_are_no_markup_and_many_systems_make_it_higher():
    figure = system_scores_figure({"<b>loud": [0.5]}, chance=None, intervals={})
    assert "<b>&lt;b&gt;loud</b>" in words(figure)
    assert figure.layout.height == LEAST_HEIGHT
    many = system_scores_figure({str(number): [0.5] for number in range(12)}, chance=None, intervals={})
    assert many.layout.height > LEAST_HEIGHT


def test_bars_differ_in_colour_and_in_pattern():
    looks = {
        (bar.marker.color, bar.marker.pattern.shape)
        for bar in bars(system_scores_figure({str(number): [0.5] for number in range(6)}, chance=None, intervals={}))
    }
    assert len({colour for colour, _ in looks}) == len({pattern for _, pattern in looks}) == 6
