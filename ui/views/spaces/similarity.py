"""Similarity of the two spaces, in numbers and words."""

import streamlit as st

from ui import cache
from ui.components.percent import percent
from ui.views.spaces.moves import Movement
from ui.views.spaces.pair import SpacePair


def draw_similarity(pair: SpacePair, moves: Movement) -> None:
    """Draw CKA, the disparity of the maps, and how many neighbours are still the same.

    Raises:
        InputError: if all utterances of a space lie at one point.
    """
    found = cache.similarity(pair.key, pair.matched)
    _, _, disparity = cache.aligned_maps(pair.key, pair.matched)
    kept, by_chance = 1 - moves.changed.mean(), moves.neighbours / (len(pair) - 1)
    one, two, three = st.columns(3)
    with one:
        st.metric("CKA of the full spaces", f"{found.cka:.2f}", help=_CKA)
        st.caption(f"Utterances paired at random: {found.at_random:.2f}. The same space, however turned: 1.")
    with two:
        st.metric("Disparity of the maps", f"{disparity:.2f}", help=_DISPARITY)
        st.caption("The same shape: 0. Nothing in common: 1. Of the maps alone.")
    with three:
        st.metric(f"Of {moves.neighbours} neighbours the same", percent(kept, digits=0), help=_NEIGHBOURS)
        st.caption(f"On average, in the full spaces. Between unrelated spaces: {percent(by_chance, digits=0)}.")


_CKA = (
    "Linear centred kernel alignment: do the same utterances lie near and far from each other in both spaces? "
    r"$\lVert Y^\top X\rVert_F^2\,/\,(\lVert X^\top X\rVert_F\,\lVert Y^\top Y\rVert_F)$ of the unit vectors, each "
    "column centred; the spaces may differ in dimensions. With few utterances in many dimensions it is large for any "
    "two spaces: read it from the value at random, its mean over all ways of pairing the utterances. Kornblith et al. "
    "(2019)."
)
_DISPARITY = (
    "Both maps are PCA of the unit vectors. The second is moved, turned or mirrored and scaled until its points lie as "
    "near to those of the first as they can (Procrustes); the disparity is the sum of squared distances that is left, "
    "both maps scaled to one."
)
_NEIGHBOURS = (
    "The share of each utterance's nearest others, by angle in the full space, that are its nearest in both spaces, "
    "averaged over the utterances."
)
