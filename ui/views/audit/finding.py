"""Audit with progress, since it takes seconds for hundreds of labels."""

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
    """Audit the angles with a progress bar.

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
