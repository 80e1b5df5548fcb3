"""Which two spaces are compared: models, files of vectors, or epochs of one run."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.embeddings import library
from ser_core.inference import Atlas
from ui import cache, state
from ui.components import checkpoint_choice, empty, utterances
from ui.components.spaces import EPOCHS, KIND, SPACES
from ui.components.unreadable import draw_unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.checkpoints import Entry


@dataclass(frozen=True)
class Side:
    """One of the two spaces.

    Attributes:
        key: changes when its file is written anew.
        name: for people.
        atlas: its utterances, and where their sound may lie.
    """

    key: str
    name: str
    atlas: Atlas


@dataclass(frozen=True)
class Sides:
    """The two spaces that were chosen.

    Attributes:
        first: the one that the other is held against.
        second: the other.
        of_one_run: whether both are epochs of one run, in which the same network has turned.
    """

    first: Side
    second: Side
    of_one_run: bool


def choose_kind() -> bool:
    """Draw the choice between two models and two epochs; returns whether it is epochs."""
    kinds = (SPACES, EPOCHS)
    kind = st.segmented_control("Compare", kinds, key=state.prepared(KIND, kinds), required=True) or SPACES
    state.remember(KIND, kind)
    return kind == EPOCHS


def choose_spaces() -> Sides | None:
    """Draw the choice of two models or files.

    Returns:
        Both; ``None``, with a way on, when there is none.

    Raises:
        SerError: if one of them cannot be read.
    """
    entries = {entry.name: entry for entry in cache.checkpoints()}
    files = {f"file {path.stem}": path for path in library.kept()}
    names = [*entries, *files]
    if not names:
        empty.no_model()
        draw_unreadable()
        return None
    loaded: list[Callable[[], Side]] = []
    for column, which, default in zip(st.columns(2), ("First", "Second"), (names[0], names[-1]), strict=True):
        with column:
            label = f"{which} space"
            name = st.selectbox(
                label,
                names,
                key=state.prepared(label, names, names[1] if which == "Second" and len(names) > 1 else default),
                format_func=lambda name: checkpoint_choice.title(entries[name]) if name in entries else name,
            )
            state.remember(label, name)
            loaded.append(_of_model(entries[name]) if name in entries else _of_file(name, files[name]))
    st.caption(
        "Utterances are matched by file, start and end. A file of vectors from elsewhere can be opened on the page "
        "Embedding space; it can then be chosen here."
    )
    draw_unreadable()
    first, second = (load() for load in loaded)
    return Sides(first, second, of_one_run=False)


def _of_model(entry: "Entry") -> Callable[[], Side]:
    def load() -> Side:
        name = checkpoint_choice.title(entry)
        return Side(f"{entry.name}|{cache.version(entry.path)}", name, utterances.known_to(entry.path))

    return load


def _of_file(name: str, path: "Path") -> Callable[[], Side]:
    def load() -> Side:
        space = cache.space(path)
        corpora = sorted(set(space.told("corpus")[space.tells("corpus")]))
        atlas = Atlas(space.frame, space.embeddings, state.folders_of(corpora), notes=space.notes)
        return Side(f"{name}|{cache.version(path)}", name, atlas)

    return load
