"""The lesson's question and its short text."""

import streamlit as st


def draw_question() -> None:
    """Draw them."""
    st.subheader("What brings the emotions together: triplets, or training?")
    st.markdown(
        "Left, six artificial voices that the network learns from; in the middle, two that it never hears. An arrow is "
        "where an emotion points by the voices it learns from. Before training all emotions point the same way: every "
        "angle is a few degrees. Softmax turns them away from each other.\n\n"
        "1. Watch the left, then the middle. Which emotions part on both sides, and which only on the left?\n"
        "2. Choose **softmax again** and play it. The first twelve epochs are the same. Does the end differ from that "
        "with **triplets**? On the left, or in the middle?\n"
        "3. Say what you would need to see before you believe that triplets help with a new voice. Then read on."
    )
