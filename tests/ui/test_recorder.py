"""The recorder believes nothing that the browser sends before it has looked at it."""

import base64

import numpy as np
import pytest

from ser_core.errors import AudioError
from ui.components.recorder import checked


def packed(samples: np.ndarray) -> str:
    return base64.b64encode(samples.astype("<i2").tobytes()).decode()


def test_samples_come_out_as_they_were_heard(random) -> None:
    samples = random.integers(-32_768, 32_768, 4_800)
    heard = checked({"prompt": "one", "samples": packed(samples), "rate": 48_000})
    assert heard.prompt == "one"
    assert heard.take is not None
    assert heard.take.sample_rate == 48_000
    np.testing.assert_array_equal(heard.take.samples * 32_768, samples)


@pytest.mark.parametrize(
    "value",
    [
        {"samples": "no base64!", "rate": 48_000},
        {"samples": "AAA=", "rate": True},
        {"samples": "AAAA", "rate": 0},
        {"samples": "AAAA", "rate": 10**9},
        {"samples": "AAAA", "rate": 48_000},  # three bytes are no whole samples
        {"samples": 7, "rate": 48_000},
        {"samples": "A" * 90_000_000, "rate": 48_000},
    ],
)
def test_damaged_samples_are_refused_with_advice(value: dict) -> None:
    with pytest.raises(AudioError, match="Record the sentence again"):
        checked(value)


@pytest.mark.parametrize("value", [None, [], "stop", {"wish": "fly"}, {"wish": 1, "prompt": 2}])
def test_anything_else_is_no_answer(value: object) -> None:
    heard = checked(value)
    assert (heard.prompt, heard.take, heard.wish) == ("", None, None)
