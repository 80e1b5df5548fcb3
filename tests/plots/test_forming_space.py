"""What the browser gets of a forming space is the space itself, in thousandths; few seeds are drawn as they fell."""

import json

import numpy as np

from ser_core.embeddings.forming import forming_space
from ser_core.labels import COLOURS, SYMBOLS
from ser_core.lessons.space_forming import shipped_epochs
from ser_core.plots.few_seeds import few_seeds_figure
from ser_core.plots.forming_space import forming_values


def test_places_angles_and_figures_are_those_of_the_space_and_json_can_hold_them():
    formed = forming_space(shipped_epochs("quick")[-2:])
    values = json.loads(json.dumps(forming_values(formed), allow_nan=False))
    assert [one["name"] for one in values["classes"]] == list(formed.classes)
    assert all(
        (one["colour"], one["symbol"]) == (COLOURS[one["name"]], SYMBOLS[one["name"]]) for one in values["classes"]
    )
    assert values["codes"] == formed.codes.tolist()
    assert values["heard"] == formed.training.astype(int).tolist()
    assert [one["title"] for one in values["epochs"]] == ["Epoch 15 of 16, triplet", "Epoch 16 of 16, triplet"]
    learned = forming_values(formed, learning=True)
    assert [one["title"] for one in learned["epochs"]] == ["Epoch 15, triplet", "Epoch 16, triplet"]
    for told, one in zip(values["epochs"], formed.epochs, strict=True):
        np.testing.assert_allclose(np.reshape(told["points"], (-1, 2)) / 1000, one.points, atol=5e-4)
        np.testing.assert_allclose(np.reshape(told["directions"], (-1, 2)) / 1000, one.directions, atol=5e-4)
        for part, expected in zip(told["parts"], (one.heard, one.unheard), strict=True):
            np.testing.assert_allclose(part["angles"], expected.angles, atol=0.05)
            assert abs(part["ratio"] - expected.ratio) < 1e-4
            assert abs(part["accuracy"] - expected.accuracy) < 1e-4


def test_a_class_without_a_direction_has_no_angle_and_voices_that_are_not_there_no_figures():
    number, stage, space = shipped_epochs("quick")[-1]
    sad = (space.column("emotion") == "sad") & (space.column("split") == "test")
    few = forming_space([(number, stage, space.select(np.flatnonzero(~sad)))])
    heard, unheard = forming_values(few)["epochs"][0]["parts"]
    row = few.classes.index("sad")
    assert unheard["angles"][row] == [None] * len(few.classes)
    assert None not in heard["angles"][row]
    alone = forming_space([(number, stage, space.select(space.column("split") == "train"))])
    assert forming_values(alone)["epochs"][0]["parts"][1] is None


def test_every_choice_of_seeds_is_in_one_bar_and_those_below_zero_are_coloured_apart():
    means = np.array([-3.2, -3.1, -0.1, 0.1, 0.3, 1.9])
    figure = few_seeds_figure(means, -0.7)
    (bars,) = figure.data
    assert sum(bars.y) == len(means)
    for middle, count in zip(bars.x, bars.y, strict=True):
        assert count == ((means >= middle - 0.25) & (means < middle + 0.25)).sum()
    below = {colour for middle, colour in zip(bars.x, bars.marker.color, strict=True) if middle < 0}
    above = {colour for middle, colour in zip(bars.x, bars.marker.color, strict=True) if middle > 0}
    assert len(below) == len(above) == 1
    assert below != above
    assert [line.x0 for line in figure.layout.shapes] == [0.0, -0.7]
