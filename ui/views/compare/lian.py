"""Lian's t-SNE: what a model has learned from beside what it has not, and how much of the order is left."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.geometry.maps import parameters
from ser_core.plots.embedding_map import embedding_map_figure
from ser_core.types import FloatArray
from ui import cache, state
from ui.components import charts, checkpoint_choice, empty, projections
from ui.components.numbers import NumberField
from ui.components.projections import TSNE, MapRequest
from ui.components.text import plain

if TYPE_CHECKING:
    import pandas

    from ser_core.checkpoints import Entry

FEWEST = 6  # utterances that a map is worth
ASKED = "t-SNE of both parts"


@dataclass(frozen=True)
class SplitRows:
    """Utterances of one split.

    Attributes:
        name: for people.
        key: changes whenever the rows do.
        rows: one per utterance.
        embeddings: shape ``(B, D)``.
    """

    name: str
    key: str
    rows: "pandas.DataFrame"
    embeddings: FloatArray


def draw_training_beside_test() -> None:
    """Draw t-SNE of the training vectors beside that of the test vectors, and both parts' separation as numbers.

    Raises:
        CheckpointError: if the model's known utterances are damaged.
        InputError: if there are too few of them.
    """
    st.markdown(
        "Lian et al. (2018) show t-SNE of the **training** vectors, where emotions form clear groups. Is the order "
        "still there in speech that the model has not learned from?"
    )
    entries = {entry.name: entry for entry in cache.checkpoints()}
    if not entries:
        empty.no_model()
        return
    key = state.prepared("model of both parts", list(entries))
    titles = {entry.name: checkpoint_choice.title(entry) for entry in entries.values()}
    name = st.selectbox("Model", list(entries), key=key, format_func=titles.__getitem__)
    state.remember("model of both parts", name)
    entry = entries[name]
    labels, _ = cache.directions(entry.path)
    parts = [_part(entry, "train", "Training speech", labels), _part(entry, "test", _test_name(entry), labels)]
    absent = [part for part in parts if len(part.rows) < FEWEST]
    if absent:
        st.info(
            f"{absent[0].name}: this model knows {len(absent[0].rows)} utterances of it, too few for a map. "
            "Choose another model, or train one; its run keeps all parts."
        )
        return
    _draw_numbers(parts, labels)
    request = _choose_request(entry.name, min(len(part.rows) for part in parts))
    asked = state.recall(ASKED, frozenset())
    if (entry.name, request) not in asked:
        st.caption("The maps take seconds to a minute, once.")
        if not st.button("Compute t-SNE", type="primary"):
            return
        state.remember(ASKED, asked | {(entry.name, request)})
        st.rerun()  # without the button
    jobs = [projections.computed(part.key, request, part.embeddings) for part in parts]
    projections.keep_only(ASKED, jobs)
    if not all(job.done() for job in jobs):
        projections.wait_for_maps(jobs, ASKED, on_stop=lambda: state.remember(ASKED, asked - {(entry.name, request)}))
        return
    for column, part, job in zip(st.columns(2), parts, jobs, strict=True):
        with column:
            st.markdown(f"**{part.name}**, {len(part.rows)} utterances")
            charts.draw(
                embedding_map_figure(job.result(), part.rows),
                key=f"map|{part.key}|{request.caption}",
                alt=f"{request.caption} of {part.name.lower()}, coloured by emotion.",
            )
    st.caption(
        f"{request.caption}, each map computed on its own. Axes and gaps of a map have no unit: neither the "
        "distance of two groups nor their size can be read off, and two maps have no common scale. Compare the "
        "numbers above."
    )


def _test_name(entry: "Entry") -> str:
    heard = entry.card.split.speaker_overlap
    return "Test speech of speakers heard in training" if heard else "Test speech of unheard speakers"


def _part(entry: "Entry", split: str, name: str, labels: tuple[str, ...]) -> SplitRows:
    atlas = cache.atlas(entry.path)
    chosen = ((atlas.frame["split"] == split) & atlas.frame["emotion"].isin(list(labels))).to_numpy()
    key = f"{entry.path}|{cache.version(entry.path)}|{split}"
    return SplitRows(name, key, atlas.frame.loc[chosen].reset_index(drop=True), atlas.embeddings[chosen])


def _choose_request(model: str, fewest: int) -> MapRequest:
    asked = parameters(TSNE, fewest)["perplexity"]
    field = NumberField(
        asked.label, asked.lowest, asked.highest,
        help="Roughly how many utterances count as surroundings; the same for both maps, below a third of the smaller.",
    )  # fmt: skip
    perplexity = field.checked(field.draw(f"perplexity of both parts of {model}", asked.default))
    return MapRequest(TSNE, 2, (("perplexity", perplexity), ("seed", 0)))


def _draw_numbers(parts: list[SplitRows], labels: tuple[str, ...]) -> None:
    measured = [_separation(part.key, part.embeddings, part.rows["emotion"].astype(str).tolist(), labels)
                for part in parts]  # fmt: skip
    for column, part, (purity, silhouette) in zip(st.columns(2), parts, measured, strict=True):
        with column, st.container(border=True):
            st.markdown(f"**{plain(part.name)}**")
            left, right = st.columns(2)
            left.metric("Nearest neighbour of the same emotion", f"{100 * purity:.1f} %")
            right.metric("Silhouette", f"{silhouette:+.2f}")
    lost = 100 * (measured[0][0] - measured[1][0])
    change = f"{abs(lost):.1f} points {'less' if lost > 0 else 'more'} often"
    st.caption(
        f"Among the test utterances, the nearest neighbour carries the same emotion {change} than among those learned "
        "from. Both numbers are measured by angle in the whole embedding, each part by itself, not on the map; the "
        "silhouette goes from -1 (in the wrong place) over 0 (emotions overlap) to 1 (far apart)."
    )


@st.cache_data(max_entries=64, show_spinner=False)
def _separation(
    key: str, _embeddings: FloatArray, _emotions: list[str], _labels: tuple[str, ...]
) -> tuple[float, float]:
    from ser_core.geometry.separation import neighbour_purity, silhouette

    return neighbour_purity(_embeddings, _emotions, _labels), silhouette(_embeddings, _emotions, _labels)
