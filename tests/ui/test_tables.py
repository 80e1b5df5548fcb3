"""A table shows a column in its format, and no minus before what that rounds to zero."""

import numpy as np
from streamlit.testing.v1 import AppTest


def test_a_value_that_the_format_of_its_column_rounds_to_zero_has_no_minus():
    def page():
        import pandas as pd
        import streamlit as st

        from ui.components import tables

        rows = pd.DataFrame({"points": [-0.04, -0.06, 0.04, None], "text": list("abcd"), "raw": [-0.04, 0, 1, 2]})
        tables.show(rows, column_config={"points": st.column_config.NumberColumn("points", format="%+.1f")})

    shown = AppTest.from_function(page).run(timeout=60).dataframe[0].value
    points = shown["points"].to_numpy()
    np.testing.assert_array_equal(points, [0.0, -0.06, 0.04, np.nan])
    assert not np.signbit(points[0])
    assert shown["raw"].tolist() == [-0.04, 0, 1, 2], "a column without a format is as it was"


def test_a_cell_without_a_value_has_a_dash_and_does_not_say_none():
    def page():
        from ui.components import tables

        tables.show([{"class": "sad", "s.d. (°)": None}, {"class": "calm", "s.d. (°)": 3.5}])

    assert AppTest.from_function(page).run(timeout=60).dataframe[0].proto.placeholder == "–"
