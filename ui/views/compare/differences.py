"""The difference of every system to the first, paired by speaker and seed, with its interval."""

from typing import TYPE_CHECKING

import streamlit as st

from ui.components.tables import show

if TYPE_CHECKING:
    import pandas

    from ser_core.evaluation.seeds import ScoreDifference
    from ser_core.experiments.common_ground import CommonGround
    from ser_core.experiments.systems import System

COLUMNS = {
    "difference": st.column_config.NumberColumn("difference (points)", format="%+.1f"),
    "from": st.column_config.NumberColumn("95 % from", format="%+.1f"),
    "to": st.column_config.NumberColumn("to", format="%+.1f"),
    "p": st.column_config.NumberColumn("p", format="%.3f"),
}


def draw_differences(ground: "CommonGround") -> None:
    """Draw the table, or say what is missing for it.

    Raises:
        InputError: if all test utterances are of one speaker.
    """
    from ser_core.evaluation.seeds import FEWEST_SEEDS

    st.header("Is one better?")
    compared = [system for system in ground.systems if system.name in ground.compared]
    if not compared:
        st.caption("No two of them were tested on the same utterances: there is no difference to be measured.")
        return
    seeds = len(compared[0].records)
    if seeds < FEWEST_SEEDS:
        st.caption(f"An interval needs the same {FEWEST_SEEDS} seeds or more of each; there are {seeds}.")
        return
    first, *others = compared
    rows = []
    for system in others:
        for name in ("UA", "WA"):
            found = difference(ground, first, system, name, len(others))
            rows.append(
                {
                    "system": system.name,
                    "compared with": first.name,
                    "score": name,
                    "difference": 100 * found.estimate,
                    "from": 100 * found.low,
                    "to": 100 * found.high,
                    "p": min(1.0, len(others) * found.p_value),
                }
            )
    show(rows, hide_index=True, column_config=COLUMNS)
    several = (
        f" The intervals of the {len(others)} systems hold together in 95 %, and p counts all of them (Bonferroni)."
        if len(others) > 1
        else ""
    )
    st.caption(
        f"By the back end that judges each system, mean over {seeds} seeds; utterances of all folds are pooled. The "
        "interval is Student's t over the differences of the seeds, wider by what they share because they test the "
        f"same speakers.{several}"
    )


def difference(
    ground: "CommonGround", first: "System", second: "System", score: str, comparisons: int
) -> "ScoreDifference":
    """Return second minus first, on the utterances that both were tested on.

    Args:
        ground: what they have in common.
        first: the one that the other is held against.
        second: the other.
        score: ``UA`` or ``WA``.
        comparisons: how many differences are shown, whose intervals hold together in 95 % (Bonferroni).

    Raises:
        InputError: if there are fewer than three seeds or two speakers.
    """
    labels = first.records[0].basis.labels
    return _difference(ground.predictions(first), ground.predictions(second), labels, score, 1 - 0.05 / comparisons)


@st.cache_data(max_entries=64, show_spinner="Comparing seeds and speakers…")
def _difference(
    first: "pandas.DataFrame", second: "pandas.DataFrame", labels: tuple[str, ...], score: str, level: float
) -> "ScoreDifference":
    from ser_core.evaluation.comparison import difference_of_tables
    from ser_core.evaluation.metrics import uar, wa

    return difference_of_tables(first, second, labels, metric={"UA": uar, "WA": wa}[score], level=level)
