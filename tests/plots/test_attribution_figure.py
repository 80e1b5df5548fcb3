"""The drawing of what spoke for a class has its values at their place, signed by colour."""

import numpy as np
import pytest

from ser_core.inference.attribution import Attribution
from ser_core.plots.attribution import AGAINST, FOR, attribution_figure


def found(values: np.ndarray) -> Attribution:
    return Attribution(
        method="occlusion",
        label="sad",
        measure="cosine",
        values=values,
        levels=np.linspace(-80, 0, values.size).reshape(values.shape),
        times=0.5 + 0.016 * np.arange(len(values)),
        hertz=np.linspace(100, 4_000, values.shape[1]),
        evidence=0.5,
        baseline=0.1,
    )


def test_shares_lie_over_the_spectrogram_at_their_time_and_frequency_and_the_strongest_has_the_full_colour(random):
    values = random.uniform(-0.2, 0.2, size=(30, 8))
    values[3, 2], values[10, 5] = 0.4, -0.4
    figure = attribution_figure(found(values))
    ground, shares, scale = figure.data
    np.testing.assert_allclose(shares.x, ground.x)
    np.testing.assert_allclose(shares.y, ground.y)
    drawn = np.array(shares.z)
    assert (drawn[2, 3], drawn[5, 10]) == (1, -1)
    small = np.abs(values) < 0.2
    np.testing.assert_allclose(drawn.T[small], (values / np.quantile(np.abs(values), 0.995))[small], atol=1e-3)
    assert [colour for _, colour in shares.colorscale] == [
        f"rgba({AGAINST}, 0.95)", "rgba(255, 255, 255, 0)", f"rgba({FOR}, 0.95)",
    ]  # fmt: skip
    assert [colour for _, colour in scale.marker.colorscale] == [f"rgb({AGAINST})", "rgb(255, 255, 255)", f"rgb({FOR})"]
    assert not shares.showscale, "what is see-through would be dark on a dark page, and none is white in the picture"
    assert np.array(shares.customdata)[5, 10] == pytest.approx(found(values).hertz[5], abs=0.5)


def test_where_nothing_matters_nothing_is_coloured():
    assert not np.any(attribution_figure(found(np.zeros((5, 4)))).data[1].z)
