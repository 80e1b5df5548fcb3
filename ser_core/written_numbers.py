"""Numbers as text and in tables: what rounds to zero has no minus sign, and one thing is no plural."""

import numpy as np

from ser_core.types import FloatArray


def fixed(value: float, decimals: int, *, signed: bool = False) -> str:
    """Write a number with a fixed number of decimals; ``signed``, with a plus as well.

    Examples:
        >>> fixed(-0.04, 1), fixed(-0.06, 1), fixed(-0.04, 1, signed=True), fixed(2.5, 2, signed=True)
        ('0.0', '-0.1', '+0.0', '+2.50')
    """
    return f"{value:+z.{decimals}f}" if signed else f"{value:z.{decimals}f}"


def counted(count: int, noun: str) -> str:
    """Write a number of things, by the noun of one whose plural ends in ``s``.

    Examples:
        >>> counted(1, "speaker"), counted(0, "speaker"), counted(24, "speaker")
        ('1 speaker', '0 speakers', '24 speakers')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def without_minus_zero(values: FloatArray, decimals: int) -> FloatArray:
    """Replace by zero whatever is below zero and would be written as zero with so many decimals; same shape.

    Examples:
        >>> without_minus_zero(np.array([-0.04, -0.06, 0.04]), 1).tolist()
        [0.0, -0.06, 0.04]
    """
    return np.where((values <= 0) & (np.round(values, decimals) == 0), 0.0, values)
