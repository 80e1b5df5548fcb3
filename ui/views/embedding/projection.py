"""Which map is drawn: PCA at once; UMAP and t-SNE when asked for, beside the page."""

import streamlit as st

from ser_core.types import FloatArray
from ui import state
from ui.components.projections import PCA, TSNE, UMAP, Request, computed, pca, wait_for
from ui.views.embedding.known import Known

METHODS = (PCA, UMAP, TSNE)


def choose_projection(known: Known) -> tuple[Request, FloatArray]:
    """Draw the choice of a map and compute it.

    Returns:
        What the points are, and the points, shape ``(B, 2)`` or ``(B, 3)``. While UMAP or t-SNE is being computed,
        or has not been asked for yet, that is PCA.

    Raises:
        InputError: if there are too few utterances for the method.
    """
    left, right = st.columns(2)
    method = left.radio("Map", METHODS, key=state.prepared("map method", METHODS), horizontal=True)
    dimensions = right.radio("Dimensions", (2, 3), key=state.prepared("map dimensions", (2, 3)), horizontal=True)
    state.remember("map method", method)
    state.remember("map dimensions", dimensions)
    plain = Request(PCA, dimensions)
    if method == PCA:
        return plain, pca(known.key, dimensions, known.embeddings)
    settings = _form(method, len(known.rows))
    if settings is None:
        st.info(f"Shown: PCA. Set the parameters of {method} and press Compute.")
        return plain, pca(known.key, dimensions, known.embeddings)
    wanted = Request(method, dimensions, settings)
    future = computed(known.key, wanted, known.embeddings)
    if future.done():
        return wanted, future.result()
    wait_for([future], method, "PCA is shown meanwhile.")
    return plain, pca(known.key, dimensions, known.embeddings)


def _form(method: str, count: int) -> tuple[tuple[str, float], ...] | None:
    """Draw the parameters; what was last submitted counts, so a half-typed number computes nothing."""
    name = f"settings of {method}"
    before = dict(state.recall(name, ()))
    with st.form(name, border=True):
        columns = st.columns(3 if method == UMAP else 2)
        if method == UMAP:
            most = max(2, min(200, count - 1))
            values = {
                "neighbours": columns[0].number_input(
                    "Neighbours", 2, most, min(most, int(before.get("neighbours", 15))),
                    help="How many nearest utterances count as surroundings: few show detail, many the whole.",
                ),
                "min_distance": columns[1].number_input(
                    "Minimum distance", 0.0, 0.99, float(before.get("min_distance", 0.1)), 0.05,
                    help="How close points may lie on the map.",
                ),
            }  # fmt: skip
        else:
            most = max(2, (count - 1) // 3)
            values = {
                "perplexity": columns[0].number_input(
                    "Perplexity", 2, most, min(most, int(before.get("perplexity", 30))),
                    help="Roughly how many utterances count as surroundings; below a third of all.",
                )
            }  # fmt: skip
        values["seed"] = columns[-1].number_input("Seed", 0, 2**31 - 1, int(before.get("seed", 0)))
        if st.form_submit_button("Compute", type="primary"):
            state.remember(name, tuple(sorted(values.items())))
    settings: tuple[tuple[str, float], ...] | None = state.recall(name)
    return settings
