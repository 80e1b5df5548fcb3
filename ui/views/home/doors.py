"""What this is, and the three ways in."""

import streamlit as st

from ui.components.intended_use import draw_intended_use

DOORS = (
    (
        "Listen",
        "pages/listen.py",
        "Record a sentence, upload a file or take a demo clip. See its sound, which emotion a model hears in it, "
        "the angle to every emotion, and the known utterances that lie nearest.",
    ),
    (
        "Train",
        "pages/train.py",
        "Choose a corpus, a recipe and a split. Watch the model learn, stop it, resume it. "
        "What it learned can be chosen on every page.",
    ),
    (
        "Embedding space",
        "pages/embedding_space.py",
        "Look into what a model has learned: angles between emotions, maps in two and three dimensions, "
        "and the sound behind each point.",
    ),
)


def draw_introduction() -> None:
    """Draw the title and one paragraph."""
    st.title("Speech emotion by angle")
    st.markdown(
        "A small network turns an utterance into a vector. Utterances of one emotion point in one direction, "
        "so an emotion is heard by the **angle** between a voice and each emotion's direction. "
        "Here you can listen with such a model, train your own on real speech, and look into the space it made. "
        "Everything runs on this computer; recordings do not leave it."
    )
    draw_intended_use()


def draw_doors() -> None:
    """Draw one box per page."""
    for column, (title, page, text) in zip(st.columns(len(DOORS)), DOORS, strict=True):
        with column.container(border=True, height="stretch"):
            st.subheader(title)
            st.markdown(text)
            st.page_link(page, label=f":primary[**Open {title} →**]")
