"""All runs and results as a table: filter, choose, and see those chosen side by side."""

import datetime
import shlex
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui import cache, state
from ui.components import tables
from ui.components.run_titles import title_of
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.compare.chosen import draw_chosen

if TYPE_CHECKING:
    from ser_core.experiments.records import ExperimentRecord

CHOICE = "compared"
TRAIN = ("python", "-m", "ser_core", "train", "--corpus", "demo", "--recipe", "quick", "--out")
FILTERS: Sequence[tuple[str, "Callable[[ExperimentRecord], str]"]] = (
    ("Corpus", lambda record: record.basis.corpus),
    ("Recipe", lambda record: record.recipe),
    ("Protocol", lambda record: record.basis.protocol),
    ("Test speakers", lambda record: heard_text(record.speakers_heard)),
    ("State", lambda record: record.state),
    ("Kind", lambda record: record.place.kind),
    ("Back end", lambda record: record.back_end or "none yet"),
    ("Seed", lambda record: str(record.basis.seed)),
)
COLUMNS = {
    "UA": st.column_config.NumberColumn("UA (%)", format="%.1f", help="Test utterances; of several folds, the mean."),
    "WA": st.column_config.NumberColumn("WA (%)", format="%.1f"),
    "made": st.column_config.DatetimeColumn("made", format="YYYY-MM-DD HH:mm"),
}
ROW, HEIGHT = 35, 360  # pixels


def draw_runs() -> None:
    """Draw the table and, below it, the comparison of those chosen."""
    from ser_core.workspace import runs_directory

    records, damaged = cache.records()
    _draw_damaged(damaged)
    if not any(record.place.kind == "run" for record in records):
        st.info("No run yet. Start one on the page Train, or in a terminal; a short one on the demo corpus is:")
        st.code(shlex.join([*TRAIN, str(runs_directory() / "first")]), language=None, wrap_lines=True)
    if not records:
        return
    visible = _filtered(records)
    chosen = _choose(records, visible)
    if len(chosen) < 2:
        st.info(f"Choose {'two or more rows' if not chosen else 'one more row'} to see them side by side.")
        return
    with shown_to_visitor():
        draw_chosen(chosen)


def heard_text(heard: bool | None) -> str:
    """Say whether the test speakers were heard in training."""
    return "not known" if heard is None else "heard in training" if heard else "unheard"


def _draw_damaged(damaged: Sequence[tuple[str, str]]) -> None:
    if damaged:
        count = f"{len(damaged)} runs or results" if len(damaged) > 1 else "One run or result"
        with st.expander(f"{count} could not be read"):
            for name, message in damaged:
                st.warning(f"**{plain(name)}**: {plain(message)}")


def _filtered(records: "Sequence[ExperimentRecord]") -> "list[ExperimentRecord]":
    kept = list(records)
    with st.expander("Filter"):
        columns = [column for _ in range(3) for column in st.columns(3)]
        for column, (label, value) in zip(columns, FILTERS, strict=False):
            options = sorted({value(record) for record in records})
            key = state.prepared_several(f"filter {label}", options)
            wanted = column.multiselect(label, options, key=key, placeholder="all")
            state.remember(f"filter {label}", wanted)
            kept = [record for record in kept if not wanted or value(record) in wanted]
        since = columns[-1].date_input("Made since", key=state.prepared_value("filter since", None))
        state.remember("filter since", since)
    if isinstance(since, datetime.date):
        first = datetime.datetime.combine(since, datetime.time()).timestamp()
        kept = [record for record in kept if record.made is not None and record.made >= first]
    hidden = len(records) - len(kept)
    if hidden:
        st.caption(f"{len(kept)} of {len(records)} are shown; the filter hides {hidden}.")
    return kept


def _choose(records: "Sequence[ExperimentRecord]", visible: "Sequence[ExperimentRecord]") -> "list[ExperimentRecord]":
    """Draw the table, whose ticks choose, and what is chosen; both always say the same."""
    names = [record.name for record in records]
    key = state.prepared_several(CHOICE, names)
    chosen: list[str] = list(state.recall(CHOICE, ()))
    if visible:
        _draw_table(visible, [name for name in chosen if name in names])
    else:
        st.caption("The filter hides everything. Take something out of it.")
    wanted = st.multiselect(
        "Side by side",
        names,
        key=key,
        format_func=title_of,
        placeholder="tick rows above, or choose here",
        on_change=_forget_ticks,
    )
    state.remember(CHOICE, wanted)
    by_name = {record.name: record for record in records}
    return [by_name[name] for name in wanted]


def _draw_table(visible: "Sequence[ExperimentRecord]", chosen: Sequence[str]) -> None:
    names = [record.name for record in visible]
    key = f"records|{state.recall('ticks', 0)}|{hash(tuple(names))}"

    def take_ticks() -> None:
        ticked = [names[row] for row in state.selected_rows(key) if row < len(names)]
        state.choose(CHOICE, [name for name in chosen if name not in names or name in ticked]
                     + [name for name in ticked if name not in chosen])  # fmt: skip

    tables.show(
        [_row(record) for record in visible],
        hide_index=True,
        column_config=COLUMNS,
        height=min(HEIGHT, ROW * (len(visible) + 1) + 3),
        key=key,
        on_select=take_ticks,
        selection_mode="multi-row",
        selection_default={"selection": {"rows": [names.index(name) for name in chosen if name in names]}},
    )


def _forget_ticks() -> None:
    """Let the table start from what is chosen: a table of another key has other ticks."""
    state.remember(CHOICE, state.widget_value(CHOICE))
    state.remember("ticks", state.recall("ticks", 0) + 1)


def _row(record: "ExperimentRecord") -> dict[str, Any]:
    score = record.score
    return {
        "name": record.name,
        "state": record.state,
        "corpus": record.basis.corpus,
        "recipe": record.recipe,
        "protocol": record.basis.protocol,
        "folds": ", ".join(map(str, sorted(record.basis.folds))),
        "seed": record.basis.seed,
        "test speakers": heard_text(record.speakers_heard),
        "back end": record.back_end,
        "UA": 100 * score.uar if score else None,
        "WA": 100 * score.wa if score else None,
        "epochs": record.epochs,
        "made": datetime.datetime.fromtimestamp(record.made) if record.made is not None else None,
        "kind": record.place.kind,
    }
