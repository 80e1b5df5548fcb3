"""Choose a model, and see what it was trained on, how it was scored and under which licence it may be used."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui import cache, state
from ui.components import elsewhere, empty, folded, scores, tables
from ui.components.reliability import draw_reliability
from ui.components.text import plain
from ui.components.unreadable import draw_unreadable

if TYPE_CHECKING:
    from ser_core.checkpoints import Entry

CHOICE = "checkpoint"
SOURCE, MODEL = "source of vectors", "a model here"  # what the page Embedding space looks at
ARTIFICIAL = "Trained on artificial speech made by a program: for trying things out, not for judging people."


def render() -> "Entry | None":
    """Draw the chooser.

    Returns:
        The chosen checkpoint; ``None``, with a way to make one, when there is none.
    """
    entries = {entry.name: entry for entry in cache.checkpoints()}
    if not entries:
        empty.no_model()
        draw_unreadable()
        return None
    key = state.prepared(CHOICE, list(entries))
    name = st.selectbox("Model", list(entries), key=key, format_func=lambda name: title(entries[name]))
    state.remember(CHOICE, name)
    entry = entries[name]
    artificial = f"{ARTIFICIAL} " if entry.card.get("artificial") else ""
    trained = f"Trained {when}. " if (when := trained_on(entry.card)) else ""
    st.caption(f"{artificial}{trained}{terms(entry.card)}")
    elsewhere.draw_sentence(entry.card)
    more = folded.expander("about this model", "About this model: corpus, split, scores, what its answers are worth")
    with more:
        about(entry.card, seen=bool(more.open))
    draw_unreadable()
    return entry


def terms(card: Mapping[str, Any]) -> str:
    """Tell the terms of a model, for the screen on which it is chosen."""
    return f"Licence: {plain(str(card.get('licence') or 'not given'))}"


def choose(name: str) -> None:
    """Choose a model from elsewhere, on every page."""
    state.choose(CHOICE, name)
    state.choose(SOURCE, MODEL)


def title(entry: "Entry") -> str:
    """Name a checkpoint for people, with its artificial nature in the name.

    Models made here share their title with others of the same recipe and corpus: the name of the run, which nobody
    else has, comes first, where a narrow box does not cut it off.
    """
    text = str(entry.card.get("title") or entry.name)
    if entry.card.get("artificial") and "artificial" not in text.lower():
        text = f"{text} (artificial speech)"
    return f"{entry.name.removeprefix('runs/')} · {text}" if entry.made_here else text


def trained_on(card: Mapping[str, Any]) -> str | None:
    """Return when a model was made, in this computer's time; ``None`` where its card does not say.

    Examples:
        >>> trained_on({"created": "a Tuesday"}) is None
        True
    """
    try:
        made = datetime.datetime.fromisoformat(str(card.get("created")))
    except ValueError:
        return None
    return made.astimezone().strftime("%Y-%m-%d %H:%M")


def about(card: Mapping[str, Any], *, seen: bool) -> None:
    """Draw a checkpoint's card."""
    split = card.get("split") or {}
    facts = {
        "Name": card.get("name"),
        "Trained": trained_on(card),
        "Corpus": card.get("corpus"),
        "Recipe": card.get("recipe"),
        "Emotions": ", ".join(card.get("labels", ())),
        "Split": _split_text(split),
        "Parameters": f"{card['parameters']:,}".replace(",", " ") if card.get("parameters") else None,
    }
    st.markdown("\n".join(f"- **{name}:** {plain(str(value))}" for name, value in facts.items() if value))
    evaluated = scores.evaluation_text(card)
    if evaluated is not None:
        st.markdown(f"Models trained in the same way, each tested on speech it had not learned from: {evaluated}")
    rows = scores.score_rows(card.get("metrics") or {})
    if rows:
        st.markdown("This model, on the parts of its own split:")
        tables.show(rows, hide_index=True, column_config=scores.COLUMNS)
    if rows or evaluated is not None:
        st.caption(scores.WORDS)
    elsewhere.draw_table(card)
    draw_reliability(card, key="reliability of the chosen model", seen=seen)


def _split_text(split: Mapping[str, Any]) -> str | None:
    if not split:
        return None
    parts = [str(split.get("protocol", ""))]
    if split.get("fold"):
        parts.append(f"fold {split['fold']}")
    for name in ("train_speakers", "development_speakers", "test_speakers"):
        speakers = split.get(name)
        if isinstance(speakers, list | tuple) and speakers:
            shown = ", ".join(map(str, speakers)) if len(speakers) <= 8 else f"{len(speakers)} speakers"
            parts.append(f"{name.removesuffix('_speakers')}: {shown}")
    return "; ".join(part for part in parts if part)
