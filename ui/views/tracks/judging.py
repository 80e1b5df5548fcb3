"""Background job that judges a recording: start, progress, stop."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.jobs import Progress
from ser_core.jobs.queue import Job, JobQueue, Work
from ser_core.tracks import Track
from ui import cache, state
from ui.components.progress import wait
from ui.components.text import plain
from ui.sound import SoundReference
from ui.visitors import when_gone

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator

    from ser_core.checkpoints import Entry
    from ser_core.tracks import TrackSettings

_ASKED = "track that was asked for"


def place_of_choice(settings: "DeltaGenerator") -> "DeltaGenerator":
    """Return where a recording is chosen: on the page while none is judged, then among the settings."""
    former: Job[Track] | None = state.recall(_ASKED)
    shown = former is not None and former.done() and not former.failed()
    return settings if shown else st.container()


def judged(
    sound: SoundReference, entry: "Entry", settings: "TrackSettings", voice: "Path | None" = None
) -> Track | None:
    """Return what the model hears in a recording; until then draw what there is to do, or how far it is.

    Raises:
        SerError: if it cannot be judged.
    """
    version = cache.version(entry.path)
    whose = "" if voice is None else f"{voice}|{cache.version(voice)}"
    key = "|".join((state.visitor(), sound.key, sound.name, str(entry.path), str(version), whose, repr(settings)))
    job = _jobs().find(key)
    if job is None:
        if st.button("Judge this recording", type="primary"):
            _give_up_former()
            visitor = state.visitor()
            when_gone("tracks", lambda: _jobs().forget(visitor))
            state.remember(_ASKED, _jobs().ask(key, _work(sound, entry, settings, voice), visitor))
            st.rerun()
        st.caption(f"{plain(sound.name)} is ready. An hour takes about a minute on two free cores.")
        return None
    if not job.done():
        _wait_for(job)
        return None
    return job.result()


def _work(sound: SoundReference, entry: "Entry", settings: "TrackSettings", voice: "Path | None") -> Work[Track]:
    """A thread, not a process: it reads what a visitor brought from where it lies in memory, without a copy or a file.

    All of its long steps leave the interpreter to others.
    """
    reader = cache.reader(entry.path, voice)

    def work(job: Job[Track]) -> Track:
        from ser_core.tracks import track_recording

        return track_recording(sound.opened(), reader, settings, name=sound.name, progress=job.report)

    return work


def _give_up_former() -> None:
    """A visitor has one recording judged at a time."""
    former: Job[Track] | None = state.recall(_ASKED)
    if former is not None and not former.done():
        _jobs().leave(former, state.visitor())


def _wait_for(job: Job[Track]) -> None:
    def look() -> Progress | None:
        if job.done():
            return None
        before = _jobs().before(job)
        if before:
            return Progress(0.0, words=f"Waiting for its turn: {before} before it")
        return job.progress if job.progress.words else Progress(0.0, words="Opening the recording")

    visitor = state.visitor()
    wait("judging", look, lambda: _jobs().leave(job, visitor), then="You can look at other pages meanwhile.")


@st.cache_resource(show_spinner=False)
def _jobs() -> JobQueue[Track]:
    return JobQueue(stopped="Expected a judged recording; it was stopped. Judge it again.", keep=16)
