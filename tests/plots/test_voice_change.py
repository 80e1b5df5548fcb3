"""The figure of a change: one track per emotion, from before to after."""

import pytest

from ser_core.errors import InputError
from ser_core.labels import COLOURS, SYMBOLS
from ser_core.plots.voice_change import TICK, change_figure

BEFORE, AFTER = {"sad": 40.0, "neutral": 60.0}, {"neutral": 20.0, "sad": 70.0}


def test_each_emotion_goes_from_before_to_after_in_its_colour_and_marker():
    figure = change_figure(BEFORE, AFTER, spoken="neutral")
    way, first, last, told = figure.data
    labels = ["neutral", "sad"]
    assert list(way.x) == [60.0, 20.0, None, 40.0, 70.0, None]
    for trace, angles in ((first, BEFORE), (last, AFTER)):
        assert list(trace.x) == [angles[label] for label in labels]
        assert list(trace.marker.color) == [COLOURS[label] for label in labels]
    assert (first.marker.symbol, list(first.marker.line.color)) == (TICK, [COLOURS[label] for label in labels])
    assert list(last.marker.symbol) == [SYMBOLS[label] for label in labels]
    assert list(figure.layout.yaxis.ticktext) == ["<b>neutral</b>", "sad"]
    assert [text.strip() for text in told.text] == ["60° → 20°", "40° → 70°"]


def test_the_axis_names_no_angle_beyond_180_degrees_though_words_stand_there():
    axis = change_figure(BEFORE, {**AFTER, "sad": 178.0}, spoken="sad").layout.xaxis
    assert axis.range[1] > 200
    assert list(axis.tickvals) == [0, 30, 60, 90, 120, 150, 180]


def test_figures_beside_each_other_share_their_reach():
    ends = {change_figure(BEFORE, AFTER, spoken="sad", reach=reach).layout.xaxis.range[1] for reach in (100.0, 100.0)}
    assert len(ends) == 1
    assert ends.pop() > 100


def test_other_emotions_before_than_after_are_refused():
    with pytest.raises(InputError, match="Take both from the same model"):
        change_figure(BEFORE, {"sad": 1.0}, spoken="sad")
