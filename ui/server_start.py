"""Preparation of the server at its start."""

import signal
import threading

from ser_core.leftovers import clear_below
from ser_core.workspace import workspace_root


def prepare() -> None:
    """End politely when the terminal closes; delete what killed processes left in the workspace, beside the server.

    Streamlit imports the app in the main thread, where its own handlers of signals are set by then.
    """
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, signal.getsignal(signal.SIGTERM))
    threading.Thread(target=clear_below, args=(workspace_root(),), name="leftovers", daemon=True).start()
