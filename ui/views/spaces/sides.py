"""Choice of two spaces: models, files of vectors, or epochs of one run."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.embeddings import library
from ser_core.inference import Atlas
from ui import cache, state
from ui.components import checkpoint_choice, empty, utterances
from ui.components.sound_folder import atlas_of
from ui.components.spaces import EPOCHS, KIND, SPACES
from ui.components.unreadable import draw_unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator

    from ser_core.checkpoints import Entry


FIRST, SECOND = "First space", "Second space"  # labels and names of the choices


@dataclass(frozen=True)
class SpaceSide:
    """One of the two spaces.

    Attributes:
        key: changes when its file is written again.
        name: for people.
        atlas: its utterances, and where their sound may lie.
    """

    key: str
    name: str
    atlas: Atlas


@dataclass(frozen=True)
class SpaceSides:
    """The two chosen spaces.

    Attributes:
        first: the one that the other is held against.
        second: the other.
        of_one_run: whether both are epochs of one run, in which the same network has turned.
    """

    first: SpaceSide
    second: SpaceSide
    of_one_run: bool


def choose_kind() -> bool:
    """Draw the choice between two models and two epochs; returns whether it is epochs."""
    kinds = (SPACES, EPOCHS)
    key = state.prepared(KIND, kinds, EPOCHS)  # what moves is worth more at first sight than two models
    kind = st.segmented_control("Compare", kinds, key=key, required=True) or EPOCHS
    state.remember(KIND, kind)
    return kind == EPOCHS


def choose_spaces(page: "DeltaGenerator") -> SpaceSides | None:
    """Draw the choice of two models or files.

    Returns:
        Both; ``None``, with a way on on the page, when there is none.

    Raises:
        SerError: if one of them cannot be read.
    """
    entries, files = _listed()
    names = [*entries, *files]
    if not names:
        with page:
            empty.no_model()
            draw_unreadable()
        return None
    one = _choose(FIRST, names, entries, names[0])
    other = _choose(SECOND, names, entries, _of_one_corpus(one, entries))
    st.caption(
        "Utterances are matched by file, start and end. A file of vectors from elsewhere can be opened on the page "
        "Embedding space; it can then be chosen here."
    )
    draw_unreadable()
    if one == other:
        page.info(
            "Both are the same space. Choose another one of the same corpus; if there is none, train a second model, "
            "or open vectors of these recordings on the page Embedding space."
        )
    first_side, second_side = (
        _of_model(entries[name]) if name in entries else _of_file(name, files[name]) for name in (one, other)
    )
    return SpaceSides(first_side, second_side, of_one_run=False)


def spaces_listed() -> list[str]:
    """Name every model and file that can be chosen."""
    entries, files = _listed()
    return [*entries, *files]


def _listed() -> tuple[dict[str, "Entry"], dict[str, "Path"]]:
    return {entry.name: entry for entry in cache.checkpoints()}, {
        f"file {path.stem}": path for path in library.saved_spaces()
    }


def _choose(label: str, names: list[str], entries: Mapping[str, "Entry"], default: str) -> str:
    name: str = st.selectbox(
        label,
        names,
        key=state.prepared(label, names, default),
        format_func=lambda name: checkpoint_choice.title(entries[name]) if name in entries else name,
    )
    state.remember(label, name)
    if name in entries:
        st.caption(checkpoint_choice.terms(entries[name].card))
    return name


def _of_one_corpus(name: str, entries: Mapping[str, "Entry"]) -> str:
    """Name another model of the same corpus, or the space itself where there is none."""
    corpus = entries[name].card.corpus if name in entries else None
    alike = (other for other, entry in entries.items() if other != name and entry.card.corpus == corpus)
    return next(alike, name)


def _of_model(entry: "Entry") -> SpaceSide:
    name = checkpoint_choice.title(entry)
    return SpaceSide(f"{entry.name}|{cache.version(entry.path)}", name, utterances.known_to(entry.path))


def _of_file(name: str, path: "Path") -> SpaceSide:
    return SpaceSide(f"{name}|{cache.version(path)}", name, atlas_of(path, cache.space(path)))
