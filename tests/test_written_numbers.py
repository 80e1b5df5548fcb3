"""No number that rounds to zero is written with a minus sign."""

import re
from pathlib import Path

import numpy as np
import pytest

from ser_core.written_numbers import counted, fixed, without_minus_zero

REPOSITORY = Path(__file__).parents[1]


@pytest.mark.parametrize("signed", [False, True])
def test_what_rounds_to_zero_has_no_minus_and_everything_else_is_as_python_writes_it(random, signed):
    for value in [-0.0, 0.0, -0.049, 0.049, -0.051, -1e-9, np.float32(-0.01), *random.normal(size=100)]:
        usual = f"{value:+.1f}" if signed else f"{value:.1f}"
        expected = usual.replace("-", "+" if signed else "") if float(usual) == 0 else usual
        assert fixed(value, 1, signed=signed) == expected


def test_in_a_column_only_what_would_be_written_as_minus_zero_is_changed(random):
    values = np.array([-0.0, -0.004, -0.006, 0.004, np.nan, -3.0, *random.normal(size=50)])
    changed = without_minus_zero(values, 2)
    minus_zero = np.array([f"{value:.2f}" == "-0.00" for value in values])
    assert minus_zero.sum() >= 2
    assert not np.signbit(changed[minus_zero]).any()
    assert (changed[minus_zero] == 0).all()
    np.testing.assert_array_equal(changed[~minus_zero], values[~minus_zero])


def test_no_signed_number_is_written_past_the_one_formatter():
    found = [
        f"{path.relative_to(REPOSITORY)}: {line.strip()}"
        for folder in ("ser_core", "ui", "pages")
        for path in sorted((REPOSITORY / folder).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"(?<!%)\{[^{}]*:\+\.\d", line)
    ]
    assert found == []


def test_one_is_no_plural_and_none_is_one():
    assert [counted(count, "clip") for count in (0, 1, 2, 11)] == ["0 clips", "1 clip", "2 clips", "11 clips"]
