"""Short readings of the papers: what each asks, which sweeps ask it again, and where the answer is to be seen."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from ui import state
from ui.components.page_top import PageTop
from ui.components.text import plain
from ui.views.compare.sweep_start import PREPARED, WANTED

SECTION, SWEEPS = "comparison", "Sweeps"  # the choice of a part of the page, and the one that starts sweeps


@dataclass(frozen=True)
class PaperReading:
    """What a user can check of a paper.

    Attributes:
        title: authors and year.
        question: of the paper, in one or two sentences.
        sweeps: names of shipped sweeps that ask it again.
        where: which parts of the app show the answer, and what to beware of.
    """

    title: str
    question: str
    sweeps: tuple[str, ...]
    where: str


PAPERS: Final = (
    PaperReading(
        "Dai et al. (2019): centre loss",
        "One network in four settings: log-mel or log-STFT frames, softmax alone or with centre loss. Does centre loss "
        "draw the utterances of an emotion together, and does it help to classify them?",
        ("dai-settings", "dai-lambda", "dai-alpha"),
        "*Sweeps* shows the scores. For single runs, train the recipes `dai-2019-mel-softmax`, `dai-2019-mel`, "
        "`dai-2019-stft-softmax` and `dai-2019-stft` on one split and put them side by side in *Runs and results*: "
        "*Separation* (for experts) has the ratio of distances within and between emotions, which centre loss should "
        "lower, and the confusion matrices of the paper are drawn beside yours. *Two spaces* has the maps. In the "
        "paper test speakers were heard in training; one run per setting may differ by some points by its seed.",
    ),
    PaperReading(
        "Lian et al. (2018): pairs",
        "Pairs of utterances are classified as same or different emotion, beside softmax. Figures of the paper show "
        "t-SNE maps of the **training** vectors, where emotions form clear groups. Are they still there in speech that "
        "the model has not learned from?",
        ("lian-systems", "lian-lambda", "lian-margin", "lian-duration", "lian-learning-rate"),
        "*Separation* in *Runs and results* (for experts) measures training and test speech of a run in the same way. "
        "*Embedding space* draws both with t-SNE: switch training utterances on and off. Axes and gaps of a map have "
        "no unit, so compare the numbers.",
    ),
    PaperReading(
        "Kumar et al. (2020): triplet loss",
        "A residual network learns from softmax first, then from triplets. What does each part of the system add?",
        ("kumar-ablation", "triplet-after-softmax", "triplets-or-softmax"),
        "*Sweeps* shows the scores. `triplets-or-softmax` is the control that the paper lacks: softmax for as many "
        "steps more. The angles that the paper prints are on *Geometry audit*.",
    ),
)  # fmt: skip


def draw_papers(top: PageTop) -> None:
    """Draw a reading of each paper, with a button for each sweep that repeats its experiments."""
    from ser_core.experiments.sweep import load_sweep

    top.tell("what the papers ask")
    for paper in PAPERS:
        st.header(paper.title)
        st.markdown(f"{paper.question}\n\n{paper.where}")
        for name in paper.sweeps:
            sweep = load_sweep(name)
            st.markdown(f"{plain(sweep.summary)} *{plain(sweep.source)}*")
            st.button(f"{sweep.title} →", key=f"prepare {name}", on_click=_prepare, args=(name,))
    st.caption("What came of the papers' claims in our own runs is in docs/reproduction.md.")


def _prepare(sweep: str) -> None:
    """Open the sweeps with this one ready to be started."""
    state.choose(WANTED, sweep)
    state.remember(PREPARED, True)
    state.choose(SECTION, SWEEPS)
