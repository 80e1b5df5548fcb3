"""One line on the intended use, with a link to its page."""

import streamlit as st


def draw_intended_use() -> None:
    """Draw the line."""
    st.page_link(
        "pages/intended_use.py",
        label=":primary[For acted emotion: no diagnosis, no judging of people →]",
    )
