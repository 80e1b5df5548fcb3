"""Merge emotions, or leave some out, before a run starts."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.corpora import CORPORA
from ser_core.corpora.manifest import DROP
from ser_core.errors import InputError
from ser_core.labels import EMOTIONS
from ui import state
from ui.components.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ser_core.corpora import Manifest

LEAVE_OUT = "leave out"
PER_LINE = 2


def choose_mapping(manifest: "Manifest") -> "tuple[dict[str, str], Manifest]":
    """Draw what becomes of each emotion, and how many utterances that touches.

    Returns:
        Emotion to emotion or ``drop``, only what changes, as ``start_run`` takes it; and the utterances so mapped.

    Raises:
        InputError: if fewer than two emotions are left.
    """
    mapping: dict[str, str] = {}
    with st.expander("Merge or leave out emotions"):
        st.caption("A model learns the emotions that are left. Scores on other sets of emotions cannot be compared.")
        _offer_published(manifest)
        columns = st.columns(PER_LINE)
        for number, label in enumerate(manifest.labels):
            with columns[number % PER_LINE]:
                target = _target(manifest.corpus, label)
            if target != label:
                mapping[label] = DROP if target == LEAVE_OUT else target
    mapped = manifest.map_emotions(mapping)
    if len(mapped.labels) < 2:
        raise InputError(
            f"Expected at least two emotions to tell apart; got {', '.join(mapped.labels)}. "
            "Keep another one under “Merge or leave out emotions”."
        )
    for note in mapped.notes[len(manifest.notes) :]:
        st.caption(f"{plain(note)} Left: {len(mapped.utterances)} utterances, {', '.join(mapped.labels)}.")
    return mapping, mapped


def _offer_published(manifest: "Manifest") -> None:
    kind = CORPORA.get(manifest.corpus)
    for name, mapping in kind.mappings.items() if kind else ():
        st.button(
            f"As in publications: {name}",
            help=", ".join(f"{label}: {_shown(target)}" for label, target in mapping.items()),
            on_click=_take,
            args=(manifest.corpus, manifest.labels, mapping),
        )


def _take(corpus: str, labels: "Sequence[str]", mapping: "Mapping[str, str]") -> None:
    for label in labels:
        state.choose(_choice(corpus, label), _shown(mapping.get(label, label)))


def _shown(target: str) -> str:
    return LEAVE_OUT if target == DROP else target


def _choice(corpus: str, label: str) -> str:
    return f"{label} of {corpus} becomes"


def _target(corpus: str, label: str) -> str:
    name = _choice(corpus, label)
    options = (label, LEAVE_OUT, *(other for other in EMOTIONS if other != label))
    target: str = st.selectbox(f"“{label}” becomes", options, key=state.prepared(name, options))
    state.remember(name, target)
    return target
