"""Editor for single angles of the table."""

import math
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ser_core.geometry.angle_table import AngleTable, changed
from ser_core.types import Degrees
from ui import state
from ui.components import folded, tables
from ui.components.text import plain
from ui.views.audit.sources import ChosenTable

if TYPE_CHECKING:
    import pandas

CELLS = "audited cells"
MOST = 40  # labels of a table that can still be edited by hand


def edited(chosen: ChosenTable) -> AngleTable:
    """Draw the upper half of the table to be edited.

    Returns:
        The table with the visitor's changes; without those that are no angles, which are named.
    """
    labels = chosen.table.labels
    version = state.recall(f"audit versions of {chosen.key}", 0)
    # Plotly and Streamlit keep a table's edits under its key: another start needs another one.
    name = f"audit cells of {chosen.key}|{version}"
    box = folded.expander(CELLS, "The table, to change its angles")
    if box.open:
        with box:
            if len(labels) > MOST:
                st.caption(f"Tables of more than {MOST} labels are not edited here; this one has {len(labels)}.")
            else:
                _draw_editor(chosen.table, name)
    changes: dict[tuple[str, str], Degrees] = state.recall(name, {})
    if changes:
        told = ", ".join(f"{plain(a)} – {plain(b)} {value:g}°" for (a, b), value in changes.items())
        st.info(f"Changed here: {told}.")
        if st.button("Undo the changes"):
            state.remember(f"audit versions of {chosen.key}", version + 1)
            st.rerun()
    return changed(chosen.table, changes)


def _draw_editor(table: AngleTable, name: str) -> None:
    """Draw the upper half to be edited, and remember under a name what differs from the table."""
    key, start = state.prepared_start(name, {})
    before = upper_half(changed(table, start))
    with tables.large_with_the_page():
        after = st.data_editor(
            before,
            key=key,
            disabled=["_index"],
            placeholder="",
            column_config={label: st.column_config.NumberColumn(format="%.2f", step=0.01) for label in table.labels},
        )
    written, refused = cell_changes(before, after)
    for reason in refused:
        st.error(plain(reason))
    # What is set back to the table's own figure is no change.
    changes = {pair: value for pair, value in {**start, **written}.items() if value != _given(table, pair)}
    state.remember(name, changes)
    st.caption("Degrees. Change the upper half; the lower half is its mirror image, the diagonal plays no part.")


def upper_half(table: AngleTable) -> "pandas.DataFrame":
    """Put the angles above the diagonal into a table; the other cells are empty."""
    import pandas

    above = np.triu(np.ones(table.degrees.shape, dtype=bool), 1)
    return pandas.DataFrame(
        np.where(above, table.degrees, np.nan), index=list(table.labels), columns=list(table.labels)
    )


def cell_changes(
    before: "pandas.DataFrame", after: "pandas.DataFrame"
) -> tuple[dict[tuple[str, str], Degrees], list[str]]:
    """List the pairs whose cell was changed, in either half.

    Returns:
        Their angles; and of the cells that hold no angle, or another one in the other half, what is wrong with them.
    """
    labels = list(before.columns)
    old, new = before.to_numpy(dtype=float), after.to_numpy(dtype=float, na_value=np.nan)
    written: dict[tuple[str, str], list[float]] = {}
    for row, column in np.argwhere(~((old == new) | (np.isnan(old) & np.isnan(new)))).tolist():
        if row != column:
            pair = (labels[min(row, column)], labels[max(row, column)])
            written.setdefault(pair, []).append(float(new[row, column]))
    found: dict[tuple[str, str], Degrees] = {}
    refused = []
    for (a, b), values in written.items():
        if len(set(values)) == 1 and 0 <= values[0] <= 180:
            found[a, b] = values[0]
        else:
            got = " and ".join("an empty cell" if math.isnan(value) else f"{value:g}" for value in values)
            refused.append(
                f"Expected one angle from 0 to 180 for {a} and {b}; got {got}. Correct that cell in the upper half; "
                "until then its former angle counts."
            )
    return found, refused


def _given(table: AngleTable, pair: tuple[str, str]) -> Degrees:
    a, b = (table.labels.index(label) for label in pair)
    return float(table.degrees[a, b])
