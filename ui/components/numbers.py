"""Number fields: the typed value counts, and values out of range are rejected with the range.

A limit that Streamlit itself knows makes a field ignore a number beyond it without a word, and the page would compute
with a number that it does not show. So Streamlit is given none.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from ser_core.errors import InputError
from ui import state


@dataclass(frozen=True)
class NumberField:
    """Definition of a number field.

    Attributes:
        label: beside the field.
        lowest: smallest number that is accepted.
        highest: largest number that is accepted.
        whole: whether it has to be a whole number.
        step: of the buttons beside the field.
        help: what the number does; the range is added.
    """

    label: str
    lowest: float
    highest: float
    whole: bool = True
    step: float = 1.0
    help: str = ""

    def draw(self, name: str, default: float, *, where: Any = st) -> float | None:
        """Draw the field and remember the typed value, even if it is out of range.

        Args:
            name: under which it is remembered.
            default: shown when nothing is remembered.
            where: a column or container; the page by default.

        Returns:
            What is typed, for :meth:`checked`; ``None`` while the field is empty.
        """
        # With no whole number among its arguments, the field takes every number that a computer knows.
        typed: float | None = where.number_input(
            self.label,
            value=None,
            step=float(self.step),
            format="%g",
            key=state.prepared_value(name, float(default)),
            help=f"{self.help} From {self._range}.".strip(),
        )
        state.remember(name, typed)
        return typed

    def checked(self, typed: float | None) -> float:
        """Return the typed value if it is in range.

        Raises:
            InputError: if the field is empty, or the number is out of range or not whole.
        """
        fits = typed is not None and self.lowest <= typed <= self.highest and (not self.whole or typed == round(typed))
        if typed is None or not fits:
            kind = "a whole number " if self.whole else ""
            got = "an empty field" if typed is None else f"{typed:.10g}"
            raise InputError(f"Expected {kind}from {self._range} for “{self.label}”; got {got}. Correct that field.")
        return typed

    @property
    def _range(self) -> str:
        return f"{self.lowest:.10g} to {self.highest:.10g}"
