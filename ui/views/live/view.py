"""The live view with what answers it. Only this part of the page runs again when sound comes."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from ui import cache, state
from ui.components import live_microphone
from ui.components.live_microphone import COMPUTER, Message
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.live.choices import Source
from ui.views.live.hearing import Hearing, Judge
from ui.views.live.recording import draw_recording

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.checkpoints import Entry

KEY = "live view"
HEARING = "hearing"


@st.fragment
def draw_view(entry: "Entry", source: Source, voice: "Path | None" = None) -> None:
    """Draw the view of a microphone, let a model judge what it hears, and what was recorded once the visitor stops.

    All of it is one fragment: a run of the whole page, begun while messages come in, can take the view off the page.

    Args:
        entry: the model.
        source: the microphone.
        voice: file of the voice for which the model judges, if any.
    """
    checkpoint = entry.path
    hearing: Hearing | None = None
    with shown_to_visitor():
        with st.container():  # what comes and goes here shall not move the view, which would start anew
            model, judge = _judge(checkpoint, voice)
        message = live_microphone.said(KEY)
        hearing = state.recall(HEARING)
        if hearing is not None and hearing.judge_key != judge.key:
            hearing.judge_by(judge)
        if message is not None:
            hearing = _heard(message, hearing, judge, source)
        knows = message is not None and message.model == judge.key
        live_microphone.draw(
            source=source.whose,
            model={"key": judge.key} if knows else model,
            answer=hearing.answer() if hearing is not None else None,
            key=KEY,
        )
    with st.container(), shown_to_visitor():
        draw_recording(entry, hearing, voice)


def _heard(message: Message, hearing: Hearing | None, judge: Judge, source: Source) -> Hearing:
    if hearing is None or hearing.name != message.hearing:
        if hearing is not None:
            hearing.close()
        hearing = Hearing(message.hearing, judge, first=message.first)
        state.remember(HEARING, hearing)
    hearing.take(message)
    if source.whose == COMPUTER and not hearing.stopped:
        hearing.listen_here(source.device)
    return hearing


def _judge(checkpoint: "Path", voice: "Path | None") -> tuple[dict[str, Any], Judge]:
    """Return a model as the view describes it, and as it judges."""
    reader = cache.reader(checkpoint, voice)
    known = cache.live_model(checkpoint)
    if known.trouble:
        st.warning(plain(known.trouble))
    whose = "" if voice is None else f"|{voice}|{cache.version(voice)}"
    key = f"{checkpoint}|{cache.version(checkpoint)}{whose}"
    return {**known.described, "key": key}, Judge(key, reader, known.map)
