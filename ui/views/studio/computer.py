"""This computer's own microphone in place of the browser's: listed, opened, read beside the page."""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from ser_core.errors import SerError
from ser_core.recordings import Collection, Take, TakeRecorder
from ui import state
from ui.components import computer_microphones, recorder
from ui.components.recorder.message import CANCEL, START, STOP
from ui.components.text import plain
from ui.views.studio.attempt import failed
from ui.whereabouts import HOW_TO_LISTEN_HERE, may_listen_here, sits_here

BROWSER, COMPUTER = "This browser's microphone", "This computer's microphone"
KIND, DEVICE = "microphone of the studio", "device of the studio"
RUNNING, DONE = "recording of the studio", "recorded in the studio"
OWNER = "the page Recording studio"
SECONDS = 0.25  # between two looks at the level


@dataclass(frozen=True)
class ChosenMicrophone:
    """One of this computer's microphones.

    Attributes:
        number: by which it is opened.
    """

    number: int


@dataclass(frozen=True)
class _Running:
    prompt: str
    capturing: TakeRecorder


def choose(where: Any) -> ChosenMicrophone | None:
    """Draw the choice of a microphone.

    Args:
        where: a column.

    Returns:
        The one of this computer; ``None`` for the browser's, the only one for a visitor from elsewhere.
    """
    if not sits_here():
        where.caption("Your browser's microphone records.")
        return None
    if not may_listen_here():
        where.caption(f"Your browser's microphone records. {HOW_TO_LISTEN_HERE}")
        return None
    kinds = (BROWSER, COMPUTER)
    kind = where.selectbox("Microphone", kinds, key=state.prepared(KIND, kinds))
    state.remember(KIND, kind)
    if kind == BROWSER:
        return None
    try:
        number = computer_microphones.choose(DEVICE, where=where)
    except SerError as error:
        where.warning(f"{plain(str(error))} The browser's microphone is used.")
        return None
    if number is None:
        where.warning("This computer has no microphone. The browser's is used.")
        return None
    return ChosenMicrophone(number)


def draw(corpus: Collection, shown: recorder.RecorderState, chosen: ChosenMicrophone) -> Take | None:
    """Draw the recorder; it counts in the browser, and this computer records.

    Returns:
        What was just recorded.
    """
    done: Take | None = state.recall(DONE)
    state.remember(DONE, None)
    running: _Running | None = state.recall(RUNNING)
    if running is not None and running.prompt != shown.prompt:
        running.capturing.drop()
        state.remember(RUNNING, None)
        running = None

    @st.fragment(run_every=SECONDS if running is not None else None)
    def stage() -> None:
        listening = state.recall(RUNNING)
        capturing = listening.capturing if listening is not None else None
        now = shown
        if capturing is not None:
            now = replace(shown, recording=True, level=capturing.level, seconds=capturing.seconds)
        heard = recorder.draw(now, key=f"recorder|{corpus.name}|computer")
        wish = heard.wish if heard.prompt == shown.prompt else None
        if capturing is not None and not capturing.is_recording:
            wish = STOP  # long enough, or the microphone is gone
        if wish is not None:
            _grant(corpus, wish, shown.prompt, capturing, chosen)
            st.rerun()

    stage()
    return done


def _grant(
    corpus: Collection, wish: str, prompt: str, capturing: TakeRecorder | None, chosen: ChosenMicrophone
) -> None:
    from ser_core.live.microphone import Microphone

    try:
        if wish == START and capturing is None:
            begun = TakeRecorder(Microphone(chosen.number, owner=OWNER))
            begun.begin()
            state.remember(RUNNING, _Running(prompt, begun))
        elif wish in (STOP, CANCEL) and capturing is not None:
            state.remember(RUNNING, None)
            if wish == STOP:
                state.remember(DONE, capturing.end())
            else:
                capturing.drop()
    except SerError as error:
        failed(corpus, error)
