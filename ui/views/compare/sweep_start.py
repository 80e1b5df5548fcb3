"""Start a sweep, watch how far it is, stop it and let it go on."""

import shlex
from pathlib import Path

import streamlit as st

from ser_core.corpora import CORPORA
from ser_core.jobs import Progress
from ui import cache, state
from ui.components import page_top
from ui.components.corpora import path_of
from ui.components.numbers import NumberField
from ui.components.progress import wait
from ui.components.text import plain

SWEEP, WANTED, CORPUS, SEEDS = "sweep", "sweep to start", "corpus of the sweep", "seeds of the sweep"
PREPARED = "sweep is prepared"  # by a button elsewhere: its form is open
USUAL = "triplets-or-softmax-quick"
DEMO = "demo"
MOST_SEEDS, USUAL_SEEDS = 20, 3


def offer_sweep() -> None:
    """Draw the choice of sweep, corpus and seeds, and the button that starts it.

    Raises:
        SerError: if sweep and corpus do not fit, or a number is out of range.
    """
    from ser_core.experiments.sweep import load_sweep, shipped_sweeps
    from ser_core.experiments.sweep_jobs import start_sweep
    from ser_core.workspace import sweeps_directory

    names = list(shipped_sweeps())
    titles = {name: load_sweep(name).title for name in names}
    name = st.selectbox(
        "What to try", names, key=state.prepared(WANTED, names, USUAL), format_func=lambda name: titles[name]
    )
    state.remember(WANTED, name)
    st.caption(plain(load_sweep(name).summary))
    corpora = _corpora()
    corpus = st.selectbox(
        "On which corpus",
        list(corpora),
        key=state.prepared(CORPUS, list(corpora), DEMO),
        format_func=lambda spec: corpora[spec],
        help="A corpus whose folder was given on the page Train can be chosen, too.",
    )
    state.remember(CORPUS, corpus)
    field = NumberField("Trainings of each value", 1, MOST_SEEDS, help="Each under a seed of its own.")
    seeds = range(int(field.checked(field.draw(SEEDS, USUAL_SEEDS))))
    if st.button("Start this sweep", type="primary"):
        cache.corpus(corpus)  # in this visitor's reach
        folder = start_sweep(name, corpus=corpus, seeds=seeds)
        state.choose(SWEEP, folder.name)
        st.rerun()
    if page_top.experts():
        out = shlex.quote(str(sweeps_directory() / name))
        listed = ",".join(map(str, seeds))
        st.caption("The same in a terminal, where --set shortens it and a file may define a sweep of your own:")
        st.code(
            f"python -m ser_core sweep {name} --corpus {shlex.quote(corpus)} --seeds {listed} --out {out}",
            language=None,
            wrap_lines=True,
        )


def draw_state(folder: Path) -> None:
    """Draw how far a sweep is while it is at work; else how it goes on, unless it is done.

    Raises:
        SerError: if it cannot go on.
    """
    from ser_core.experiments.sweep_jobs import continue_sweep, stop_sweep, sweep_state

    found = sweep_state(folder)
    if found.alive:

        def look() -> Progress | None:
            now = sweep_state(folder)
            same = (now.alive, now.can_stop, now.progress.done) == (True, found.can_stop, found.progress.done)
            return now.progress if same else None  # another training is done: the picture has it, too

        stop = (lambda: stop_sweep(folder)) if found.can_stop else None
        wait(f"sweep {folder.name}", look, stop, then="It goes on when you leave the page.")
        return
    if found.finished:
        return
    st.markdown(f"It has stopped after {plain(found.progress.words)}. {plain(found.message)}".strip())
    if not found.can_continue:
        st.caption("It was started in a terminal: there, the same command goes on.")
    elif st.button("Go on", type="primary"):
        continue_sweep(folder)
        st.rerun()


def _corpora() -> dict[str, str]:
    """Return what ships, and folders that were given before: as ``sweep --corpus`` takes it → title."""
    found = {}
    for kind, corpus in CORPORA.items():
        path = str(state.recall(path_of(kind)) or "").strip()
        if corpus.shipped is not None:
            found[kind] = corpus.title
        elif path:
            found[f"{kind}:{path}"] = corpus.title
    return found
