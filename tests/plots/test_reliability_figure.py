"""The reliability diagram holds the bins it was given, differs without colour, and draws what is empty as nothing."""

import pytest

from ser_core.errors import InputError
from ser_core.evaluation.reliability import CalibrationBin
from ser_core.plots.reliability import reliability_figure

BINS = (
    CalibrationBin(0),
    CalibrationBin(4, 0.4, 0.25),
    CalibrationBin(0),
    CalibrationBin(6, 0.9, 1.0),
    CalibrationBin(0),
)


def test_bars_stand_on_their_steps_and_diamonds_at_the_mean_probability():
    right, line, mean, counts = reliability_figure(BINS).data
    assert (tuple(right.x), tuple(right.y)) == ((30.0, 70.0), (25.0, 100.0))
    assert right.width == 20.0
    assert (tuple(line.x), tuple(line.y), line.line.dash) == ((0, 100), (0, 100), "dash")
    assert (tuple(mean.x), tuple(mean.y), mean.marker.symbol) == ((40.0, 90.0), (25.0, 100.0), "diamond")
    assert tuple(counts.y) == (0, 4, 0, 6, 0)
    assert list(right.customdata[0]) == ["20 to 40 %", 40.0, 4]


def test_a_diagram_of_empty_steps_is_drawn_and_one_without_steps_is_refused():
    assert [len(trace.y) for trace in reliability_figure((CalibrationBin(0), CalibrationBin(0))).data] == [0, 2, 0, 2]
    with pytest.raises(InputError, match="Measure on some utterances"):
        reliability_figure(())
