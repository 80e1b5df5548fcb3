"""Error messages for visitors: an error's advice, or a note on a bug; never a traceback."""

import contextlib
import logging
from collections.abc import Iterator

import streamlit as st

from ser_core.bugs import write_report
from ser_core.errors import SerError
from ui.components.text import plain

_LOG = logging.getLogger(__name__)


@contextlib.contextmanager
def shown_to_visitor() -> Iterator[None]:
    """Show a :class:`SerError` raised inside as a message on the page, and leave the rest of the page alone.

    Other exceptions are bugs, for :func:`show_bug`.
    """
    try:
        yield
    except SerError as error:
        st.error(plain(str(error)))


def show_bug(error: Exception) -> bool:
    """Say on the page that the app has a bug, and where its traceback is; Streamlit calls this for what nobody caught.

    It is called for a whole page, a fragment or a widget's callback, after the traceback was logged in the terminal.
    Streamlit's own message would hold links to a search engine and a chat service.

    Returns:
        True: the visitor has been told.
    """
    if isinstance(error, SerError):  # raised in a callback, where no page is there to catch it
        st.error(plain(str(error)))
        return True
    written = write_report(error, "a page of the app")
    if written is None:
        where = "Its details are in the terminal of the computer that runs the app."
    else:
        _LOG.error("The traceback was written to %s", written)
        where = f"Its details are in the app's workspace, `bugs/{written.name}`, and in its terminal."
    st.error(
        "**This is a bug in the app**, not in what you gave it. What you kept before is still there. "
        f"{where} Reload the page to go on; please report the bug with that file."
    )
    return True
