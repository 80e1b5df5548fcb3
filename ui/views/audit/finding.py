"""The audit itself, with how far it is: of some hundred labels it takes seconds, and then one wants to see it move."""

import time

import streamlit as st

from ser_core.geometry.angle_table import AngleTable
from ser_core.geometry.audit import Audit
from ser_core.jobs import Progress
from ui import cache
from ui.components import progress

QUICK = 0.3  # seconds; what is over by then needs no bar
BETWEEN = 0.2  # seconds between two looks at it


def audited(table: AngleTable) -> Audit:
    """Look whether directions can have these angles, and draw how far that is.

    Raises:
        InputError: if the search for the nearest table does not converge.
    """
    place = st.empty()
    due = time.monotonic() + QUICK

    def show(now: Progress) -> None:
        nonlocal due
        if time.monotonic() >= due:
            due = time.monotonic() + BETWEEN
            progress.draw(now, place)

    found = cache.audit(table, show)
    place.empty()
    return found
