"""What Python's garbage collector need not look at.

Streamlit (1.67) lets it look at everything after every run, also after the short run that each message of a live view
begins. With the libraries loaded that takes 0.15 s, in which no other thread computes and no answer leaves.
"""

import functools
import gc
import sys


def spare_libraries() -> None:
    """Set aside what is alive, if libraries were loaded since the last time: they stay until the app ends.

    It happens no more often than there are libraries, so that what else is alive then cannot add up.
    """
    _set_aside(len(sys.modules))


@functools.cache
def _set_aside(_loaded: int) -> None:
    gc.collect()
    gc.freeze()
