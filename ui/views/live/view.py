"""The live view and its answers; only this part of the page runs again when sound comes."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from ui import cache, state
from ui.components import checkpoint_choice, live_microphone, page_top
from ui.components.live_microphone import COMPUTER, NOBODY, Message
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.live.choices import LiveSource
from ui.views.live.keeping import draw_keeping
from ui.views.live.recording import draw_recording
from ui.views.live.session import LiveSession, SessionModel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ser_core.checkpoints import Entry

KEY = "live view"
SESSION = "session"


def draw_view(entry: "Entry", source: LiveSource | None, voice: "Path | None" = None) -> None:
    """Draw the live view of a microphone with a model's predictions, and the recording after the visitor stops.

    To be called after all choices of the page are drawn.

    Args:
        entry: the model.
        source: the microphone; ``None`` if the chosen one is missing. Earlier sound is kept.
        voice: file of the own voice that corrects the model, if any.
    """
    _draw(entry, source, voice, state.shown())


@st.fragment
def _draw(entry: "Entry", source: LiveSource | None, voice: "Path | None", chosen: "Mapping[str, Any]") -> None:
    session: LiveSession | None = None
    with shown_to_visitor():
        with st.container():  # warnings that come and go here must not move the view, which would restart it
            description, model = _model(entry, voice)
        message = live_microphone.received(KEY)
        session = state.recall(SESSION)
        if session is not None and session.model_key != model.key:
            session.use_model(model)
        if message is not None:
            session = _updated(message, session, model, source)
        if state.changed_since(chosen):
            st.rerun()
        is_known = message is not None and message.model == model.key
        live_microphone.draw(
            source=NOBODY if source is None else source.whose,
            model={"key": model.key} if is_known else description,
            answer=session.answer() if session is not None else None,
            key=KEY,
            experts=page_top.experts(),
        )
    with st.container(), shown_to_visitor():
        draw_recording(entry, session, voice)
        draw_keeping(entry, session)


def _updated(
    message: Message, session: LiveSession | None, model: SessionModel, source: LiveSource | None
) -> LiveSession:
    if session is None or session.name != message.session:
        if session is not None:
            session.close()
        session = LiveSession(message.session, model, first=message.first)
        state.remember(SESSION, session)
    session.take(message)
    # Until the browser has received another choice, it still uses the former microphone.
    if source is not None and source.whose == message.source == COMPUTER and not session.stopped:
        session.read_computer_microphone(source.device)
    return session


def _model(entry: "Entry", voice: "Path | None") -> tuple[dict[str, Any], SessionModel]:
    """Return a model's description for the view, and the model."""
    checkpoint = entry.path
    reader = cache.reader(checkpoint, voice)
    known = cache.live_model(checkpoint)
    if known.trouble:
        st.warning(plain(known.trouble))
    whose = "" if voice is None else f"|{voice}|{cache.version(voice)}"
    key = f"{checkpoint}|{cache.version(checkpoint)}{whose}"
    name = checkpoint_choice.title(entry) + ("" if reader.voice is None else f", for the voice {reader.voice.name}")
    described = {**known.described, "key": key, "name": name, "corrected": reader.voice is not None}
    return described, SessionModel(key, reader, known.map)
