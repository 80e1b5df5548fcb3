"""Tables on a page; their texts cannot be executed as formulas when saved as CSV."""

from collections.abc import Mapping
from typing import Any

import pandas
import streamlit as st

from ser_core.tables import frame_without_formulas, without_formulas


def show(data: Any, *, column_config: Mapping[str, Any] | None = None, **options: Any) -> None:
    """Draw a table.

    Args:
        data: whatever makes a data frame: rows as dictionaries, columns, or a frame.
        column_config: by the names of columns.
        options: of ``st.dataframe``.
    """
    table = data if isinstance(data, pandas.DataFrame) else pandas.DataFrame(data)
    config = {without_formulas(name): settings for name, settings in (column_config or {}).items()}
    st.dataframe(frame_without_formulas(table), column_config=config or None, **options)
