"""The plane and the words of a sentence are drawn where the numbers say."""

import pytest

from ser_core.inference import TextPrediction, WordShare
from ser_core.plots.sentence import plane_figure, words_figure
from ser_core.tasks import RatingsTask

TASK = RatingsTask(("valence", "arousal", "dominance"), (3.0, 3.1, 3.0), (0.4, 0.2, 0.2))
WORDS = (
    WordShare("not", {"valence": -0.2, "arousal": 0.1, "dominance": 0.0}),
    WordShare("<b>", {"valence": 0.3, "arousal": 0.0, "dominance": 0.0}),
)


def prediction(valence=3.5, arousal=3.0):
    return TextPrediction("x", {"valence": valence, "arousal": arousal, "dominance": 3.0}, WORDS, (), ())


def test_the_point_stands_at_the_ratings_and_the_cross_at_their_mean():
    figure = plane_figure(prediction(), TASK)
    point = figure.data[-1]
    assert (point.x, point.y) == ((3.5,), (3.0,))
    assert figure.layout.xaxis.range == pytest.approx((0.6, 5.4))
    assert figure.layout.yaxis.range == pytest.approx((1.9, 4.3))
    assert {(shape.x0, shape.y0) for shape in figure.layout.shapes} == {(0, 3.1), (3.0, 0)}


def test_a_rating_beyond_the_plane_stands_at_its_edge_and_is_told_as_it_is():
    point = plane_figure(prediction(valence=9.0), TASK).data[-1]
    assert point.x == pytest.approx((5.4,))
    assert point.customdata[0][0] == 9.0
    assert point.cliponaxis is False  # its marker is seen whole there


def test_every_word_has_a_bar_of_what_it_moved_with_its_sign_and_colour():
    bars = words_figure(prediction()).data[0]
    assert bars.x == (-0.2, 0.3)
    assert bars.text == ("−0.20", "+0.30")
    assert bars.marker.color[0] != bars.marker.color[1]
    assert words_figure(prediction()).layout.yaxis.ticktext == ("not", "&lt;b&gt;")  # letter by letter
    assert "arousal +0.10" in bars.customdata[0]
