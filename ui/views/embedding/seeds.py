"""Maps with five seeds side by side."""

from dataclasses import replace

import numpy as np
import streamlit as st

from ser_core.geometry.maps import MOST_SEED, PCA, TSNE
from ser_core.plots.point_map import colour_columns, sampled_rows
from ser_core.plots.seed_maps import seed_map_figures
from ser_core.types import FloatArray
from ui import state
from ui.components import charts
from ui.components.projections import MapRequest, computed, keep_only, wait_for_maps
from ui.views.embedding.utterances import KnownUtterances

SEEDS = 5
FEWEST = 5  # utterances that have neighbours to lose
DRAWN = 1500  # points of a small map
ASKED = "maps under five seeds"
COLUMNS = 3


def draw_seeds(known: KnownUtterances, request: MapRequest) -> None:
    """Draw the map that is shown under five seeds, laid over each other, and how far they agree.

    Args:
        known: the utterances.
        request: the map that is shown; of a solid one, the flat one is drawn.

    Raises:
        SerError: if one of the maps cannot be made.
    """
    st.subheader("Five seeds side by side")
    if len(known.rows) < FEWEST:
        st.caption("Too few utterances to compare neighbours.")
        return
    if request.method == PCA:
        keep_only("seeds", ())
        st.caption(
            "What differs between two seeds is not in the data. PCA, which is shown above, has no seed; compute UMAP "
            "or t-SNE, then its seeds can be compared here."
        )
        return
    wanted = replace(request, dimensions=2, sphere=False)
    asked = state.recall(ASKED, frozenset())
    if (known.key, wanted) not in asked:
        keep_only("seeds", ())
        st.caption("How much of this map is the seed's? The same map is computed under five of them, one by one.")
        if not st.button("Compute five seeds"):
            return
        state.remember(ASKED, asked | {(known.key, wanted)})
        st.rerun()  # without the button
    seeds = [((wanted.seed or 0) + number) % (MOST_SEED + 1) for number in range(SEEDS)]
    jobs = [computed(known.key, wanted.with_seed(seed), known.embeddings) for seed in seeds]
    keep_only("seeds", jobs)
    if not all(job.done() for job in jobs):
        wait_for_maps(
            jobs,
            f"{wanted.method} under five seeds",
            on_stop=lambda: state.remember(ASKED, asked - {(known.key, wanted)}),
        )
        return
    laid, agreement = _compared(known.key, wanted, [job.result() for job in jobs])
    _draw_maps(known, wanted, seeds, laid, agreement)


def _draw_maps(
    known: KnownUtterances, request: MapRequest, seeds: list[int], maps: list[FloatArray], agreement: FloatArray
) -> None:
    rows = sampled_rows(len(known.rows), DRAWN, DRAWN)
    table = known.coloured_by(known.label).iloc[rows].reset_index(drop=True)
    columns = colour_columns(table)
    name = "colour of the seeds"
    colour = st.selectbox("Colour", columns, key=state.prepared(name, columns, "emotion"))
    state.remember(name, colour)
    figures, legend = seed_map_figures([one[rows] for one in maps], table, colour_by=colour)
    others = [*zip(seeds, figures, strict=True), (None, legend)]
    for start in range(0, len(others), COLUMNS):  # row by row, so that a narrow screen keeps the order
        for number, column in enumerate(st.columns(COLUMNS), start):
            seed, figure = others[number]
            with column:
                st.markdown("**Colours**" if seed is None else f"**Seed {seed}**")
                charts.draw(
                    figure,
                    key=f"seed|{known.key}|{request.caption}|{number}",
                    alt="Legend of the maps." if seed is None else f"{request.method}, seed {seed}, by {colour}.",
                    buttons=False,
                )
    pairs = agreement[np.triu_indices(len(maps), 1)]
    st.markdown(
        f"**Of ten neighbours on one of these maps, {10 * pairs.mean():.1f} are neighbours on another one** (mean of "
        f"{len(pairs)} pairs, {10 * pairs.min():.1f} to {10 * pairs.max():.1f}). What differs between seeds is not in "
        "the data."
    )
    drawn = "" if len(rows) == len(known.rows) else f" {len(rows)} of {len(known.rows)} points are drawn."
    st.caption(
        f"{request.caption}, and the next {SEEDS - 1} seeds. Each map was moved, turned or mirrored, and scaled to lie "
        f"as near as possible to the first (Procrustes), which keeps all neighbourhoods.{drawn}{_hint(request)}"
    )


def _hint(request: MapRequest) -> str:
    if request.method != TSNE or dict(request.settings).get("start", PCA) != PCA:
        return ""
    return (
        " All five start from PCA, with little noise: with a start at random, one sees how much of the large-scale "
        "arrangement is chance."
    )


@st.cache_data(max_entries=16, show_spinner="Laying the maps over each other…")
def _compared(key: str, request: MapRequest, _maps: list[FloatArray]) -> tuple[list[FloatArray], FloatArray]:
    from ser_core.geometry.map_quality import seed_overlaps
    from ser_core.geometry.procrustes import procrustes

    laid = [_maps[0], *(procrustes(_maps[0], one).points for one in _maps[1:])]
    return laid, seed_overlaps(_maps)
