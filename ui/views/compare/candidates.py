"""What can be compared: runs, and results with all of their seeds, each under its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui import state

if TYPE_CHECKING:
    from ser_core.experiments.records import ExperimentRecord

CHOICE = "compared"
# Ships: one recipe that hears the first second, or two, of each recording; three trainings each.
EXAMPLE = tuple(f"kept/reproduction/lian-duration-ravdess/duration_seconds={seconds}" for seconds in ("1.0", "2.0"))


@dataclass(frozen=True)
class Candidate:
    """What can be chosen.

    Attributes:
        source: unique; ``runs/FOLDER``, or a result without its seed.
        title: the name that a run was given, or that of a result.
        records: one for each seed.
    """

    source: str
    title: str
    records: "tuple[ExperimentRecord, ...]"

    @property
    def finished(self) -> bool:
        """Whether it has scores."""
        return all(record.score is not None for record in self.records)


def candidates_of(records: "Sequence[ExperimentRecord]") -> list[Candidate]:
    """Put the seeds of each result together, in the order of the records."""
    from ser_core.experiments.systems import by_source, titles_of

    groups = by_source(records)
    return [
        Candidate(group[0].place.source, title, group) for group, title in zip(groups, titles_of(groups), strict=True)
    ]


def choose(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Draw the choice of those that stand side by side; at first, what is worth seeing."""
    by_source = {one.source: one for one in candidates}
    default = [one.source for one in worth_seeing(candidates)]
    wanted = st.multiselect(
        "Side by side",
        list(by_source),
        key=state.prepared_several(CHOICE, list(by_source), default),
        format_func=lambda source: by_source[source].title,
        placeholder="choose two or more",
        on_change=_forget_ticks,
    )
    if wanted != default or state.recall(CHOICE) is not None:  # until something is chosen, newer runs come first
        state.remember(CHOICE, wanted)
    return [by_source[source] for source in wanted]


def worth_seeing(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the newest finished run with the newest that was measured on the same speech; else what ships."""
    from ser_core.evaluation.comparable import differences
    from ser_core.experiments.places import RUN

    runs = [one for one in candidates if one.finished and one.records[0].place.kind == RUN]
    if len(runs) > 1:
        newest, *others = runs
        bases = newest.records[0].basis
        alike = [one for one in others if not differences(bases, one.records[0].basis)]
        return [(alike or others)[0], newest]
    return [one for one in candidates if one.source in EXAMPLE]


def is_example(chosen: Sequence[Candidate]) -> bool:
    """Tell whether everything chosen is the example that ships."""
    return bool(chosen) and all(one.source in EXAMPLE for one in chosen)


def choose_these(sources: Sequence[str]) -> None:
    """Put these side by side; call it in a widget's callback, or before the page is drawn again."""
    state.choose(CHOICE, list(sources))
    _forget_ticks()


def _forget_ticks() -> None:
    """Let the table start from what is chosen: a table of another key has other ticks."""
    shown = state.widget_value(CHOICE)
    if shown is not None:
        state.remember(CHOICE, shown)
    state.remember("ticks", state.recall("ticks", 0) + 1)
