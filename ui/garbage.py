"""Tuning of Python's garbage collector.

Streamlit (1.67) lets it look at everything after every run, also after the short run that each message of a live view
begins. With the libraries loaded that takes 0.15 s, in which no other thread computes and no answer leaves.

Libraries are loaded when a page first needs them, so what is set aside with them may belong to visitors. It is looked
at again whenever a visitor has left.
"""

import functools
import gc
import sys
import threading

_lock = threading.Lock()


def spare_libraries() -> None:
    """Set aside what is alive, if libraries were loaded since the last time."""
    _set_aside(len(sys.modules))


def collect_all() -> None:
    """Collect also what was set aside and is no longer used, and set the rest aside again."""
    with _lock:
        gc.unfreeze()
        gc.collect()
        gc.freeze()


@functools.cache
def _set_aside(_loaded: int) -> None:
    with _lock:
        gc.collect()
        gc.freeze()
