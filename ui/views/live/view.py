"""The live view with what answers it. Only this part of the page runs again when sound comes."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from ui import cache, state
from ui.components import checkpoint_choice, live_microphone
from ui.components.live_microphone import COMPUTER, NOBODY, Message
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.live.choices import Source
from ui.views.live.hearing import Hearing, Judge
from ui.views.live.recording import draw_recording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ser_core.checkpoints import Entry

KEY = "live view"
HEARING = "hearing"


def draw_view(entry: "Entry", source: Source | None, voice: "Path | None" = None) -> None:
    """Draw the view of a microphone, let a model judge what it hears, and what was recorded once the visitor stops.

    To be called when everything is chosen.

    Args:
        entry: the model.
        source: the microphone; ``None`` where the one that was chosen cannot be had. What was heard is kept.
        voice: file of the voice for which the model judges, if any.
    """
    _draw(entry, source, voice, state.shown())


@st.fragment
def _draw(entry: "Entry", source: Source | None, voice: "Path | None", chosen: "Mapping[str, Any]") -> None:
    hearing: Hearing | None = None
    with shown_to_visitor():
        with st.container():  # what comes and goes here shall not move the view, which would start anew
            model, judge = _judge(entry, voice)
        message = live_microphone.received(KEY)
        hearing = state.recall(HEARING)
        if hearing is not None and hearing.judge_key != judge.key:
            hearing.judge_by(judge)
        if message is not None:
            hearing = _heard(message, hearing, judge, source)
        if state.changed_since(chosen):
            st.rerun()
        knows = message is not None and message.model == judge.key
        live_microphone.draw(
            source=NOBODY if source is None else source.whose,
            model={"key": judge.key} if knows else model,
            answer=hearing.answer() if hearing is not None else None,
            key=KEY,
        )
    with st.container(), shown_to_visitor():
        draw_recording(entry, hearing, voice)


def _heard(message: Message, hearing: Hearing | None, judge: Judge, source: Source | None) -> Hearing:
    if hearing is None or hearing.name != message.hearing:
        if hearing is not None:
            hearing.close()
        hearing = Hearing(message.hearing, judge, first=message.first)
        state.remember(HEARING, hearing)
    hearing.take(message)
    # Until the browser knows of another choice, it still hears the former microphone.
    if source is not None and source.whose == message.source == COMPUTER and not hearing.stopped:
        hearing.listen_here(source.device)
    return hearing


def _judge(entry: "Entry", voice: "Path | None") -> tuple[dict[str, Any], Judge]:
    """Return a model as the view describes it, and as it judges."""
    checkpoint = entry.path
    reader = cache.reader(checkpoint, voice)
    known = cache.live_model(checkpoint)
    if known.trouble:
        st.warning(plain(known.trouble))
    whose = "" if voice is None else f"|{voice}|{cache.version(voice)}"
    key = f"{checkpoint}|{cache.version(checkpoint)}{whose}"
    name = checkpoint_choice.title(entry) + ("" if reader.voice is None else f", for the voice {reader.voice.name}")
    return {**known.described, "key": key, "name": name}, Judge(key, reader, known.map)
