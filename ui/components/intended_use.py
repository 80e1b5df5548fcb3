"""One line that says what answers are for, with the way to the page that says more."""

import streamlit as st


def draw_intended_use() -> None:
    """Draw the line."""
    st.page_link(
        "pages/intended_use.py",
        label=":primary[For acted emotion: no diagnosis, no judging of people →]",
    )
