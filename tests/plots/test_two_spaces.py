"""Both maps stand in one frame, lines lead from where utterances lay, and changes of angles carry their sign."""

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings.comparing import AngleChange
from ser_core.plots.two_spaces import angle_change_figure, framed_map_figure, limits_of


@pytest.fixture
def maps(random):
    return random.normal(size=(6, 2)), 3 * random.normal(size=(6, 2))


@pytest.fixture
def table():
    return pd.DataFrame({"emotion": ["sad", "calm"] * 3, "speaker": list("aabbcc")})


def test_the_frame_holds_every_point_of_all_maps_with_the_same_room_around(maps):
    (left, right), (bottom, top) = limits_of(maps)
    points = np.concatenate(maps)
    low, high = points.min(axis=0), points.max(axis=0)
    room = 0.06 * max(high - low)
    assert [left, bottom] == pytest.approx((low - room).tolist())
    assert [right, top] == pytest.approx((high + room).tolist())
    assert limits_of([np.zeros((3, 2))])[0][0] < 0


def test_both_maps_have_the_frame_and_the_rings_of_the_chosen(maps, table):
    limits = limits_of(maps)
    for points in maps:
        figure = framed_map_figure(points, table, limits, chosen=[4, 1])
        assert tuple(figure.layout.xaxis.range) == limits[0]
        assert tuple(figure.layout.yaxis.range) == limits[1]
        rings = next(trace for trace in figure.data if trace.name == "chosen")
        assert [data[0] for data in rings.customdata] == [4, 1]
        np.testing.assert_allclose(rings.x, points[[4, 1], 0], atol=1e-4)


def test_a_line_leads_from_each_moved_point_on_the_first_map_to_it_on_the_second_below_the_points(maps, table):
    first, second = maps
    moved = [5, 0]
    figure = framed_map_figure(second, table, limits_of(maps), lines=(first[moved], second[moved]))
    lines = figure.data[0]
    assert lines.mode == "lines"
    expected = [first[5, 0], second[5, 0], np.nan, first[0, 0], second[0, 0], np.nan]
    np.testing.assert_allclose(lines.x, expected, atol=1e-4)
    assert lines.customdata is None  # it cannot be selected
    assert all(trace.mode == "markers" for trace in figure.data[1:])
    assert len(framed_map_figure(second, table, limits_of(maps), lines=(first[:0], second[:0])).data) == 2


def test_many_points_are_drawn_with_webgl(random):
    points, emotions = random.normal(size=(5001, 2)), pd.DataFrame({"emotion": ["sad"] * 5001})
    assert framed_map_figure(points, emotions, limits_of([points])).data[0].type == "scattergl"


def test_changes_of_angles_carry_their_sign_and_both_angles_under_the_mouse():
    first = np.array([[0.0, 80, 120], [80, 0, 30], [120, 30, 0]])
    second = np.array([[0.0, 100, 119], [100, 0, 12], [119, 12, 0]])
    figure = angle_change_figure(AngleChange(("calm", "sad", "angry"), first, second))
    cells = figure.data[1]
    assert list(cells.text) == ["", "+20", "-1", "+20", "", "-18", "-1", "-18", ""]
    assert cells.hovertext[1] == "calm – sad: 80.0° → 100.0°<br>+20.0°"
    heat = figure.data[0]
    assert (heat.zmin, heat.zmax) == (-20, 20)
    calm = angle_change_figure(AngleChange(("calm", "sad"), first[:2, :2], first[:2, :2] * 1.01))
    assert calm.data[0].zmax == 10  # so that hardly any change looks like hardly any
