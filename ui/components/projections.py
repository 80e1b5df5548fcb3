"""Maps of embeddings: PCA at once; UMAP and t-SNE as background jobs with progress and a stop button."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import streamlit as st

from ser_core.geometry.map_jobs import MapJobs
from ser_core.geometry.maps import PCA, TSNE, UMAP, MapRequest
from ser_core.jobs import Progress
from ser_core.jobs.queue import Job
from ser_core.types import FloatArray
from ui import state
from ui.components.progress import wait

__all__ = [
    "PCA", "TSNE", "UMAP", "MapRequest", "pca", "computed", "placed", "ask_again", "keep_only", "wait_for_maps",
    "wait_for",
]  # fmt: skip


@st.cache_data(max_entries=16, show_spinner=False)
def pca(key: str, dimensions: int, _embeddings: FloatArray, sphere: bool = False) -> FloatArray:
    """Project by PCA, once for each key."""
    from ser_core.geometry.projection import pca as projected

    return projected(_embeddings, dimensions, sphere=sphere)


def computed(key: str, request: MapRequest, embeddings: FloatArray) -> Job[FloatArray]:
    """Request a map; a map of the same content is computed only once.

    Args:
        key: changes whenever the embeddings do.
        request: what is asked for.
        embeddings: shape ``(B, D)``.

    Raises:
        SerError: if a parameter is out of range.
    """
    return _jobs().begin(request, embeddings, state.visitor(), _content(key, request, embeddings))


def placed(
    key: str, request: MapRequest, new: FloatArray, embeddings: FloatArray, points: FloatArray
) -> Job[FloatArray]:
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


def keep_only(place: str, jobs: Sequence[Job[FloatArray]]) -> None:
    """Cancel earlier jobs of one part of a page that nobody waits for."""
    places: dict[str, tuple[Job[FloatArray], ...]] = {**state.recall("maps asked for", {})}
    former, places[place] = places.get(place, ()), tuple(jobs)
    state.remember("maps asked for", places)
    wanted = {job.key for asked in places.values() for job in asked}
    for job in former:
        if job.key not in wanted:
            _jobs().leave(job, state.visitor())


def ask_again(key: str, request: MapRequest, embeddings: FloatArray) -> None:
    """Let a failed map be computed again at the next request."""
    _jobs().forget_failed(_content(key, request, embeddings))


def wait_for_maps(
    jobs: Sequence[Job[FloatArray]], what: str, meanwhile: str = "", *, on_stop: Callable[[], None]
) -> None:
    """Draw how far maps are and a button that stops them, and draw the page again when all are done.

    Args:
        jobs: from :func:`computed`.
        what: is computed.
        meanwhile: a sentence on what is shown until then.
        on_stop: called when the visitor stops them, after that was done.
    """

    def look() -> Progress | None:
        running = [job for job in jobs if not job.done()]
        before = [_jobs().before(job) for job in running]
        return together(what, len(jobs), [job.progress for job in running], min(before)) if running else None

    def stop() -> None:
        for job in jobs:  # what another visitor waits for goes on
            if not job.done():
                _jobs().leave(job, state.visitor())
        on_stop()

    wait(what, look, stop, then=meanwhile)


def together(what: str, count: int, running: Sequence[Progress], before: int) -> Progress:
    """Join the progress of maps that are computed one after another into that of all.

    Args:
        what: is computed.
        count: of the maps.
        running: progress of those that are not done.
        before: jobs of others that come before the first of them.
    """
    done = count - len(running) + sum(one.share for one in running)
    words = f"Computing {what}"
    if count > 1:
        words += f", {count - len(running)} of {count} done"
    if before:
        return Progress(done, count, words=f"{words}. Waiting for its turn: {before} before it")
    begun = next((one for one in running if one.seconds_left is not None and one.share < 1), None)
    if begun is not None and begun.seconds_left is not None:
        whole = begun.seconds_left / (1 - begun.share)  # of one map, as those that wait will take too
        return Progress(done, count, begun.seconds_left + whole * (len(running) - 1), words)
    return Progress(done, count, words=words if done else f"{words}. Loading the method takes some seconds at first")


def wait_for(futures: "Sequence[Future[FloatArray]]", what: str, meanwhile: str = "") -> None:
    """Draw how long something has been computed for, and draw the page again when all is done.

    Args:
        futures: of work whose progress is not known.
        what: is computed.
        meanwhile: a sentence on what is shown until then.
    """
    started = time.monotonic()

    def look() -> Progress | None:
        done = sum(future.done() for future in futures)
        if done == len(futures):
            return None
        seconds = time.monotonic() - started
        several = f"{done} of {len(futures)} done, " if len(futures) > 1 else ""
        words = f"Computing {what}: {several}{seconds:.0f} s. The first time takes longer"
        return Progress(done + 1 - 0.5 ** (seconds / (8 * (done + 1))), len(futures), words=words)

    wait(what, look, then=meanwhile)


@st.cache_resource(show_spinner=False)
def _jobs() -> MapJobs:
    return MapJobs()


@st.cache_data(max_entries=256, show_spinner=False)
def _content(key: str, request: MapRequest, _embeddings: FloatArray) -> str:
    return request.key(_embeddings)
