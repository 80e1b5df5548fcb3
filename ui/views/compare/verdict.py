"""Is one system better? The difference, paired by speaker and seed, with its interval."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ui.components.tables import show
from ui.components.text import plain

if TYPE_CHECKING:
    import pandas

    from ser_core.evaluation.seeds import ScoreDifference
    from ser_core.experiments.systems import System

COLUMNS = {
    "difference": st.column_config.NumberColumn("difference (points)", format="%+.1f"),
    "from": st.column_config.NumberColumn("95 % from", format="%+.1f"),
    "to": st.column_config.NumberColumn("to", format="%+.1f"),
    "p": st.column_config.NumberColumn("p", format="%.3f"),
}


def draw_verdict(systems: "Sequence[System]", tables: "Mapping[str, pandas.DataFrame]") -> None:
    """Draw the difference of every system to the first, or say what is missing for it.

    Raises:
        InputError: if the predictions do not fit each other.
    """
    from ser_core.evaluation.seeds import FEWEST_SEEDS

    st.subheader("Is one better?")
    seeds = min(len(system.records) for system in systems)
    if seeds < FEWEST_SEEDS:
        st.caption(
            f"One run says little about a system: another seed may turn the order round. Train each under the same "
            f"{FEWEST_SEEDS} seeds or more (add --seed 0, --seed 1, --seed 2 to the same command, or change the seed "
            "on the page Train) and choose all of them; then the difference stands here with its interval."
        )
        return
    if any(record.name not in tables for system in systems for record in system.records):
        st.caption("The predictions of some of these are missing, so their difference has no interval.")
        return
    joined = [_joined(system, tables) for system in systems]
    labels = systems[0].records[0].basis.labels
    rows, words, others = [], [], len(systems) - 1
    for system, table in zip(systems[1:], joined[1:], strict=True):
        for name in ("UA", "WA"):
            found = _difference(joined[0], table, labels, name, 1 - 0.05 / others)  # Bonferroni
            rows.append(
                {
                    "system": system.name,
                    "compared with": systems[0].name,
                    "score": name,
                    "difference": 100 * found.estimate,
                    "from": 100 * found.low,
                    "to": 100 * found.high,
                    "p": min(1.0, others * found.p_value),
                }
            )
            if name == "UA":
                words.append(_difference_text(system.name, systems[0].name, found))
    for text in words:
        st.markdown(text)
    show(rows, hide_index=True, column_config=COLUMNS)
    several = (
        f" The intervals of the {others} systems hold together in 95 %, and p counts all of them (Bonferroni)."
        if others > 1
        else ""
    )
    st.caption(
        f"By the back end that judges each system, mean over {seeds} seeds. The interval is Student's t over the "
        f"differences of the seeds, wider by what they share because they test the same speakers.{several}"
    )


def _difference_text(name: str, other: str, found: "ScoreDifference") -> str:
    interval = f"{100 * found.low:+.1f} to {100 * found.high:+.1f}"
    first = f"**{plain(name)}** minus **{plain(other)}**: **{100 * found.estimate:+.1f} points** of UA"
    if found.low > 0 or found.high < 0:
        return f"{first} (95 % interval {interval}, without zero)."
    return f"{first} (95 % interval {interval}): zero lies inside, so these runs do not tell which is better."


def _joined(system: "System", tables: "Mapping[str, pandas.DataFrame]") -> "pandas.DataFrame":
    import pandas

    return pandas.concat([tables[record.name] for record in system.records], ignore_index=True)


@st.cache_data(max_entries=64, show_spinner="Comparing seeds and speakers…")
def _difference(
    first: "pandas.DataFrame", second: "pandas.DataFrame", labels: tuple[str, ...], name: str, level: float
) -> "ScoreDifference":
    from ser_core.evaluation.comparison import difference_of_tables
    from ser_core.evaluation.metrics import uar, wa

    return difference_of_tables(first, second, labels, metric={"UA": uar, "WA": wa}[name], level=level)
