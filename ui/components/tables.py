"""Tables on a page; their texts cannot be executed as formulas when saved as CSV."""

import contextlib
import re
from collections.abc import Mapping
from typing import Any

import pandas
import streamlit as st

from ser_core.tables import frame_without_formulas, without_formulas
from ser_core.written_numbers import without_minus_zero
from ui.frame import enlargement

_NOTHING = "–"  # in a cell without a value
_DECIMALS = re.compile(r"%\+?\.(\d)f")  # as the formats of columns write them


def show(data: Any, *, column_config: Mapping[str, Any] | None = None, **options: Any) -> None:
    """Draw a table.

    Args:
        data: whatever makes a data frame: rows as dictionaries, columns, or a frame.
        column_config: by the names of columns.
        options: of ``st.dataframe``.
    """
    table = data if isinstance(data, pandas.DataFrame) else pandas.DataFrame(data)
    table = table.assign(
        **{
            name: without_minus_zero(table[name].to_numpy(), int(found[1]))
            for name, settings in (column_config or {}).items()
            if name in table.columns
            and pandas.api.types.is_float_dtype(table[name])
            and (found := _DECIMALS.search(_format_of(settings)))
        }
    )
    config = {without_formulas(name): settings for name, settings in (column_config or {}).items()}
    with large_with_the_page():
        st.dataframe(frame_without_formulas(table), column_config=config or None, placeholder=_NOTHING, **options)


def large_with_the_page() -> contextlib.AbstractContextManager[Any]:
    """Let a table that is drawn within grow when the switch for a projector is pressed.

    Streamlit (1.67) keeps the size of letters with which it drew a table first. In a box of its own it is another one.
    """
    return st.container() if enlargement() > 1 else contextlib.nullcontext()


def _format_of(settings: Any) -> str:
    return str(settings["type_config"].get("format") or "") if isinstance(settings, Mapping) else ""
