"""Mapping of emotions before a run: merge or leave out."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.corpora import CORPORA
from ser_core.corpora.manifest import DROP
from ser_core.errors import InputError
from ser_core.labels import EMOTIONS
from ui import state
from ui.components.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ser_core.corpora import Manifest

LEAVE_OUT = "leave out"
PER_LINE = 2


def choose_mapping(spec: str, manifest: "Manifest") -> "tuple[dict[str, str], Manifest]":
    """Draw the mapping of each emotion, with the number of utterances.

    Args:
        spec: the corpus as ``ser_core train --corpus`` takes it; each keeps its own choice.
        manifest: its utterances.

    Returns:
        Emotion to emotion or ``drop``, only what changes, as ``start_run`` takes it; and the utterances so mapped.

    Raises:
        InputError: if fewer than two emotions are left.
    """
    mapping: dict[str, str] = {}
    with st.expander("Merge or leave out emotions"):
        st.caption("A model learns the emotions that are left. Scores on other sets of emotions cannot be compared.")
        _offer_published(spec, manifest)
        columns = st.columns(PER_LINE)
        for number, label in enumerate(manifest.labels):
            with columns[number % PER_LINE]:
                target = _target(spec, label)
            if target != label:
                mapping[label] = DROP if target == LEAVE_OUT else target
    mapped = manifest.map_emotions(mapping)
    if len(mapped.labels) < 2:
        raise InputError(
            f"Expected at least two emotions to distinguish; got {', '.join(mapped.labels)}. "
            "Keep another one under “Merge or leave out emotions”."
        )
    for note in mapped.notes[len(manifest.notes) :]:
        st.caption(f"{plain(note)} Left: {len(mapped.utterances)} utterances, {', '.join(mapped.labels)}.")
    return mapping, mapped


def take_mapping(spec: str, mapping: "Mapping[str, str]") -> None:
    """Set the mapping of emotions.

    Args:
        spec: the corpus as ``ser_core train --corpus`` takes it.
        mapping: emotion to emotion or ``drop``.
    """
    for label, target in mapping.items():
        state.choose(_choice(spec, label), _shown(target))


def _offer_published(spec: str, manifest: "Manifest") -> None:
    kind = CORPORA.get(manifest.corpus)
    for name, mapping in kind.mappings.items() if kind else ():
        st.button(
            f"As in publications: {name}",
            help=", ".join(f"{label}: {_shown(target)}" for label, target in mapping.items()),
            on_click=take_mapping,
            args=(spec, {label: mapping.get(label, label) for label in manifest.labels}),
        )


def _shown(target: str) -> str:
    return LEAVE_OUT if target == DROP else target


def _choice(spec: str, label: str) -> str:
    return f"{label} of {spec} becomes"


def _target(spec: str, label: str) -> str:
    name = _choice(spec, label)
    options = (label, LEAVE_OUT, *(other for other in EMOTIONS if other != label))
    target: str = st.selectbox(f"“{label}” becomes", options, key=state.prepared(name, options))
    state.remember(name, target)
    return target
