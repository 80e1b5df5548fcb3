"""Metrics of the space: attribute leakage, class separation and collapse."""

import streamlit as st

from ser_core.embeddings.column_roles import SPEAKER
from ser_core.embeddings.leakage import AttributeLeakage, verdict
from ser_core.embeddings.space import CLASS
from ser_core.embeddings.space_metrics import DEFINITIONS, MetricDefinition, SpaceMetrics, formatted
from ser_core.plots.leakage import leakage_figure
from ui import cache, state
from ui.components import charts, glossary, progress
from ui.components.percent import SPACE
from ui.components.text import plain
from ui.views.embedding.split import SplitUtterances
from ui.views.embedding.utterances import KnownUtterances

ASKED = "measured spaces"
COLUMNS = 3


def draw_measured(known: KnownUtterances, split: SplitUtterances | None) -> None:
    """Draw a button, and the metrics once it was pressed for these utterances and their classes.

    Args:
        known: the utterances.
        split: which gives the column of the classes; ``None`` where there are none.
    """
    label = CLASS if split is None else split.known.label
    title, question = _about(known, label)
    st.header(title)
    asked, key = state.recall(ASKED, frozenset()), f"{known.key}|measured by {label}"
    if key not in asked:
        glossary.draw(question)
        if not st.button("Measure this space", type="primary"):
            return
        state.remember(ASKED, asked | {key})
        st.rerun()  # without the button
    place = st.empty()
    space = known.space
    found = cache.attribute_leakage(key, space, label, progress.counter("Probing what the vectors reveal", place))
    numbers = cache.space_metrics(key, space, label, progress.counter("Measuring the space", place))
    place.empty()
    _draw_leakage(key, found, label)
    st.header("The space in numbers")
    if label != CLASS:
        st.markdown(f"The classes are the values of **{plain(label)}**.")
    _draw_numbers(numbers)


def _about(known: KnownUtterances, label: str) -> tuple[str, str]:
    """Say what is asked of the vectors: a title, and a question."""
    spoken, classed = known.atlas.has_value(SPEAKER).any(), label != CLASS or bool(known.space.classes)
    if label == SPEAKER or not spoken or not classed:
        return "What the vectors tell", (
            "Which columns of the table can be read from these [[vectors|embedding]], and do they spread over "
            "their space, or fall together?"
        )
    if label == CLASS:
        return "Speaker or emotion?", (
            "What do these [[vectors|embedding]] encode, the emotion or the voice? And how far apart are the "
            "emotions, in numbers that need no map?"
        )
    return f"Speaker or {plain(label)}?", (
        "What do these [[vectors|embedding]] encode, the classes or the voice? And how far apart are the classes, in "
        "numbers that need no map?"
    )


def _draw_leakage(key: str, found: tuple[AttributeLeakage, ...], label: str) -> None:
    sentence = plain(verdict(found, label)).replace(" %", f"{SPACE}%")
    st.markdown(f"**{sentence}**")
    if not found:
        return
    drawing, told = st.columns([3, 2])
    with drawing:
        charts.draw(
            leakage_figure(found),
            key=f"leakage|{key}",
            alt="Bars: what a linear probe reads from the vectors and what nearest neighbours share, beside chance.",
            buttons=False,
        )
    with told:
        st.markdown(
            "\n".join(
                f"- **{plain(one.attribute)}** ({one.values} values): "
                f"probe tested on {one.held_out} that it was not fitted on"
                + (f", {one.probe.folds} folds" if one.probe else "")
                + (f"; {plain(one.remark)}" if one.remark else "")
                for one in found
            )
        )
        st.caption(
            "Linear probe: logistic regression on the standardised vectors, cross-validated by the groups named above, "
            "none of which is both learned and tested on; recall averaged over the values (Alain and Bengio 2017). "
            "Neighbours: the share of the 10 nearest by angle "
            "with the same value, without the utterance itself and whatever is of its recording. Black lines: chance. "
            "The sentence above goes by the neighbours, which a map shows: (share - chance) / (1 - chance)."
        )


def _draw_numbers(numbers: SpaceMetrics) -> None:
    for alarm in numbers.alarms:
        st.warning(plain(alarm))
    if not numbers.alarms:
        st.markdown("No sign of collapse: no hubs, no shared directions, more than a line.")
    figures = list(numbers.figures.items())
    for start in range(0, len(figures), COLUMNS):  # row by row, so that a narrow screen keeps the order
        for column, (name, figure) in zip(st.columns(COLUMNS), figures[start : start + COLUMNS], strict=False):
            with column:
                st.metric(DEFINITIONS[name].title, formatted(name, figure), help=_help(DEFINITIONS[name]))
                st.caption(plain(figure.basis))
    with st.expander("Formulas and sources"):
        for definition in DEFINITIONS.values():
            st.markdown(f"**{definition.title}.** {_help(definition)}")
        st.caption("Samples, clusters and folds are drawn by seed 0. Thresholds of the alarms are our choice.")


def _help(definition: MetricDefinition) -> str:
    return f"$\\displaystyle {definition.formula}$\n\n{definition.meaning}\n\n{plain(definition.source)}"
