"""What was said, after the visitor has stopped: heard again, taken away, judged whole."""

from typing import TYPE_CHECKING

import streamlit as st

from ui import cache
from ui.components import players
from ui.components.listening import listen_to
from ui.components.live_microphone import RATE
from ui.components.stored import UNTIL
from ui.components.verdict import draw_not_speech, draw_verdict
from ui.sound import SoundReference
from ui.views.live.hearing import KEPT_SECONDS, Hearing

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.checkpoints import Entry

NAME = "what was said live"
KEPT = (
    f"the last {KEPT_SECONDS / 60:.0f} minutes are kept, in the memory of the computer that runs the app, not on disk"
)


def draw_recording(entry: "Entry", hearing: Hearing | None, voice: "Path | None") -> None:
    """Draw what was recorded: a player, a download, and what a model hears in the whole of it.

    Args:
        entry: the model.
        hearing: what was heard; ``None`` before anything was.
        voice: file of the voice for which the model judges, if any.

    Raises:
        AudioError: if it cannot be read.
        CheckpointError: if the model is damaged.
    """
    if hearing is None or not hearing.stopped or not hearing.seconds:
        st.caption(f"When you stop, you can hear, download, judge and delete the whole recording; {KEPT}.")
        return
    if hearing.deleted:
        st.caption("The recording is deleted.")
        return
    sound = _sound(hearing)
    kept = min(hearing.seconds, KEPT_SECONDS)
    st.subheader("The recording")
    told = (
        f"All {kept:.1f} s." if hearing.seconds <= KEPT_SECONDS else f"The last {kept:.0f} s of {hearing.seconds:.0f}."
    )
    lost = f" {hearing.lost} blocks of 200 ms were lost and are silent in it." if hearing.lost else ""
    st.caption(f"{told}{lost} At most {KEPT}, until you start again, {UNTIL}.")
    players.play(sound)
    take, go, away = st.columns(3)
    take.download_button(
        "Download as WAV", sound.content or b"", file_name="live.wav", mime="audio/wav", on_click="ignore"
    )
    if go.button("Open on Listen →", help="With its spectrogram, pitch and nearest known utterances."):
        listen_to(sound)
    away.button("Delete", key="delete live", on_click=_delete, args=(hearing,), help="Lets go of it at once.")
    st.subheader("Judged whole")
    reading = cache.reading(entry.path, sound, voice)
    if reading.speech:
        draw_verdict(reading, sound, entry.card, voice)
    else:
        draw_not_speech(reading, sound)


def _delete(hearing: Hearing) -> None:
    hearing.delete()
    cache.forget_sounds()
    players.forget()


def _sound(hearing: Hearing) -> SoundReference:
    content = cache.wav(f"{hearing.name}|{hearing.seconds}", hearing.recording(), RATE)
    return SoundReference(key=cache.digest(content), name=NAME, content=content)
