"""A figure for a projector: all that is measured in pixels grows alike, all that is data stays."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from ser_core.geometry.reach import Triple
from ser_core.plots.bars import bars_figure
from ser_core.plots.detour import detour_figure
from ser_core.plots.enlarged import enlarged
from ser_core.plots.matrix import angle_matrix_figure
from ser_core.plots.probabilities import probabilities_figure
from ser_core.plots.style import styled

SCORES = {"UA": {"one": [0.5, 0.6], "other": [0.4, 0.7]}}


def figures() -> dict[str, go.Figure]:
    return {
        "matrix": angle_matrix_figure(np.array([[20.0, 70.0], [70.0, 30.0]]), ["angry", "fearful"]),
        "bars": bars_figure(SCORES, y_title="%"),
        "probabilities": probabilities_figure({"angry": 0.8, "fearful": 0.2}),
        "detour": detour_figure(Triple("angry", "fearful", "happy", 100.0, 30.0, 40.0)),
    }


def letters(part: Any, name: str = "") -> Iterator[float]:
    """Every size of letters that a figure states, its look included, in one order."""
    if isinstance(part, dict):
        for key, value in sorted(part.items()):
            if key == "size" and name.endswith("font"):
                yield float(value)
            else:
                yield from letters(value, key)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from letters(one, name)


@pytest.mark.parametrize("kind", list(figures()))
def test_all_letters_margins_and_the_height_grow_alike(kind: str):
    usual = figures()[kind]
    large = enlarged(usual, 1.5)
    before, after = (list(letters(one.to_plotly_json())) for one in (usual, large))
    assert len(before) >= 5
    assert after == [1.5 * size for size in before]
    for side in "lrtb":
        assert large.layout.margin[side] == 1.5 * usual.layout.margin[side]
    assert large.layout.height == 1.5 * usual.layout.height
    assert usual.to_plotly_json() == figures()[kind].to_plotly_json()  # itself, the figure is as it was


def test_cells_and_markers_still_fill_the_room_that_is_theirs():
    usual, large = (one.data[-1].marker.size for one in (figures()["matrix"], enlarged(figures()["matrix"], 1.5)))
    assert large == 1.5 * usual
    sizes = go.Figure(go.Scatter(x=[1, 2], y=[1, 2], marker={"size": np.array([4, 10])}))
    assert list(enlarged(sizes, 1.5).data[0].marker.size) == [6, 15]


def test_what_is_data_or_a_share_of_the_drawing_stays():
    usual = figures()["bars"]
    usual.update_layout(legend_y=-0.2)
    usual.add_bar(x=[0.0], y=[1.0], width=0.4)
    large = enlarged(usual, 1.5)
    for before, after in zip(usual.data, large.data, strict=True):
        assert np.array_equal(before.y, after.y)
    assert large.data[-1].width == 0.4
    assert large.layout.legend.y == -0.2


def test_an_arrow_grows_from_its_point_unless_both_ends_are_data():
    figure = styled(go.Figure(), height=100)
    figure.add_annotation(x=1, y=1, ax=10, ay=-20, text="in pixels")
    figure.add_annotation(x=1, y=1, ax=2, ay=3, axref="x", ayref="y", text="in data")
    in_pixels, in_data = enlarged(figure, 1.5).layout.annotations
    assert (in_pixels.ax, in_pixels.ay, in_pixels.x) == (15, -30, 1)
    assert (in_data.ax, in_data.ay) == (2, 3)


def test_a_path_grows_in_the_direction_that_it_measures_in_pixels():
    figure = styled(go.Figure(), height=100)
    figure.add_shape(type="path", path="M 18,30 L 18,58.5", xref="paper", xanchor=0, xsizemode="pixel")
    figure.add_shape(type="path", path="M 1,2 L 3,4")
    in_pixels, in_data = enlarged(figure, 1.5).layout.shapes
    assert in_pixels.path == "M 27,30 L 27,58.5"
    assert in_data.path == "M 1,2 L 3,4"
