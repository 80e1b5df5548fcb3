"""Which map is drawn: PCA at once; UMAP and t-SNE when asked for, beside the page."""

import streamlit as st

from ser_core.types import FloatArray
from ui import state
from ui.components.numbers import NumberField
from ui.components.projections import PCA, TSNE, UMAP, Request, computed, pca, wait_for
from ui.errors import shown_to_visitor
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
    """Draw the parameters; what was last submitted counts, so a half-typed number computes nothing.

    Returns:
        The parameters to compute with; ``None`` before Compute was pressed, and while a number is out of range.
    """
    fields = _fields(method, count)
    with st.form(f"settings of {method}", border=True):
        columns = st.columns(len(fields))
        typed = {
            parameter: field.draw(f"{method}: {parameter}", default, where=column)
            for column, (parameter, (field, default)) in zip(columns, fields.items(), strict=True)
        }
        pressed = st.form_submit_button("Compute", type="primary")
        with shown_to_visitor():
            values = {parameter: fields[parameter][0].checked(value) for parameter, value in typed.items()}
            if pressed:
                asked = {name: int(value) if fields[name][0].whole else value for name, value in values.items()}
                state.remember(f"settings of {method}", tuple(sorted(asked.items())))
            settings: tuple[tuple[str, float], ...] | None = state.recall(f"settings of {method}")
            return settings
    return None


def _fields(method: str, count: int) -> dict[str, tuple[NumberField, float]]:
    """Return what is asked for each parameter of a method, and its value to begin with."""
    seed = {"seed": (NumberField("Seed", 0, 2**31 - 1), 0)}
    if method == UMAP:
        most = max(2, min(200, count - 1))
        neighbours = NumberField(
            "Neighbours",
            2,
            most,
            help="How many nearest utterances count as surroundings: few show detail, many the whole.",
        )
        distance = NumberField(
            "Minimum distance", 0.0, 0.99, whole=False, step=0.05, help="How close points may lie on the map."
        )
        return {"neighbours": (neighbours, min(most, 15)), "min_distance": (distance, 0.1), **seed}
    most = max(2, (count - 1) // 3)
    perplexity = NumberField(
        "Perplexity", 2, most, help="Roughly how many utterances count as surroundings; below a third of all."
    )
    return {"perplexity": (perplexity, min(most, 30)), **seed}
