"""Folder of the recordings that belong to opened vectors."""

from pathlib import Path

import numpy as np
import streamlit as st

from ser_core.embeddings.space import Space
from ser_core.errors import InputError
from ser_core.inference import Atlas
from ser_core.inference.atlas import corpus_roots
from ser_core.paths import expanded, is_folder
from ui import state
from ui.components.text import plain
from ui.reach import in_reach, require_reach

LOOKED_FOR = 200  # rows, evenly over all of them: a look costs a question to the disk for each


def atlas_of(path: Path, space: Space) -> Atlas:
    """Combine a space with the folders of its recordings.

    Args:
        path: of its file.
        space: what the file holds.
    """
    corpora = sorted(set(space.column("corpus")[space.has_value("corpus")]))
    folder = _typed(path)
    named = (expanded(folder),) if folder and in_reach(folder) else ()
    shipped = (root for corpus in corpora for root in corpus_roots(corpus, None))
    roots = tuple(dict.fromkeys([*named, *shipped, *state.folders_of(corpora)]))
    return Atlas(space.frame, space.embeddings, roots, notes=space.notes)


def draw_sound_folder(path: Path, atlas: Atlas) -> None:
    """Draw the field for the folder, and how much of the sound was found.

    Args:
        path: of the file of vectors.
        atlas: its utterances.
    """
    rows = np.unique(np.linspace(0, len(atlas.frame) - 1, LOOKED_FOR).astype(int))
    found = sum(atlas.audio_path(atlas.frame.iloc[row]) is not None for row in rows)
    name = _name(path)
    folder = st.text_input(
        "Folder of the recordings",
        key=state.prepared_value(name, ""),
        placeholder="/path/to/it",
        help="On the computer that runs the app. The names in the column `file` are looked for in it.",
    ).strip()
    state.remember(name, folder)
    if folder:
        try:
            require_reach(folder)
            if not is_folder(expanded(folder)):
                st.warning(plain(f"Expected a folder at {folder}; there is none. Check its path."))
        except InputError as error:
            st.warning(plain(str(error)))
    sample = "" if len(rows) == len(atlas.frame) else " looked for"
    if found:
        st.caption(f"The sound of {found} of {len(rows)} utterances{sample} was found.")
    else:
        first = str(atlas.frame["file"].iloc[0])
        st.caption(plain(f"No sound was found. Name the folder that holds, for example, {first}."))


def _typed(path: Path) -> str:
    shown = state.widget_value(_name(path))
    return str(state.recall(_name(path), "") if shown is None else shown).strip()


def _name(path: Path) -> str:
    return f"folder of the recordings of {path.stem}"
