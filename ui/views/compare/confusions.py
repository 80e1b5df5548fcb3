"""Confusion matrices of two systems with their difference, and those that the papers print."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.evaluation.published import PRINTED_CONFUSIONS
from ser_core.plots.matrix import share_difference_figure, shares_figure
from ser_core.types import FloatArray
from ui import state
from ui.components import charts, folded, page_top
from ui.components.scores import BACK_ENDS
from ui.components.text import plain

if TYPE_CHECKING:
    import pandas

    from ser_core.experiments.common_ground import CommonGround
    from ser_core.experiments.systems import System


def draw_confusions(ground: "CommonGround", predicted: "Mapping[str, pandas.DataFrame]") -> None:
    """Draw the confusion matrices of two systems, and their difference where both were tested on the same.

    Args:
        ground: the systems, and what they have in common.
        predicted: all predictions of each record by its name, for systems that stand apart.

    Raises:
        InputError: if a table holds an emotion that its system does not know.
    """
    st.header("Which emotions")
    tables = {**predicted, **ground.tables}
    known = {one.name: one for one in ground.systems if all(record.name in tables for record in one.records)}
    if len(known) < 2:
        st.caption("Two of them with answers to test recordings are needed: let the runs end.")
        return
    names = list(known)
    first, second = _choose_two(names) if len(names) > 2 else names
    both = first in ground.compared and second in ground.compared
    columns = st.columns(3 if both else 2)
    shares = [shares_of(known[name], tables, known[name].records[0].basis.labels) for name in (first, second)]
    for column, name, matrix in zip(columns, (first, second), shares, strict=False):
        with column:
            st.markdown(f"**{plain(name)}**{_judge(known[name])}")
            _draw_shares(
                matrix,
                known[name].records[0].basis.labels,
                f"shares {name}|{name == second}",
                f"Confusion matrix of {name}: percent of each true emotion.",
            )
    if both:
        order = known[first].records[0].basis.labels
        other = shares_of(known[second], tables, order)  # of the same emotions, in the order of the first
        with columns[2]:
            st.markdown(f"**{plain(second)}** minus **{plain(first)}**")
            charts.draw(
                share_difference_figure(other - shares[0], order),
                key="shares difference",
                alt=f"Difference of the confusion matrices, {second} minus {first}, in percentage points.",
                buttons=False,
            )
    difference = (
        " In the difference, purple and + mean that the second answers so more often, orange and - less often: on the "
        "diagonal more is better, beside it less."
        if both
        else ""
    )
    averaged = ", averaged over folds and seeds" if page_top.experts() else ""
    st.caption(
        "A row is what was spoken, a column what was heard: percent of each true emotion in the test recordings"
        f"{averaged}.{difference}"
    )


def _choose_two(names: Sequence[str]) -> tuple[str, str]:
    left, right = st.columns(2)
    first = left.selectbox("Left", names, key=state.prepared("left matrix", names, names[0]))
    second = right.selectbox("Right", names, key=state.prepared("right matrix", names, names[1]))
    state.remember("left matrix", first)
    state.remember("right matrix", second)
    return first, second


def draw_printed_confusions(ground: "CommonGround", predicted: "Mapping[str, pandas.DataFrame]") -> None:
    """Draw the matrix that a paper prints for a system's recipe, beside the system's own; nothing if there is none.

    Args:
        ground: the systems.
        predicted: all predictions of each record by its name.

    Raises:
        InputError: if a table holds an emotion that its system does not know.
    """
    found = [system for system in ground.systems if system.records[0].recipe in PRINTED_CONFUSIONS]
    if not found:
        return
    opened = folded.expander("printed matrices", "Confusion matrices: the paper's beside these")
    with opened:
        if not opened.open:
            return
        for system in found:
            printed = PRINTED_CONFUSIONS[system.records[0].recipe]
            theirs, ours = st.columns(2)
            with theirs:
                st.markdown(f"**{plain(system.records[0].recipe)}**, {printed.place}: {printed.measured}")
                _draw_shares(printed.shares, printed.labels, f"printed|{system.name}", "Confusion matrix of the paper.")
            with ours:
                st.markdown(f"**{plain(system.name)}**")
                if not all(record.name in predicted for record in system.records):
                    st.caption("No predictions of test utterances: let the run end.")
                    continue
                labels = system.records[0].basis.labels
                alt = f"Confusion matrix of {system.name}."
                _draw_shares(shares_of(system, predicted, labels), labels, f"ours|{system.name}", alt)
        st.caption(
            "Percent of each true emotion. Another corpus with other emotions is another task: compare which emotions "
            "are confused, not the percentages."
        )


def _draw_shares(shares: FloatArray, labels: Sequence[str], key: str, alt: str) -> None:
    charts.draw(shares_figure(shares, labels), key=key, alt=alt, buttons=False)


def shares_of(system: "System", tables: "Mapping[str, pandas.DataFrame]", labels: Sequence[str]) -> FloatArray:
    """Average a system's confusion matrices over its folds and seeds, as its result files and Dai et al. do.

    Args:
        system: whose records are averaged.
        tables: predictions of each record by its name.
        labels: ``K`` emotions.

    Returns:
        Shares of each true emotion, shape ``(K, K)``; see :func:`ser_core.evaluation.statistics.mean_confusion`.

    Raises:
        InputError: if a table holds an emotion that is not among the labels.
    """
    from ser_core.evaluation.metrics import confusion
    from ser_core.evaluation.statistics import mean_confusion

    folds = [fold for record in system.records for _, fold in tables[record.name].groupby("fold")]
    return mean_confusion(confusion(fold["emotion"], fold["predicted"], labels) for fold in folds)


def _judge(system: "System") -> str:
    if not page_top.experts():
        return ""
    back_end = system.records[0].back_end
    return f", judged by {BACK_ENDS.get(back_end, plain(back_end))}"
