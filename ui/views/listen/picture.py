"""Recording with notes and the player."""

import streamlit as st

from ser_core.types import Seconds
from ui import cache, state
from ui.cache import sounds
from ui.components import glossary, speech_player
from ui.components.numbers import NumberField
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.sound import SoundReference
from ui.views.listen.captions import pitch_caption, speech_caption
from ui.views.listen.simple_picture import draw_simple_picture

PARAMETER, SIMPLE = "player", "simple"  # an address that ends in ?player=simple asks for the one without Web Audio
NO_PLAYER = "the browser cannot draw or play"


def draw_sound(sound: SoundReference, *, reads: bool) -> tuple[Seconds, Seconds] | None:
    """Draw and play a recording.

    Args:
        sound: the recording.
        reads: whether there is a model that can judge a part of it.

    Returns:
        Start and end, in seconds, of the part that is to be judged by itself; ``None`` without one.

    Raises:
        AudioError: if it cannot be read.
    """
    heard = cache.signal(sound)
    if _is_simple():
        draw_simple_picture(sound)
        return None
    begins = 0.0
    if heard.duration_seconds > sounds.PLAYED_SECONDS:
        with shown_to_visitor():
            begins = _begins(sound, heard.duration_seconds)
    played = cache.played(sound, begins, reads=reads)
    answer = speech_player.draw(played, key="player")
    if answer.missing:
        state.remember(NO_PLAYER, True)
        st.rerun()
    return answer.part


def draw_words(sound: SoundReference) -> None:
    """Draw what is to be known about a recording and its picture; it stands below.

    Raises:
        AudioError: if it cannot be read.
    """
    heard = cache.signal(sound)
    for note in heard.notes:
        st.warning(plain(note))
    st.caption(
        f"{plain(sound.name)}: {heard.duration_seconds:.1f} s, recorded at {heard.original_sample_rate} Hz, "
        f"{heard.channels} channel{'' if heard.channels == 1 else 's'}; "
        f"the model hears it at {heard.sample_rate} Hz, mono."
    )
    if not _is_simple():
        glossary.caption(
            f"{speech_caption(sound)} Line over the waveform: [[intensity]], below the loudest that a file can hold. "
            "[[Spectrogram]]: by a [[window|analysis window]] of the chosen length, decibels below its loudest point. "
            f"{pitch_caption(sound)}"
        )


def _is_simple() -> bool:
    return bool(state.recall(NO_PLAYER)) or st.query_params.get(PARAMETER) == SIMPLE


def _begins(sound: SoundReference, duration: Seconds) -> Seconds:
    """Ask which part of a long recording is shown; returns where it begins."""
    field = NumberField(
        "Shown from (s)",
        lowest=0,
        highest=int(duration) - 1,
        step=sounds.PLAYED_SECONDS,
        help=f"Of long recordings {sounds.PLAYED_SECONDS:.0f} s are shown and played at a time.",
    )
    begins = field.checked(field.draw(f"shown from|{sound.key}", 0.0))
    ends = min(duration, begins + sounds.PLAYED_SECONDS)
    st.caption(f"Shown and played: {begins:.0f} s to {ends:.0f} s of {duration:.0f} s. The model judges all of it.")
    return begins
