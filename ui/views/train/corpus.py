"""Choose what to train on: the demo corpus, a folder of a known corpus, or a table of utterances."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.corpora import CORPORA
from ser_core.corpora.download import DOWNLOADS
from ser_core.errors import CorpusError
from ser_core.paths import is_file
from ui import cache, state
from ui.components.corpora import CHOICE, TABLE, path_of
from ui.components.text import plain
from ui.views.train import foreign
from ui.views.train.fetch import fetched_folder, offer_download

if TYPE_CHECKING:
    from ser_core.corpora import Corpus, Manifest

DEMO = "demo"


def choose_corpus() -> "tuple[str, Manifest] | None":
    """Draw the chooser.

    Returns:
        The corpus as ``ser_core train --corpus`` takes it, and its utterances; ``None`` while a path is missing.

    Raises:
        CorpusError: if the folder or table is incomplete or contradicts itself.
    """
    kinds = [*(name for name, kind in CORPORA.items() if kind.spoken), TABLE]
    kind = st.selectbox("Corpus", kinds, key=state.prepared(CHOICE, kinds, DEMO), format_func=_title)
    state.remember(CHOICE, kind)
    if _ships(kind):
        return kind, _opened(kind)
    if kind in DOWNLOADS:
        offer_download(kind)
    name = path_of(kind)
    key = state.prepared_value(name, fetched_folder(kind))
    label = "Table of utterances (CSV, TSV or parquet)" if kind == TABLE else "Folder of the corpus on this computer"
    path = st.text_input(label, key=key, placeholder="/path/to/it", help=_help(kind)).strip()
    state.remember(name, path)
    if not path:
        st.caption("Give its path to go on.")
        if kind != TABLE:
            _draw_terms(CORPORA[kind], CORPORA[kind].language)
        return None
    spec = spec_of(kind, path)
    return (spec, _opened(spec)) if kind != TABLE else _table(spec)


def _table(path: str) -> "tuple[str, Manifest] | None":
    """Open a table; if that fails, or on demand, ask what its columns, emotions and folder are."""
    try:
        manifest = _opened(path)
    except CorpusError as error:
        if not is_file(Path(path)):
            raise
        foreign.bring_in(path, error)
        return None
    foreign.bring_in(path)
    return path, manifest


def spec_of(kind: str, path: str) -> str:
    """Name a corpus as ``ser_core train --corpus`` takes it."""
    if _ships(kind):
        return kind
    return path.strip() if kind == TABLE else f"{kind}:{path.strip()}"


def _ships(kind: str) -> bool:
    return kind in CORPORA and CORPORA[kind].shipped is not None


def _title(kind: str) -> str:
    if kind == TABLE:
        return "Your own: a table of utterances"
    return CORPORA[kind].title


def _help(kind: str) -> str | None:
    if kind != TABLE:
        return "The folder that holds the corpus in its original layout, as WAV or FLAC."
    return (
        "Columns: file, speaker, emotion; optional start, end, gender, age, session, split, text, intensity, sentence, "
        "arousal, valence, dominance. Other names can be assigned below."
    )


def _draw_terms(corpus: "Corpus | Manifest", language: str = "") -> None:
    spoken = f"{plain(language)}. " if language else ""
    st.caption(f"{spoken}Licence: {plain(corpus.licence)} Cite: {plain(corpus.citation)}")


def _opened(spec: str) -> "Manifest":
    manifest = cache.corpus(spec)
    _remember_folders(spec, manifest)
    st.markdown(
        f"**{len(manifest.utterances)}** utterances, **{len(manifest.speakers)}** speakers, "
        f"**{len(manifest.labels)}** emotions: {', '.join(manifest.labels)}."
    )
    kind = CORPORA.get(spec.partition(":")[0])
    short = f" ({plain(kind.licence_short)})" if kind else ""
    count = len(manifest.notes)
    noted = f", {count} {'note' if count == 1 else 'notes'}" if count else ""
    with st.expander(f"Licence{short}, citation{noted}"):
        _draw_terms(manifest, kind.language if kind else "")
        st.markdown("\n".join(f"- {plain(note)}" for note in manifest.notes))
    return manifest


def _remember_folders(spec: str, manifest: "Manifest") -> None:
    """Let the known utterances of any model of this corpus be heard from here, until the session ends."""
    if state.recall("folders remembered of") == spec:
        return
    state.remember("folders remembered of", spec)
    folders = [manifest.root]
    if spec.partition(":")[0] in CORPORA:
        # A model may have been trained from the folder above or below: recordings of these corpora have unique names.
        holding = sorted({manifest.path(utterance).parent for utterance in manifest.utterances})
        folders += [manifest.root.parent, *(folder.parent for folder in holding), *holding]
    for corpus in {manifest.corpus, *(utterance.corpus for utterance in manifest.utterances if utterance.corpus)}:
        state.remember_folders(corpus, folders)
