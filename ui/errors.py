"""What a visitor sees when something goes wrong: the advice of the error, never a traceback."""

import contextlib
from collections.abc import Iterator

import streamlit as st

from ser_core.errors import SerError
from ui.components.text import plain


@contextlib.contextmanager
def shown_to_visitor() -> Iterator[None]:
    """Show a :class:`SerError` raised inside as a message on the page, and leave the rest of the page alone.

    Other exceptions are bugs: they pass, and Streamlit logs them.
    """
    try:
        yield
    except SerError as error:
        st.error(plain(str(error)))
