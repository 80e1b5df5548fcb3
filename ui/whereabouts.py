"""Whether a visitor sits at the computer that runs the app: nobody else may listen into its room."""

from urllib.parse import urlsplit

import streamlit as st

_HERE = ("localhost", "127.0.0.1", "::1")
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")  # by a program between the two


def sits_here() -> bool:
    """Tell whether the visitor is at this computer.

    A program that passes visitors on comes from this computer itself; not every one says so, but the browser tells
    which address it was given.
    """
    headers = st.context.headers
    if st.context.ip_address is not None or any(name in headers for name in _PASSED_ON):
        return False
    origin = headers.get("Origin")
    return origin is None or urlsplit(origin).hostname in _HERE
