"""Which microphone is listened to."""

from dataclasses import dataclass

import streamlit as st

from ser_core.errors import MicrophoneError
from ui import state
from ui.components import computer_microphones
from ui.components.live_microphone import BROWSER, COMPUTER
from ui.components.stored import UNTIL
from ui.whereabouts import HOW_TO_LISTEN_HERE, may_listen_here, sits_here

CHOICE = "live source"
NAMES = {BROWSER: "This browser's microphone", COMPUTER: "The microphone of the computer that runs the app"}


@dataclass(frozen=True)
class Source:
    """A microphone.

    Attributes:
        whose: the browser's or the computer's on which the app runs.
        device: number of the computer's; ``None`` for the one that its system prefers.
    """

    whose: str
    device: int | None = None


def choose_source() -> Source | None:
    """Draw the choice.

    Returns:
        The microphone; ``None`` where this computer's was chosen and cannot be had.

    Raises:
        MicrophoneError: if the library that reaches it is missing.
    """
    if not sits_here():
        st.caption(
            "Your browser's microphone is heard. The sound goes to the computer that runs the app, nowhere else."
        )
        return Source(BROWSER)
    if not may_listen_here():
        _say_where_browser_sound_goes()
        st.caption(HOW_TO_LISTEN_HERE)
        return Source(BROWSER)
    options = list(NAMES)
    whose = st.radio("Microphone", options, key=state.prepared(CHOICE, options), format_func=NAMES.__getitem__)
    state.remember(CHOICE, whose)
    if whose == BROWSER:
        _say_where_browser_sound_goes()
        return Source(BROWSER)
    return _device()


def _say_where_browser_sound_goes() -> None:
    st.caption(
        "What you say goes from the browser to the app on this computer and nowhere else. "
        f"Nothing is written to disk; the last three minutes stay in memory {UNTIL}."
    )


def _device() -> Source:
    number = computer_microphones.choose("live device")
    if number is None:
        raise MicrophoneError(
            "Expected a microphone on the computer that runs the app; got none. "
            "Plug one in and press “Look again”, or use the browser's."
        )
    st.caption("Only one visitor at a time can listen to it.")
    return Source(COMPUTER, number)
