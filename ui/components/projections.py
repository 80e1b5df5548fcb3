"""Maps of embeddings: PCA at once; UMAP and t-SNE beside the page, with how far they are and a way to stop them."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import streamlit as st

from ser_core.geometry.map_jobs import HowFar, MapJob, MapJobs
from ser_core.geometry.maps import PCA, TSNE, UMAP, Request
from ser_core.types import FloatArray
from ui import state

__all__ = [
    "PCA", "TSNE", "UMAP", "Request", "pca", "computed", "placed", "ask_again", "keep_only", "wait_for_maps",
    "wait_for",
]  # fmt: skip


@st.cache_data(max_entries=16, show_spinner=False)
def pca(key: str, dimensions: int, _embeddings: FloatArray, sphere: bool = False) -> FloatArray:
    """Project by PCA, once for each key."""
    from ser_core.geometry.projection import pca as projected

    return projected(_embeddings, dimensions, sphere=sphere)


def computed(key: str, request: Request, embeddings: FloatArray) -> MapJob:
    """Ask for a map; what was computed of the same content for anybody is there at once.

    Args:
        key: changes whenever the embeddings do.
        request: what is asked for.
        embeddings: shape ``(B, D)``.

    Raises:
        SerError: if a parameter is out of range.
    """
    return _jobs().begin(request, embeddings, state.visitor(), _content(key, request, embeddings))


def placed(key: str, request: Request, new: FloatArray, embeddings: FloatArray, points: FloatArray) -> MapJob:
    """Ask for the places of new embeddings on a map that :func:`computed` made.

    Args:
        key: changes whenever the embeddings do.
        request: of the map.
        new: shape ``(Q, D)``.
        embeddings: those on the map, shape ``(B, D)``.
        points: where they are.
    """
    content = _content(key, request, embeddings)
    return _jobs().begin_placing(request, new, embeddings, points, state.visitor(), content)


def keep_only(place: str, jobs: Sequence[MapJob]) -> None:
    """Give up what was asked for at a place of a page before, if it is not asked for there or elsewhere any more."""
    places: dict[str, tuple[MapJob, ...]] = {**state.recall("maps asked for", {})}
    former, places[place] = places.get(place, ()), tuple(jobs)
    state.remember("maps asked for", places)
    wanted = {job.key for asked in places.values() for job in asked}
    for job in former:
        if job.key not in wanted:
            _jobs().leave(job, state.visitor())


def ask_again(key: str, request: Request, embeddings: FloatArray) -> None:
    """Have a map that failed computed anew, when it is asked for next."""
    _jobs().forget_failed(_content(key, request, embeddings))


def wait_for_maps(jobs: Sequence[MapJob], what: str, meanwhile: str = "", *, on_stop: Callable[[], None]) -> None:
    """Draw how far maps are and a button that stops them, and draw the page anew when all are done.

    Args:
        jobs: from :func:`computed`.
        what: is computed.
        meanwhile: a sentence on what is shown until then.
        on_stop: called when the visitor stops them, after that was done.
    """

    @st.fragment(run_every=0.5)
    def wait() -> None:
        open_jobs = [job for job in jobs if not job.done()]
        if not open_jobs:
            st.rerun()
        how_far = [_jobs().how_far(job) for job in open_jobs]
        share = (len(jobs) - len(open_jobs) + sum(one.share for one in how_far)) / len(jobs)
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.progress(min(1.0, share), text=f"{told(what, len(jobs), how_far)} {meanwhile}".strip())
        if right.button("Stop", key=f"stop|{what}", help="Ends the computing; its core is free at once."):
            for job in open_jobs:  # what another visitor waits for goes on
                _jobs().leave(job, state.visitor())
            on_stop()
            st.rerun()

    wait()


def told(what: str, count: int, how_far: Sequence[HowFar]) -> str:
    """Say how far maps are that are computed one after another, and how long it takes until the last is done.

    Args:
        what: is computed.
        count: of the maps.
        how_far: those are that are not done.
    """
    text = f"Computing {what}"
    if count > 1:
        text += f": {count - len(how_far)} of {count} done"
    if all(one.before for one in how_far):
        return f"{text}. Waiting for its turn: {min(one.before for one in how_far)} before it."
    begun = next((one for one in how_far if one.seconds_left is not None and one.share < 1), None)
    if begun is not None and begun.seconds_left is not None:
        whole = begun.seconds_left / (1 - begun.share)  # of one map, as those that wait will take too
        seconds = begun.seconds_left + whole * (len(how_far) - 1)
        left = f"{seconds / 60:.0f} min" if seconds > 90 else f"{max(1.0, seconds):.0f} s"
        return f"{text}{',' if count > 1 else ':'} about {left} left."
    loaded = len(how_far) < count or any(one.share for one in how_far)
    return f"{text}." if loaded else f"{text}. Loading the method takes some seconds at first."


def wait_for(futures: "Sequence[Future[FloatArray]]", what: str, meanwhile: str = "") -> None:
    """Draw how long something has been computed for, and draw the page anew when all is done.

    Args:
        futures: of work whose share cannot be told.
        what: is computed.
        meanwhile: a sentence on what is shown until then.
    """
    started = time.monotonic()

    @st.fragment(run_every=0.5)
    def wait() -> None:
        done = sum(future.done() for future in futures)
        if done == len(futures):
            st.rerun()
        seconds = time.monotonic() - started
        share = (done + 1 - 0.5 ** (seconds / (8 * (done + 1)))) / len(futures)
        several = f"{done} of {len(futures)} done, " if len(futures) > 1 else ""
        text = f"Computing {what}: {several}{seconds:.0f} s. The first time takes longer. {meanwhile}"
        st.progress(min(1.0, share), text=text.strip())

    wait()


@st.cache_resource(show_spinner=False)
def _jobs() -> MapJobs:
    return MapJobs()


@st.cache_data(max_entries=256, show_spinner=False)
def _content(key: str, request: Request, _embeddings: FloatArray) -> str:
    return request.key(_embeddings)
