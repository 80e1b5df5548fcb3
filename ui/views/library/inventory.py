"""What is on this computer: models, runs and corpora."""

import itertools
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.corpora.download import DOWNLOADS
from ser_core.workspace import ENVIRONMENT_VARIABLE, downloads_directory, workspace_root
from ui import cache
from ui.components import empty, tables
from ui.components.checkpoint_choice import title, trained_on
from ui.components.percent import percent
from ui.components.scores import COLUMNS, WORDS, evaluation_text
from ui.components.text import plain
from ui.components.unreadable import draw_unreadable

if TYPE_CHECKING:
    from ser_core.checkpoints.card import Card
    from ser_core.corpora import Corpus
    from ser_core.training.jobs import RunState


def draw_models() -> None:
    """List the models that can be chosen, with their scores and licences."""
    st.header("Models")
    entries = cache.checkpoints()
    draw_unreadable()
    if not entries:
        empty.no_model()
        return
    for entry, column in zip(entries, itertools.cycle(st.columns(2)), strict=False):
        with column.container(border=True):
            st.markdown(f"**{plain(title(entry))}**")
            st.markdown(_score_text(entry.card))
            evaluated = evaluation_text(entry.card.evaluation)
            if evaluated is not None:
                st.markdown(f"Over folds: {evaluated}")
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
        st.caption(f"On the test part of each run's split, by the back end that judges its model. {WORDS}")


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
    st.caption(
        f"Real corpora may not be redistributed. Runs, models, recordings and downloads lie in the workspace: "
        f"{plain(str(workspace_root()))} (moved by the variable {plain(ENVIRONMENT_VARIABLE)})."
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


def _score_text(card: "Card") -> str:
    facts = f"{len(card.labels)} emotions, trained on {plain(card.corpus)}."
    scores = card.metrics.get("test", {})
    if not scores:
        return facts
    listed = ", ".join(f"{percent(score.uar)} ({plain(back_end)})" for back_end, score in scores.items())
    return f"{facts} UA on the test part of its split: {listed}."
