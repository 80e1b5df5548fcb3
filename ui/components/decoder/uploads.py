"""Decoding of uploads that the server cannot read."""

from collections.abc import Callable

import streamlit as st

from ui import cache, state
from ui.components.decoder import mount
from ui.components.decoder.message import LONGEST, DecodingFailure, SampleChunk, wav
from ui.components.text import plain
from ui.sound import SoundReference

MOST_BYTES = 40_000_000  # ten minutes at 500 kbit/s: more is not sent to the browser and back


def readable(sound: SoundReference, keep: Callable[[SoundReference], None]) -> SoundReference | None:
    """Return an upload, decoded by the browser where the server cannot read its format.

    Args:
        sound: what a visitor brought.
        keep: takes the decoded sound in place of ``sound``.

    Returns:
        The sound; ``None`` while the browser decodes it, and where it cannot: then the page says what to do.
    """
    problem = cache.upload_problem(sound)
    if problem is None:
        return sound
    trouble = state.recall(f"trouble with {sound.key}")
    if trouble is None and len(sound.content or b"") > MOST_BYTES:
        trouble = problem.message
    if trouble is None:
        answer = mount.draw(sound, len(_pieces(sound)))
        if answer is None:
            return None
        if isinstance(answer, SampleChunk) or answer.kind == "lost":
            decoded = _add_chunk(answer, sound)
            if decoded is not None:
                keep(decoded)
        else:
            state.remember(f"trouble with {sound.key}", _failure_text(answer, sound, problem))
        st.rerun()  # without the component, or for the next piece
    st.error(plain(trouble))
    return None


def _add_chunk(answer: SampleChunk | DecodingFailure, sound: SoundReference) -> SoundReference | None:
    """Add a piece to those before it; the sound, once that was the last one."""
    name, pieces = f"pieces of {sound.key}", _pieces(sound)
    if isinstance(answer, DecodingFailure) or (pieces and answer.form != pieces[0].form):
        pieces = ()
    elif answer.number == len(pieces):  # one that came twice is passed over
        pieces = (*pieces, answer)
    if not pieces or len(pieces) < pieces[0].count:
        state.remember(name, pieces)
        return None
    state.remember(name, ())
    content = wav(pieces)
    return SoundReference(key=cache.digest(content), name=sound.name, content=content)


def _pieces(sound: SoundReference) -> tuple[SampleChunk, ...]:
    pieces: tuple[SampleChunk, ...] = state.recall(f"pieces of {sound.key}", ())
    return pieces


def _failure_text(answer: DecodingFailure, sound: SoundReference, problem: "cache.UnreadableUpload") -> str:
    if answer.kind != "long":
        return problem.message
    return (
        f"Expected at most {LONGEST / 60:.0f} minutes in {sound.name}, which your browser has to decode; got "
        f"{answer.seconds / 60:.1f} minutes. {problem.advice}"
    )
