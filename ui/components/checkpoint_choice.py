"""Choice of a model, with its training data, scores and licence."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ui import cache, state
from ui.components import cross_corpus, empty, folded, scores, tables
from ui.components.arousal_scale import draw_meaning
from ui.components.reliability import draw_reliability
from ui.components.run_titles import title_of
from ui.components.text import plain
from ui.components.unreadable import draw_unreadable

if TYPE_CHECKING:
    from ser_core.checkpoints import Entry
    from ser_core.checkpoints.card import Card, CardSplit

CHOICE = "checkpoint"
SOURCE, MODEL = "source of vectors", "a model here"  # what the page Embedding space looks at
ARTIFICIAL = "Trained on artificial speech made by a program: for trying things out, not for judging people."


def fitting(entries: "Sequence[Entry]", *, artificial: bool, own: bool = False) -> "Entry | None":
    """Return the model that is taken while the visitor has chosen none.

    It learned from speech of the kind it is to judge: artificial voices, or people. Those that ship go before those
    made here; of several that ship, the one that learned from the most speakers; of those made here, the newest.

    Args:
        entries: the models there are, in the order in which they are listed.
        artificial: whether artificial voices are to be judged, not people.
        own: whether the newest that was made here goes before all of those, whatever it learned from.

    Returns:
        The model; the first one that tells emotions if none learned from such speech; ``None`` if there is none.
    """
    telling = [entry for entry in entries if entry.card.labels]
    made_here = [entry for entry in telling if own and entry.made_here]
    newest = sorted(made_here, key=lambda entry: entry.card.created, reverse=True)
    alike = [entry for entry in telling if entry.card.artificial == artificial]
    alike.sort(key=lambda entry: (entry.made_here, 0 if entry.made_here else -len(entry.card.split.train_speakers)))
    return next(iter([*newest, *alike, *telling, *entries]), None)


def render(*, artificial: bool = False, own: bool = False) -> "Entry | None":
    """Draw the chooser.

    Args:
        artificial: whether artificial voices are to be judged, not people: what is shown until the visitor chooses.
        own: whether the newest model that was made here is shown until then, if there is one.

    Returns:
        The chosen checkpoint; ``None``, with a way to make one, when there is none.

    Raises:
        InputError: if the chosen model does not tell emotions.
    """
    entries = {entry.name: entry for entry in cache.checkpoints()}
    if not entries:
        empty.no_model()
        draw_unreadable()
        return None
    default = fitting(list(entries.values()), artificial=artificial, own=own)
    fits = default.name if default is not None else None
    if state.recall(CHOICE) not in entries and state.widget_value(CHOICE) != fits:
        state.choose(CHOICE, None)  # what is judged has changed, and the visitor has chosen no model
    key = state.prepared(CHOICE, list(entries), fits)
    name = st.selectbox(
        "Model", list(entries), key=key, format_func=lambda name: title(entries[name]), on_change=_keep_choice
    )
    entry = entries[name]
    entry.card.require_emotions()
    warning = f"{ARTIFICIAL} " if entry.card.artificial else ""
    trained = f"Trained {when}. " if (when := trained_on(entry.card)) else ""
    st.caption(f"{warning}{trained}{terms(entry.card)}")
    cross_corpus.draw_sentence(entry.card)
    more = folded.expander("about this model", "About this model: corpus, split, scores, what its answers are worth")
    if more.open:
        with more:
            draw_card(entry.card)
    draw_unreadable()
    return entry


def say_where_to_find_one() -> None:
    """Say where to find a model on a page whose chooser stands behind a button; nothing where there is one."""
    if not cache.checkpoints():
        empty.no_model()


def _keep_choice() -> None:
    state.remember(CHOICE, state.widget_value(CHOICE))


def terms(card: "Card") -> str:
    """Return the terms of a model's licence, for the page."""
    return f"Licence: {plain(card.licence or 'not given')}"


def choose(name: str) -> None:
    """Set the chosen model of every page."""
    state.choose(CHOICE, name)
    state.choose(SOURCE, MODEL)


def title(entry: "Entry") -> str:
    """Return the title of a checkpoint; it says if the training speech is artificial.

    Models made here share their title with others of the same recipe and corpus: the name of the run, which nobody
    else has, comes first, where a narrow box does not cut it off.
    """
    text = entry.card.title or entry.name
    if entry.card.artificial and "artificial" not in text.lower():
        text = f"{text} (artificial speech)"
    return f"{title_of(entry.name)} · {text}" if entry.made_here else text


def trained_on(card: "Card") -> str | None:
    """Return when a model was made, in this computer's time; ``None`` where its card does not say."""
    try:
        made = datetime.datetime.fromisoformat(card.created)
    except ValueError:
        return None
    return made.astimezone().strftime("%Y-%m-%d %H:%M")


def draw_card(card: "Card") -> None:
    """Draw a checkpoint's card."""
    facts = {
        "Name": card.name,
        "Trained": trained_on(card),
        "Corpus": card.corpus,
        "Recipe": card.recipe,
        "Emotions": ", ".join(card.labels),
        "Split": _split_text(card.split),
        "Parameters": f"{card.parameters:,}" if card.parameters else None,
    }
    st.markdown("\n".join(f"- **{name}:** {plain(value)}" for name, value in facts.items() if value))
    evaluated = scores.evaluation_text(card.evaluation)
    if evaluated is not None:
        st.markdown(f"Models trained in the same way, each tested on speech it had not learned from: {evaluated}")
    rows = scores.score_rows(card.metrics)
    if rows:
        st.markdown("This model, on the parts of its own split:")
        tables.show(rows, hide_index=True, column_config=scores.COLUMNS)
    if rows or evaluated is not None:
        st.caption(scores.WORDS)
    cross_corpus.draw_table(card)
    cross_corpus.draw_strangers(card)
    draw_reliability(card, key="reliability of the chosen model")
    draw_meaning(card)


def _split_text(split: "CardSplit") -> str:
    parts = [split.protocol, f"fold {split.fold}"]
    for name, speakers in (
        ("train", split.train_speakers),
        ("development", split.development_speakers),
        ("test", split.test_speakers),
    ):
        if speakers:
            parts.append(f"{name}: {', '.join(speakers) if len(speakers) <= 8 else f'{len(speakers)} speakers'}")
    return "; ".join(parts)
