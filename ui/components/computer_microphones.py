"""Choice of a microphone of this computer, also one plugged in while the app runs."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui import state
from ui.errors import shown_to_visitor

if TYPE_CHECKING:
    from ser_core.live.devices import Device


def choose(name: str, *, where: Any = st) -> int | None:
    """Draw the choice.

    Args:
        name: under which it is remembered.
        where: a column or container; the page by default.

    Returns:
        Number of the microphone; ``None`` where there is none.

    Raises:
        MicrophoneError: if the library that reaches them is missing, or the sound system does not answer.
    """
    from ser_core.live.devices import microphones, refreshed_microphones

    found = microphones()
    field = where.container()
    if where.button("Look again", key=f"look again: {name}", help="After one was plugged in or out."):
        with shown_to_visitor():
            found = refreshed_microphones()
    if not found:
        return None
    # Remembered by its words: numbers change when something is plugged in or out.
    numbers = _labels(found)
    default = next(words for words, number in numbers.items() if number == _default(found))
    key = state.prepared(name, list(numbers), default)
    chosen: str = field.selectbox("Device", list(numbers), key=key)
    state.remember(name, chosen)
    return numbers[chosen]


def _default(found: "Sequence[Device]") -> int:
    return next((one.number for one in found if one.is_default), found[0].number)


def _labels(found: "Sequence[Device]") -> dict[str, int]:
    words = [f"{one.name} ({one.system}, {one.sample_rate} Hz)" for one in found]
    counts = Counter(words)
    return {
        told if counts[told] == 1 else f"{told}, number {one.number}": one.number
        for told, one in zip(words, found, strict=True)
    }
