"""Speaker: metadata, and the consent before the first recording."""

from collections.abc import Callable

import streamlit as st

from ser_core.errors import ConfigError
from ser_core.recordings import CONSENT, Collection, CollectionContents, Speaker
from ser_core.recordings.names import LONGEST_SPEAKER
from ser_core.recordings.speakers import (
    GENDERS,
    LONGEST_CONSENT,
    LONGEST_LANGUAGE,
    OLDEST,
    consent_text,
)
from ui import state
from ui.components.numbers import NumberField
from ui.components.text import plain
from ui.views.studio.steps import RECORD, go_on

NEW = "Somebody new"
NOT_GIVEN = "not given"
_AGE = NumberField("Age (0: not given)", 0, OLDEST)


def shown_text(corpus: Collection, name: str) -> str:
    """Name the text that is shown to a speaker, who may have changed it."""
    return f"consent of {corpus.name}|{name}"


def speaking(corpus: Collection) -> str:
    """Name the choice of the speaker who records."""
    return f"speaker of {corpus.name}"


def draw_speaker(corpus: Collection, contents: CollectionContents) -> None:
    """Draw who speaks and what they agree to.

    Raises:
        SerError: if what was typed cannot be, or the speakers cannot be read or written.
    """
    speakers = corpus.speakers()
    names = [*speakers, NEW]
    chosen = st.selectbox("Who speaks?", names, key=state.prepared(speaking(corpus), names, names[0]))
    state.remember(speaking(corpus), chosen)
    known = speakers.get(chosen)
    told, agreed = st.columns(2)
    with told:
        speaker = _draw_metadata(f"{corpus.name}|{chosen}", known)
    with agreed:
        text = _text(corpus, speakers, chosen)
        if known is not None and known.has_agreed_to(text):
            date = max(one.date for one in known.agreements)
            st.success(f"{plain(known.name)} has agreed to this text, {date[:10]}.")
            pressed = st.button("Keep and record", type="primary")
            ticked = True
        else:
            ticked = st.checkbox("I have read this text and agree to it.", key=f"agree|{corpus.name}|{chosen}|{text}")
            pressed = st.button("Agree and record", type="primary", disabled=not ticked)
    if known is not None:
        count = len(contents.of(known.name))
        _offer_to_forget(corpus, known.name, count)
    if pressed and ticked:
        entered = corpus.enter(speaker(), text)
        state.choose(speaking(corpus), entered.name)
        go_on(corpus, RECORD)
        st.rerun()


def _draw_metadata(where: str, known: Speaker | None) -> Callable[[], Speaker]:
    former = known or Speaker("nobody")
    if known is None:
        name = st.text_input(
            "Name or pseudonym",
            key=state.prepared_value(f"name|{where}", ""),
            max_chars=LONGEST_SPEAKER,
            help="Stands in the list of recordings; a pseudonym is enough. Use the same one on another day.",
        )
        state.remember(f"name|{where}", name)
    else:
        name = known.name
        st.markdown(f"**{plain(name)}**")
    left, right = st.columns(2)
    genders = (NOT_GIVEN, *GENDERS)
    key = state.prepared(f"gender|{where}", genders, former.gender or NOT_GIVEN)
    gender = left.selectbox("Gender (optional)", genders, key=key)
    state.remember(f"gender|{where}", gender)
    age = _AGE.draw(f"age|{where}", former.age or 0, where=right)
    language = st.text_input(
        "Language (optional)",
        key=state.prepared_value(f"language|{where}", former.language or ""),
        max_chars=LONGEST_LANGUAGE,
    )
    state.remember(f"language|{where}", language)

    def speaker() -> Speaker:
        years = int(_AGE.checked(age))
        if known is None and " ".join(name.split()) == NEW:
            raise ConfigError(
                f"Expected a name or pseudonym of one person; got {NEW!r}, which is everybody. Write one."
            )
        return Speaker(name, None if gender == NOT_GIVEN else gender, years or None, language.strip() or None)

    return speaker


def _text(corpus: Collection, speakers: dict[str, Speaker], chosen: str) -> str:
    name = shown_text(corpus, chosen)
    with st.container(horizontal=True):
        for language, text in CONSENT.items():
            st.button(f"{language} text", on_click=state.choose, args=(name, text))
    text = st.text_area(
        "What the speaker agrees to",
        key=state.prepared_value(name, consent_text(speakers, chosen)),
        height=230,
        max_chars=LONGEST_CONSENT,
        help="Change it as you need. It is kept with the recordings, with the date; a new text is agreed to again.",
    )
    state.remember(name, text)
    return text


def _offer_to_forget(corpus: Collection, name: str, count: int) -> None:
    with st.popover("Delete this speaker"):
        st.markdown(
            f"Deletes **{plain(name)}** for good: {count} {'recording' if count == 1 else 'recordings'}, what was "
            "told, and the agreement. Models that were trained on them, voices, exports and opened vectors stay where "
            "they are."
        )
        if st.button("Delete for good", key=f"forget|{name}"):
            corpus.forget(name)
            st.rerun()
