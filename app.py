"""The frame of the app: its title and its four pages. Start it with ``streamlit run app.py``."""

import streamlit as st

st.set_page_config(page_title="Speech emotion by angle", layout="wide")
st.navigation(
    [
        st.Page("pages/home.py", title="Home", default=True),
        st.Page("pages/listen.py", title="Listen"),
        st.Page("pages/train.py", title="Train"),
        st.Page("pages/embedding_space.py", title="Embedding space"),
    ],
    position="top",
).run()
