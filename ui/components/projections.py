"""Maps of embeddings: PCA at once; UMAP and t-SNE beside the page, with what has passed to be seen meanwhile."""

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ser_core.types import FloatArray

PCA, UMAP, TSNE = "PCA", "UMAP", "t-SNE"


@dataclass(frozen=True)
class Request:
    """A map that was asked for.

    Attributes:
        method: :data:`PCA`, :data:`UMAP` or :data:`TSNE`.
        dimensions: 2 or 3.
        settings: the method's parameters, as sorted pairs.
    """

    method: str
    dimensions: int
    settings: tuple[tuple[str, float], ...] = ()

    @property
    def caption(self) -> str:
        """Name the method with everything needed to draw it again."""
        return ", ".join([f"{self.method} in {self.dimensions} dimensions", *(f"{n} {v:g}" for n, v in self.settings)])


@st.cache_data(max_entries=16, show_spinner=False)
def pca(key: str, dimensions: int, _embeddings: FloatArray) -> FloatArray:
    """Project by PCA, once for each key."""
    from ser_core.geometry.projection import pca as projected

    return projected(_embeddings, dimensions)


@st.cache_resource(max_entries=32, show_spinner=False)
def computed(key: str, request: Request, _embeddings: FloatArray) -> "Future[FloatArray]":
    """Begin to compute a map, once for each key and request; one after another, so that the page stays quick."""
    return _worker().submit(_project, request, _embeddings)


def wait_for(futures: "Sequence[Future[FloatArray]]", what: str, meanwhile: str = "") -> None:
    """Draw how long maps have been computed for, and draw the page anew when all are done.

    Args:
        futures: from :func:`computed`.
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
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="projection")


def _project(request: Request, embeddings: FloatArray) -> FloatArray:
    from ser_core.geometry.projection import tsne, umap

    settings: dict[str, Any] = dict(request.settings)
    return (umap if request.method == UMAP else tsne)(embeddings, request.dimensions, **settings)
