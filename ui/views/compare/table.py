"""Table of all runs and results: filter, and tick those that stand side by side."""

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui import state
from ui.components import tables
from ui.views.compare.candidates import CHOICE

if TYPE_CHECKING:
    from ser_core.experiments.records import ExperimentRecord
    from ui.views.compare.candidates import Candidate

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


def draw_table(candidates: "Sequence[Candidate]") -> None:
    """Draw the table; its ticks and the choice under *Settings* always say the same."""
    st.header("All runs and results")
    visible = _filtered(candidates)
    if not visible:
        st.caption("The filter hides everything. Take something out of it.")
        return
    known = {one.source for one in candidates}
    shown = state.widget_value(CHOICE)
    chosen = [source for source in (state.recall(CHOICE, ()) if shown is None else shown) if source in known]
    sources = [one.source for one in visible]
    key = f"records|{state.recall('ticks', 0)}|{hash(tuple(sources))}"

    def take_ticks() -> None:
        ticked = [sources[row] for row in state.selected_rows(key) if row < len(sources)]
        state.choose(CHOICE, [source for source in chosen if source not in sources or source in ticked]
                     + [source for source in ticked if source not in chosen])  # fmt: skip

    tables.show(
        [_row(one) for one in visible],
        hide_index=True,
        column_config=COLUMNS,
        height=min(HEIGHT, ROW * (len(visible) + 1) + 3),
        key=key,
        on_select=take_ticks,
        selection_mode="multi-row",
        selection_default={"selection": {"rows": [sources.index(one) for one in chosen if one in sources]}},
    )


def heard_text(heard: bool | None) -> str:
    """Say whether the test speakers were heard in training."""
    return "not known" if heard is None else "heard in training" if heard else "unheard"


def _filtered(candidates: "Sequence[Candidate]") -> "list[Candidate]":
    kept = list(candidates)
    with st.expander("Filter"):
        columns = [column for _ in range(3) for column in st.columns(3)]
        for column, (label, value) in zip(columns, FILTERS, strict=False):
            options = sorted({value(record) for one in candidates for record in one.records})
            key = state.prepared_several(f"filter {label}", options)
            wanted = column.multiselect(label, options, key=key, placeholder="all")
            state.remember(f"filter {label}", wanted)
            kept = [one for one in kept if not wanted or any(value(record) in wanted for record in one.records)]
        since = columns[-1].date_input("Made since", key=state.prepared_value("filter since", None))
        state.remember("filter since", since)
    if isinstance(since, datetime.date):
        first = datetime.datetime.combine(since, datetime.time()).timestamp()
        kept = [one for one in kept if any((record.made or 0) >= first for record in one.records)]
    hidden = len(candidates) - len(kept)
    if hidden:
        st.caption(f"{len(kept)} of {len(candidates)} are shown; the filter hides {hidden}.")
    return kept


def _row(candidate: "Candidate") -> dict[str, Any]:
    record = candidate.records[0]
    scores = [one.score for one in candidate.records if one.score is not None]
    return {
        "name": candidate.title,
        "state": record.state,
        "corpus": record.basis.corpus,
        "recipe": record.recipe,
        "protocol": record.basis.protocol,
        "folds": ", ".join(map(str, sorted(record.basis.folds))),
        "seeds": ", ".join(str(one.basis.seed) for one in candidate.records),
        "test speakers": heard_text(record.speakers_heard),
        "back end": record.back_end,
        "UA": 100 * sum(score.uar for score in scores) / len(scores) if scores else None,
        "WA": 100 * sum(score.wa for score in scores) / len(scores) if scores else None,
        "epochs": record.epochs,
        "made": datetime.datetime.fromtimestamp(record.made) if record.made is not None else None,
        "kind": record.place.kind,
        "place": candidate.source,
    }
