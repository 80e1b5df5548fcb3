"""Small maps share colours and frame, and have one legend."""

import numpy as np
import pandas as pd
import pytest

from ser_core.errors import InputError
from ser_core.plots.seed_maps import seed_map_figures


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame({"emotion": ["angry", "sad", "angry", "happy"], "confidence": [0.1, 0.5, 0.7, 0.9]})


def test_maps_share_colours_and_frame_and_the_legend_has_no_points(
    table: pd.DataFrame, random: np.random.Generator
) -> None:
    figures, legend = seed_map_figures([random.normal(size=(4, 2)) for _ in range(3)], table)
    assert len(figures) == 3
    assert len({tuple(one.layout.xaxis.range) for one in figures}) == 1
    assert len({tuple((trace.name, trace.marker.color) for trace in one.data) for one in figures}) == 1
    assert not any(one.layout.showlegend for one in figures)
    assert [trace.name for trace in legend.data] == [trace.name for trace in figures[0].data]
    assert all(trace.x == (None,) for trace in legend.data)
    assert sum(len(trace.x) for trace in figures[0].data) == 4


def test_a_column_of_numbers_has_its_colour_bar_in_the_legend(random: np.random.Generator) -> None:
    table = pd.DataFrame({"confidence": np.linspace(0, 1, 20)})
    figures, legend = seed_map_figures([random.normal(size=(20, 2))], table, colour_by="confidence")
    assert figures[0].data[0].marker.showscale is False
    assert (legend.data[0].marker.cmin, legend.data[0].marker.cmax) == (0, 1)


def test_solid_maps_are_refused(table: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="Compute them in two"):
        seed_map_figures([np.zeros((4, 3))], table)
