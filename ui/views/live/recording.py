"""The recording of a live session after the visitor has stopped: play, download, judge, delete."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.types import Seconds
from ui import cache
from ui.components import players
from ui.components.listening import follow_over_time, listen_to
from ui.components.live_microphone import RATE
from ui.components.stored import UNTIL
from ui.components.verdict import draw_not_speech, draw_notes, draw_verdict
from ui.sound import SoundReference
from ui.views.live.session import KEPT_SECONDS, LiveSession

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.checkpoints import Entry

NAME = "what was said live"
JUDGED_SECONDS: Seconds = 10.0  # an utterance; more is a conversation
KEPT = (
    f"the last {KEPT_SECONDS / 60:.0f} minutes are kept, in the memory of the computer that runs the app, not on disk"
)


def draw_recording(entry: "Entry", session: LiveSession | None, voice: "Path | None") -> None:
    """Draw the recording: player, download, and a model's judgement of a short one; a long one is followed over time.

    Args:
        entry: the model.
        session: of the visitor; ``None`` before the first.
        voice: file of the own voice that corrects the model, if any.

    Raises:
        AudioError: if it cannot be read.
        CheckpointError: if the model is damaged.
    """
    if session is None or not session.stopped or not session.seconds:
        st.caption(f"When you stop, you can hear, download, judge and delete the whole recording; {KEPT}.")
        return
    if session.deleted:
        st.caption("The recording is deleted.")
        return
    sound = _sound(session)
    kept = min(session.seconds, KEPT_SECONDS)
    st.header("The recording")
    players.play(sound)
    is_long = kept > JUDGED_SECONDS
    with st.container(horizontal=True):
        over_time = "Follow it over time →"
        if st.button(over_time, type="primary" if is_long else "secondary", help="On the page Long recordings."):
            follow_over_time(sound)
        if st.button("Open on Listen →", help="With its dial, spectrogram and nearest known utterances."):
            listen_to(sound)
        st.download_button(
            "Download as WAV", sound.content or b"", file_name="live.wav", mime="audio/wav", on_click="ignore"
        )
        st.button("Delete", key="delete live", on_click=_delete, args=(session,), help="Deletes it at once.")
    length = (
        f"All {kept:.1f} s." if session.seconds <= KEPT_SECONDS else f"The last {kept:.0f} s of {session.seconds:.0f}."
    )
    lost = f" {session.lost} blocks of 200 ms were lost and are silent in it." if session.lost else ""
    st.caption(f"{length}{lost} At most {KEPT}, until you start again, {UNTIL}.")
    if is_long:
        st.markdown(f"Longer than {JUDGED_SECONDS:.0f} s: one answer for all of it would say little.")
        return
    reading = cache.reading(entry.path, sound, voice)
    if reading.speech:
        draw_verdict(reading, sound, entry, voice)
        draw_notes(reading, sound)
    else:
        draw_not_speech(reading, sound)


def _delete(session: LiveSession) -> None:
    session.delete()
    cache.forget_sounds()
    players.forget()


def _sound(session: LiveSession) -> SoundReference:
    content = cache.wav(f"{session.name}|{session.seconds}", session.recording(), RATE)
    return SoundReference(key=cache.digest(content), name=NAME, content=content)
