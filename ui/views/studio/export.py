"""Next steps for a recorded corpus: train, open, export."""

import shlex
import tempfile
from pathlib import Path

import streamlit as st

from ser_core.corpora import Manifest, open_corpus
from ser_core.embeddings import library
from ser_core.embeddings.opening import open_space
from ser_core.embeddings.space import FEWEST
from ser_core.recordings import Collection
from ser_core.recordings.export import export
from ui import cache, state
from ui.components import checkpoint_choice, corpora, vectors
from ui.components.progress import counter
from ui.components.text import plain
from ui.errors import shown_to_visitor

DOWNLOADED_BYTES = 100_000_000  # a larger ZIP is not put through the browser, which would hold all of it in memory
HEARD_SPLIT = "random-70-30"
FEWEST_SPEAKERS = 3  # of whom one trains, one is developed on, one tests


def draw_export(corpus: Collection, manifest: Manifest) -> None:
    """Draw the three ways on.

    Raises:
        SerError: if an export or vectors cannot be written.
    """
    st.header("Use it")
    train, space, away = st.columns(3, gap="medium")
    with train.container(border=True, height="stretch"), shown_to_visitor():
        _draw_training(corpus, manifest)
    with space.container(border=True, height="stretch"), shown_to_visitor():
        _draw_embedding(corpus, len(manifest.utterances))
    with away.container(border=True, height="stretch"), shown_to_visitor():
        _draw_export(corpus)


def _draw_training(corpus: Collection, manifest: Manifest) -> None:
    st.markdown("**Train on it.** The page Train opens with this corpus; every command takes it too:")
    st.code(f"--corpus {shlex.quote(_shown(corpus.manifest))}", language=None, wrap_lines=True)
    few = len(manifest.speakers) < FEWEST_SPEAKERS
    if few:
        st.caption(
            f"With fewer than {FEWEST_SPEAKERS} speakers no voice can be kept for the test: the model is tested on "
            "other recordings of the same voices, and its score says nothing about new ones."
        )
    if st.button("Train on it →"):
        corpora.choose_table(corpus.manifest, split=HEARD_SPLIT if few else None)
        st.switch_page("pages/train.py")


def _draw_embedding(corpus: Collection, count: int) -> None:
    st.markdown("**Look into its embedding space**, as a model hears it.")
    if count < FEWEST:
        st.caption(f"A map needs at least {FEWEST} recordings; record {FEWEST - count} more.")
        return
    entry = checkpoint_choice.render()
    if entry is None or not st.button("Embed and open →"):
        return
    from ser_core.inference.embedding import embed_corpus

    manifest = open_corpus(str(corpus.manifest))
    frame = embed_corpus(cache.reader(entry.path), manifest, progress=counter("Reading"))
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "embedding.parquet"
        frame.to_parquet(table, index=False)
        kept = library.save_space(open_space(table), f"{corpus.name} by {entry.name.removeprefix('runs/')}")
    state.remember_folders(manifest.corpus, [manifest.root])
    vectors.choose_file(kept)
    st.switch_page("pages/embedding_space.py")


def _draw_export(corpus: Collection) -> None:
    st.markdown("**Take it away** as a ZIP: recordings, list, speakers with what they agreed to, plan.")
    path = corpus.folder.with_name(f"{corpus.name}.zip")  # a name may hold a dot
    if st.button("Export"):
        count = export(corpus, path, progress=counter("Writing"))
        st.success(f"{count} {'recording is' if count == 1 else 'recordings are'} in {plain(_shown(path))}.")
    if not path.exists():
        return
    size = path.stat().st_size
    if size <= DOWNLOADED_BYTES:
        st.download_button(
            f"Save the ZIP ({max(0.1, size / 1e6):.1f} MB)",
            path.read_bytes,
            file_name=path.name,
            mime="application/zip",
        )
    else:
        st.caption(f"{size / 1e6:.0f} MB, too large to go through the browser: copy it from {plain(_shown(path))}.")


def _shown(path: Path) -> str:
    """Write a path as short as it can be typed here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
