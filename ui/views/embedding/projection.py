"""Choice of the map: PCA at once; UMAP and t-SNE on request, as background jobs."""

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import SerError
from ser_core.geometry.maps import METHODS, ON_SPHERE, STARTS, parameters
from ser_core.types import FloatArray
from ui import state
from ui.components.numbers import NumberField
from ui.components.projections import PCA, TSNE, MapRequest, ask_again, computed, keep_only, pca, wait_for_maps
from ui.errors import shown_to_visitor
from ui.views.embedding.utterances import KnownUtterances

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

METHOD, SURFACE = "map method", "map dimensions"  # names of the choices
SOLID, SPHERE = 3, "unit sphere"
_START_HELP = {
    True: "From PCA, the large-scale arrangement is PCA's, and differs little between seeds; at random, it is the "
    "seed's (Kobak and Linderman, 2021).",
    False: "Spectral: from the neighbourhood graph itself. At random, the large-scale arrangement is the seed's.",
}


def choose_projection(known: KnownUtterances, page: "DeltaGenerator") -> tuple[MapRequest, FloatArray]:
    """Draw the choice of a map among the settings and compute it.

    Args:
        known: the utterances.
        page: where it is said how far the map is.

    Returns:
        What the points are, and the points, shape ``(B, 2)`` or ``(B, 3)``. While UMAP or t-SNE is being computed, has
        not been asked for yet or cannot be made, that is PCA.

    Raises:
        InputError: if there are too few utterances for any map.
    """
    methods = tuple(METHODS)
    method = st.radio("Map", methods, key=state.prepared(METHOD, methods), horizontal=True)
    state.remember(METHOD, method)
    dimensions, sphere = _choose_surface(method)
    flat = MapRequest(PCA, dimensions)
    if method == PCA:
        keep_only("map", ())
        with page, shown_to_visitor():
            return MapRequest(PCA, dimensions, sphere=sphere), pca(known.key, dimensions, known.embeddings, sphere)
        return flat, pca(known.key, dimensions, known.embeddings)
    settings = _form(method, known, dimensions, sphere)
    if settings is None:
        keep_only("map", ())
        page.info(f"Shown: PCA. Set the parameters of {method} and press Compute.")
        return flat, pca(known.key, dimensions, known.embeddings)
    wanted = MapRequest(method, dimensions, settings, sphere)
    with page, shown_to_visitor():
        job = computed(known.key, wanted, known.embeddings)
        keep_only("map", (job,))
        if job.done():
            return wanted, job.result()
        wait_for_maps(
            [job], method, "PCA is shown meanwhile.", on_stop=lambda: state.remember(f"settings of {method}", None)
        )
    return flat, pca(known.key, dimensions, known.embeddings)


def set_projection(request: MapRequest, rows: int) -> tuple[MapRequest, tuple[str, ...]]:
    """Set the fields to a map, before they are drawn, and have it computed.

    Args:
        request: the map.
        rows: how many utterances it shows.

    Returns:
        What will be drawn, every parameter named; and what does not fit so many utterances, a sentence for each.
    """
    notes = []
    ranges = parameters(request.method, rows)
    values: dict[str, float | str] = {name: one.default for name, one in ranges.items()}
    if request.method in STARTS:
        values["start"] = STARTS[request.method][0]
    for name, value in request.settings:
        try:
            replace(request, settings=((name, value),)).check(rows)
            values[name] = value
        except SerError as error:
            notes.append(str(error))
    values = {name: int(value) if name in ranges and ranges[name].whole else value for name, value in values.items()}
    whole = replace(request, settings=tuple(sorted(values.items())))
    state.choose(METHOD, request.method)
    state.choose(SURFACE, SPHERE if request.sphere else request.dimensions)
    for name, value in values.items():
        state.choose(f"{request.method}: {name}", value if name == "start" else float(value))
    state.remember(f"settings of {request.method}", whole.settings)
    return whole, tuple(notes)


def _choose_surface(method: str) -> tuple[int, bool]:
    options = (2, SOLID, SPHERE) if method in ON_SPHERE else (2, SOLID)
    surface = st.radio(
        "Dimensions",
        options,
        key=state.prepared(SURFACE, options),
        format_func=lambda one: "3, on the unit sphere" if one == SPHERE else str(one),
        horizontal=True,
        help="On the unit sphere, near means a small angle, as in the space itself, and arrows are the directions of "
        "the classes. PCA keeps the origin and pushes every point out to the surface; UMAP lays points out along it.",
    )
    state.remember(SURFACE, surface)
    return (2, False) if surface == 2 else (SOLID, surface == SPHERE)


def _form(
    method: str, known: KnownUtterances, dimensions: int, sphere: bool
) -> tuple[tuple[str, float | str], ...] | None:
    """Draw the parameters; what was last submitted counts, so a half-typed number computes nothing.

    Returns:
        The parameters to compute with; ``None`` before Compute was pressed, and while a number is out of range.
    """
    asked_for = parameters(method, len(known.rows))
    fields = {
        name: NumberField(one.label, one.lowest, one.highest, whole=one.whole, step=one.step, help=one.help)
        for name, one in asked_for.items()
    }
    with st.form(f"settings of {method}", border=True):
        columns = [column for _ in range(2) for column in st.columns(2)]
        typed = {
            name: field.draw(f"{method}: {name}", asked_for[name].default, where=column)
            for column, (name, field) in zip(columns, fields.items(), strict=False)
        }
        starts = STARTS[method]
        start = st.selectbox(
            "Start", starts, key=state.prepared(f"{method}: start", starts), help=_START_HELP[method == TSNE]
        )
        state.remember(f"{method}: start", start)
        pressed = st.form_submit_button("Compute", type="primary")
        with shown_to_visitor():
            values = {name: fields[name].checked(value) for name, value in typed.items()}
            if pressed:
                asked = {name: int(value) if fields[name].whole else value for name, value in values.items()}
                settings = tuple(sorted({**asked, "start": start}.items()))
                state.remember(f"settings of {method}", settings)
                ask_again(known.key, MapRequest(method, dimensions, settings, sphere), known.embeddings)
            remembered: tuple[tuple[str, float | str], ...] | None = state.recall(f"settings of {method}")
            return remembered
    return None
