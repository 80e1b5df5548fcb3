"""The choice of a microphone for the live view."""

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
class LiveSource:
    """A microphone.

    Attributes:
        whose: ``browser``, or ``computer`` for the one that runs the app.
        device: number of the computer's microphone; ``None`` for the system's default.
    """

    whose: str
    device: int | None = None


def choose_source() -> LiveSource | None:
    """Draw the choice.

    Returns:
        The microphone; ``None`` if this computer's was chosen and there is none.

    Raises:
        MicrophoneError: if PortAudio is missing, or this computer has no microphone.
    """
    if not sits_here():
        st.caption("Your browser's microphone is used. The sound goes to the computer that runs the app, nowhere else.")
        return LiveSource(BROWSER)
    if not may_listen_here():
        _say_where_browser_sound_goes()
        st.caption(HOW_TO_LISTEN_HERE)
        return LiveSource(BROWSER)
    options = list(NAMES)
    whose = st.radio("Microphone", options, key=state.prepared(CHOICE, options), format_func=NAMES.__getitem__)
    state.remember(CHOICE, whose)
    if whose == BROWSER:
        _say_where_browser_sound_goes()
        return LiveSource(BROWSER)
    return _device()


def _say_where_browser_sound_goes() -> None:
    st.caption(
        "What you say goes from the browser to the computer that runs this app and nowhere else. "
        f"Nothing is written to disk; the last three minutes stay in memory {UNTIL}."
    )


def _device() -> LiveSource:
    number = computer_microphones.choose("live device")
    if number is None:
        raise MicrophoneError(
            "Expected a microphone on the computer that runs the app; got none. "
            "Plug one in and press “Look again”, or use the browser's."
        )
    st.caption("Only one visitor at a time can listen to it.")
    return LiveSource(COMPUTER, number)
