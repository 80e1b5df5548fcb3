"""The lesson "Who is in the test set": editor, scores, and where they are from."""

import statistics

import streamlit as st

from ser_core.lessons.small_corpus import SmallCorpus, small_corpus
from ser_core.lessons.test_sets import SpeakersMeasured, read_test_sets
from ser_core.recipes import load_recipe
from ser_core.recipes.published import PublishedFigure
from ui.components import glossary, page_top, split_editor
from ui.components.percent import percent
from ui.components.text import plain

# recipe, and how the paper is called here; its first figure is that of its own system
PAPERS = (("kumar-2020", "Kumar 2020, RAVDESS"), ("dai-2019-mel", "Dai 2019, IEMOCAP"),
          ("lian-2018-pdt", "Lian 2018, IEMOCAP"))  # fmt: skip
TEXT = """
Press a recording, or a speaker's name, to move it to the other side. *Split by recording* is what many papers do: a
network then meets in the test the voices, and perhaps the very recordings, that it was trained on. *Split by speaker*
asks what a user will ask: does it work for **me**?

**What is to be seen.** With the same [[epochs|epoch]] and [[seeds|seed]], Dai et al.'s [[network]] scores higher on
people whom it has heard; with the artificial voices the two differ less than single runs do. A score is the share of
right answers, averaged over the emotions ([[mean recall|macro recall]]). Each dot is one training run; the dashed line
is guessing. The grid holds six artificial voices; the scores are of whole [[corpora|corpus]] (RAVDESS, EmoDB and
IEMOCAP are speech of actors), [[split]] the same two ways. Where a paper does not say whether speakers were heard, it
is [[not stated]], and marked by a question mark: such a figure cannot be compared with another one.
"""


def draw_editor() -> None:
    """Draw the picture."""
    split_editor.draw(
        _corpus(), _measured().scores, _published(), st.query_params.get("split", ""), key="who is in the test set"
    )


def draw_text() -> None:
    """Draw what to do, what is to be seen, and the sources."""
    glossary.draw(TEXT)
    with st.expander("Where the figures are from"):
        for one in _measured().scores:
            spread = [
                f"{name} {percent(statistics.fmean(values), statistics.stdev(values))}"
                for name, values in (("heard", one.heard), ("unheard", one.unheard))
            ]
            st.markdown(
                plain(
                    f"{one.system}, {one.corpus}: mean recall over {one.emotions} emotions, {len(one.heard)} seeds, "
                    f"{spread[0]} ({one.heard_protocol}), {spread[1]} ({one.unheard_protocol}). From {one.source}."
                )
            )
        for title, figure in _published():
            st.markdown(
                plain(
                    f"{title}: {figure.percent:g} %, {figure.place}; {figure.called}. Speakers: {figure.speakers}. "
                    f"{figure.protocol[:1].upper()}{figure.protocol[1:]}."
                )
            )
    if page_top.experts():
        st.markdown(
            "Recordings that share sound are found by `ser_core.corpora.splits.groups`, whatever they are called; "
            "every protocol of this app keeps them on one side."
        )


@st.cache_data(show_spinner=False)
def _corpus() -> SmallCorpus:
    return small_corpus()


@st.cache_data(show_spinner=False)
def _measured() -> SpeakersMeasured:
    return read_test_sets()


@st.cache_data(show_spinner=False)
def _published() -> list[tuple[str, PublishedFigure]]:
    return [(title, load_recipe(name).published[0]) for name, title in PAPERS]
