"""Messages for empty pages, with the next step."""

import streamlit as st


def no_model() -> None:
    """Say that no model exists yet, with a link to Train."""
    with st.container(border=True):
        st.markdown(
            "**No model yet.** Train one on the artificial demo corpus; it needs no download. "
            "When the run ends, its model can be chosen here."
        )
        st.page_link("pages/train.py", label=":primary[**Train a model →**]")
