"""Permission to use the microphone of the computer that runs the app."""

from urllib.parse import urlsplit

import streamlit as st

from ui import state
from ui.server.hosts import LOOPBACK
from ui.server.key import PARAMETER, fits

HOW_TO_LISTEN_HERE = (
    "To use this computer's own microphone, open the address that was printed where the app was started: "
    f"it ends in ?{PARAMETER}=…"
)
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")  # by a program between the two
_HELD = "key of this computer"


def take_key() -> None:
    """Remember for the session that the address held the right key, and take the key out of the address.

    A copied link or a view that is kept must not pass it on.
    """
    given = st.query_params.get(PARAMETER)
    if given is None:
        return
    if fits(given):
        state.remember(_HELD, True)
    del st.query_params[PARAMETER]


def may_listen_here() -> bool:
    """Tell whether the visitor may listen at this computer's microphone."""
    return sits_here() and bool(state.recall(_HELD))


def sits_here() -> bool:
    """Tell whether the visitor seems to be at this computer.

    A program that passes visitors on comes from this computer itself; not every one says so, but the browser tells
    which address it was given.
    """
    headers = st.context.headers
    if st.context.ip_address is not None or any(name in headers for name in _PASSED_ON):
        return False
    origin = headers.get("Origin")
    return origin is None or urlsplit(origin).hostname in LOOPBACK
