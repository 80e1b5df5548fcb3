"""Give back an upload in a form that the server reads, or say why there is none."""

from collections.abc import Callable

import streamlit as st

from ui import cache, state
from ui.components.decoder import mount
from ui.components.decoder.answer import LONG, LONGEST, Decoded
from ui.components.text import plain
from ui.sound import Sound

MOST_BYTES = 40_000_000  # ten minutes at 500 kbit/s: more is not sent to the browser and back


def readable(sound: Sound, keep: Callable[[Sound], None]) -> Sound | None:
    """Return an upload, decoded by the browser where the server cannot read its format.

    Args:
        sound: what a visitor brought.
        keep: takes the decoded sound in place of ``sound``.

    Returns:
        The sound; ``None`` while the browser decodes it, and where it cannot: then the page says what to do.
    """
    problem = cache.unread(sound)
    if problem is None:
        return sound
    trouble = state.recall(f"trouble with {sound.key}")
    if trouble is None and len(sound.content or b"") > MOST_BYTES:
        trouble = problem.message
    if trouble is None:
        place = st.empty()
        with place.container():
            answer = mount.draw(sound)
        if answer is None:
            return None
        place.empty()
        if answer.content is not None:
            decoded = Sound(key=cache.digest(answer.content), name=sound.name, content=answer.content)
            keep(decoded)
            return decoded
        trouble = _told(answer, sound, problem)
        state.remember(f"trouble with {sound.key}", trouble)
    st.error(plain(trouble))
    return None


def _told(answer: Decoded, sound: Sound, problem: "cache.Unread") -> str:
    if answer.trouble != LONG:
        return problem.message
    return (
        f"Expected at most {LONGEST / 60:.0f} minutes in {sound.name}, which your browser has to decode; got "
        f"{answer.seconds / 60:.1f} minutes. {problem.advice}"
    )
