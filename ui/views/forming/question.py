"""The lesson's question and its short text."""

import streamlit as st

from ui.components import glossary


def draw_question() -> None:
    """Draw them."""
    st.header("What brings the emotions together: triplets, or training?")
    glossary.draw(
        "Left, six artificial voices that the [[network]] learns from; in the middle, two that it never hears. Each "
        "point is an [[utterance]]; an arrow is the [[direction]] of an emotion, by the voices it learns from. Before "
        "training all emotions point the same way: every [[angle]] is a few degrees. [[Softmax]] turns them away from "
        "each other.\n\n"
        "1. Watch the left, then the middle. Which emotions part on both sides, and which only on the left?\n"
        "2. Choose **softmax again** and play it. The first twelve [[epochs|epoch]] are the same. Does the end differ "
        "from that with **[[triplets|triplet]]**? On the left, or in the middle?\n"
        "3. Say what you would need to see before you believe that triplets help with a new voice. Then read on."
    )
