"""Export of the whole space."""

import streamlit as st

from ser_core.embeddings import export
from ser_core.embeddings.library import safe_name
from ser_core.types import FloatArray
from ui.components.projections import PCA, MapRequest, pca
from ui.components.text import plain
from ui.views.embedding.utterances import KnownUtterances


def draw_export(known: KnownUtterances, request: MapRequest, points: FloatArray) -> None:
    """Draw the downloads; each file is made when it is asked for.

    Args:
        known: what the map shows.
        request: how the map was made.
        points: the map, shape ``(B, 2)`` or ``(B, 3)``; in place of a solid map, PCA in two dimensions goes out.
    """
    st.header("Take it elsewhere")
    space = known.space
    name = safe_name(known.key.partition("|")[0])
    flat, drawn = (points, request.method) if request.dimensions == 2 else (pca(known.key, 2, known.embeddings), PCA)
    files = (
        (f"Space with {drawn}, parquet", f"{name}.parquet", "application/vnd.apache.parquet",
         lambda: export.parquet_bytes(export.with_map(space, flat))),
        ("The same for Spotlight", f"{name}-spotlight.parquet", "application/vnd.apache.parquet",
         lambda: export.parquet_bytes(export.for_spotlight(space, flat))),
        ("vectors.tsv", "vectors.tsv", "text/tab-separated-values", lambda: export.vectors_tsv(space)),
        ("metadata.tsv", "metadata.tsv", "text/tab-separated-values", lambda: export.metadata_tsv(space)),
    )  # fmt: skip
    with st.container(horizontal=True):
        for label, file, kind, made in files:
            st.download_button(
                plain(label),
                made,
                file_name=file,
                mime=kind,
                key=f"download|{file}",
                on_click="ignore",
            )
    st.caption(
        "The first opens in Embedding Atlas "
        "(`embedding-atlas FILE --vector embedding --x projection_x --y projection_y --neighbors neighbors`); the TSV "
        "files in TensorBoard's projector; all of them here again, as a file from elsewhere. To hear clips in "
        "Spotlight, start it in the folder of the recordings: `spotlight.show('FILE', dtype={'embedding': "
        "spotlight.Embedding, 'file': spotlight.Audio})`."
    )
