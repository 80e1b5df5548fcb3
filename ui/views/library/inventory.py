"""What is on this computer: models, runs and corpora."""

import itertools
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.corpora.download import DOWNLOADS
from ser_core.workspace import ENVIRONMENT_VARIABLE, downloads_directory, workspace_root
from ser_core.written_numbers import fixed
from ui import cache
from ui.components import cross_corpus, empty, glossary, page_top, tables
from ui.components.checkpoint_choice import title, trained_on
from ui.components.percent import percent
from ui.components.scores import BACK_ENDS, COLUMNS, evaluation_text
from ui.components.text import plain
from ui.components.unreadable import draw_unreadable

if TYPE_CHECKING:
    from ser_core.checkpoints.card import Card
    from ser_core.corpora import Corpus
    from ser_core.training.jobs import RunState


def draw_models() -> None:
    """List the models that can be chosen, with their scores and licences."""
    st.header("Models")
    entries = cache.every_checkpoint()
    draw_unreadable()
    if not entries:
        empty.no_model()
        return
    for entry, column in zip(entries, itertools.cycle(st.columns(2)), strict=False):
        with column.container(border=True):
            st.markdown(f"**{plain(title(entry))}**")
            glossary.draw(_in_plain_words(entry.card))
            cross_corpus.draw_strangers_sentence(entry.card)
            if page_top.experts():
                _draw_scores(entry.card)
                cross_corpus.draw_strangers(entry.card)
            trained = f"Trained {when}. " if (when := trained_on(entry.card)) else ""
            st.caption(f"{trained}Licence: {plain(entry.card.licence or 'not given')}")


def draw_runs() -> None:
    """Say how many training runs there are, and how they stand."""
    from ser_core.training.jobs import list_runs, run_state

    st.header("Training runs")
    runs = list_runs()
    if not runs:
        st.markdown("None yet.")
        return
    states = [run_state(run) for run in runs[:8]]
    tables.show([_row(one) for one in states], hide_index=True, column_config=COLUMNS)
    if any(one.metrics for one in states):
        glossary.caption(
            "On the test part of each run's [[split]], by the [[back end]] that judges its model. [[UA]]: the share of "
            "right answers, averaged over the emotions; [[WA]]: of all [[utterances|utterance]]."
        )


def _row(run: "RunState") -> dict[str, Any]:
    row: dict[str, Any] = {"run": run.name, "state": run.status, "corpus": run.corpus, "recipe": run.recipe}
    found = run.metrics.get("test", {}).get(run.back_end)
    return row | ({"UA": 100 * found.uar, "WA": 100 * found.wa} if found else {"UA": None, "WA": None})


def draw_corpora() -> None:
    """List the corpora that can be opened: language, licence, whether each is here; and say where the workspace is."""
    from ser_core.corpora import CORPORA
    from ser_core.recordings import collections

    st.header("Corpora")
    for corpus in CORPORA.values():
        st.markdown(
            f"- **{plain(corpus.title)}**, {plain(corpus.language)}: {plain(corpus.licence_short)}; {_state_of(corpus)}"
        )
    for name in collections():
        st.markdown(f"- **{plain(name)}**, a corpus of your own: it is on the page Recording studio")
    glossary.caption(
        "Real [[corpora|corpus]] may not be redistributed. Runs, models, recordings and downloads lie in the "
        f"workspace: {plain(str(workspace_root()))} (moved by the variable {plain(ENVIRONMENT_VARIABLE)})."
    )


def _state_of(corpus: "Corpus") -> str:
    if corpus.shipped is not None:
        return "ships with the app"
    source = f"([source]({corpus.url}))"
    if (downloads_directory() / corpus.name).is_dir():
        return f"**fetched**, it lies in the workspace {source}"
    if corpus.name in DOWNLOADS:
        return f"**not fetched**: on the page Train, fetch it if you accept its terms, or open your own folder {source}"
    return f"bring your own folder {source}"


def _in_plain_words(card: "Card") -> str:
    """Say what a model tells apart and how often it is right, by what its card says that judges it."""
    if not card.labels:
        predicted = ", ".join(name for task in card.definitions for name in task.columns)
        taken = "" if card.hears else " of sentences in writing"
        deaf = "" if card.hears else " It hears nothing."
        return f"{predicted.capitalize()}{taken}, trained on {_speech_of(card)}.{deaf}{_agreement(card)}"
    told = f"{len(card.labels)} emotions, trained on {_speech_of(card)}."
    score = card.metrics.get("test", {}).get(card.back_end)
    if score is None:
        return told
    return (
        f"{told} Right: {percent(score.uar, digits=0)}, every emotion counting equally, on the test part of its "
        f"[[split]]; guessing: {percent(1 / len(card.labels), digits=0)}."
    )


def _speech_of(card: "Card") -> str:
    """Say on which corpora a model was trained, by what they are called."""
    from ser_core.corpora import CORPORA

    names = card.corpus.split("+")
    return plain(" + ".join(CORPORA[name].title if name in CORPORA else name for name in names))


def _agreement(card: "Card") -> str:
    """Say how well ratings agree with people's on the test part, where that was measured."""
    from ser_core.tasks import DIMENSIONS, RATINGS

    found = card.task_metrics.get("test", {}).get(RATINGS, {})
    each = [f"{name} {fixed(found[f'ccc_{name}'], 2)}" for name in DIMENSIONS if f"ccc_{name}" in found]
    return f" [[CCC]] with people's ratings on the test part of its [[split]]: {', '.join(each)}." if each else ""


def _draw_scores(card: "Card") -> None:
    scores = card.metrics.get("test", {})
    if scores:
        listed = ", ".join(f"{percent(one.uar)} by {BACK_ENDS.get(name, plain(name))}" for name, one in scores.items())
        glossary.draw(f"[[UA]] on the test part, by [[back end]]: {listed}.")
    evaluated = evaluation_text(card.evaluation)
    if evaluated is not None:
        glossary.draw(f"Over [[folds|fold]]: {evaluated}")
