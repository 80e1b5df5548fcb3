"""Judging a recording beside the page: a button, how far it is, and a way to stop it."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.plots.track import clock
from ser_core.tracks.jobs import TrackJob, TrackJobs, Work
from ser_core.tracks.judging import JUDGING, Progress
from ui import cache, state
from ui.components.text import plain
from ui.sound import Sound
from ui.visitors import when_gone

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.checkpoints import Entry
    from ser_core.tracks import Track, TrackSettings

_ASKED = "track that was asked for"


def judged(sound: Sound, entry: "Entry", settings: "TrackSettings", voice: "Path | None" = None) -> "Track | None":
    """Return what the model hears in a recording; until then draw what there is to do, or how far it is.

    Raises:
        SerError: if it cannot be judged.
    """
    version = cache.version(entry.path)
    whose = "" if voice is None else f"{voice}|{cache.version(voice)}"
    key = "|".join((state.visitor(), sound.key, sound.name, str(entry.path), str(version), whose, repr(settings)))
    job = _jobs().asked(key)
    if job is None:
        if st.button("Judge this recording", type="primary"):
            _give_up_former()
            visitor = state.visitor()
            when_gone("tracks", lambda: _jobs().forget(f"{visitor}|"))
            state.remember(_ASKED, _jobs().begin(key, _work(sound, entry, settings, voice)))
            st.rerun()
        st.caption(f"{plain(sound.name)} is ready. An hour takes about a minute on two free cores.")
        return None
    if not job.done():
        _wait_for(job)
        return None
    return job.result()


def _work(sound: Sound, entry: "Entry", settings: "TrackSettings", voice: "Path | None") -> Work:
    reader = cache.reader(entry.path, voice)

    def work(progress: Progress) -> "Track":
        from ser_core.tracks import track_recording

        return track_recording(sound.opened(), reader, settings, name=sound.name, progress=progress)

    return work


def _give_up_former() -> None:
    """A visitor has one recording judged at a time."""
    former: TrackJob | None = state.recall(_ASKED)
    if former is not None and not former.done():
        former.stop()


def _wait_for(job: TrackJob) -> None:
    @st.fragment(run_every=0.5)
    def wait() -> None:
        if job.done() or job.stopped():
            st.rerun()
        left, right = st.columns([5, 1], vertical_alignment="center")
        share = 0.0 if job.how_far is None else job.how_far.share
        left.progress(share, text=f"{_told(job)} You can look at other pages meanwhile.")
        if right.button("Stop", help="Ends the judging."):
            job.stop()
            st.rerun()

    wait()


def _told(job: TrackJob) -> str:
    how_far = job.how_far
    if how_far is None:
        before = _jobs().before(job)
        return f"Waiting for its turn: {before} before it." if before else "Opening the recording…"
    if how_far.step != JUDGING:
        return f"{how_far.step}: {clock(how_far.done)} of {clock(how_far.of)}."
    seconds = how_far.seconds_left
    if seconds is None:
        return f"{how_far.step}…"
    left = f"{seconds / 60:.0f} min" if seconds > 90 else f"{max(1.0, seconds):.0f} s"
    return f"{how_far.step}: about {left} left."


@st.cache_resource(show_spinner=False)
def _jobs() -> TrackJobs:
    return TrackJobs()
