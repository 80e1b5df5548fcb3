"""Metrics of the space: attribute leakage, class separation and collapse."""

import streamlit as st

from ser_core.embeddings.leakage import AttributeLeakage, verdict
from ser_core.embeddings.space_metrics import DEFINITIONS, MetricDefinition, SpaceMetrics, formatted
from ser_core.plots.leakage import leakage_figure
from ui import cache, state
from ui.components import charts, glossary, progress
from ui.components.text import plain
from ui.views.embedding.utterances import KnownUtterances

ASKED = "measured spaces"
COLUMNS = 3


def draw_measured(known: KnownUtterances) -> None:
    """Draw a button, and the metrics once it was pressed for these utterances."""
    emotions = bool(known.space.classes)
    st.header("Speaker or emotion?" if emotions else "What the vectors tell")
    asked = state.recall(ASKED, frozenset())
    if known.key not in asked:
        glossary.draw(
            "What do these [[vectors|embedding]] encode, the emotion or the voice? And how far apart are the "
            "emotions, in numbers that need no map?"
            if emotions
            else "Which columns of the table can be read from these [[vectors|embedding]], and do they spread over "
            "their space, or fall together?"
        )
        if not st.button("Measure this space", type="primary"):
            return
        state.remember(ASKED, asked | {known.key})
        st.rerun()  # without the button
    place = st.empty()
    space = known.space
    found = cache.attribute_leakage(known.key, space, progress.counter("Probing what the vectors reveal", place))
    numbers = cache.space_metrics(known.key, space, progress.counter("Measuring the space", place))
    place.empty()
    _draw_leakage(known, found)
    st.header("The space in numbers")
    _draw_numbers(numbers)


def _draw_leakage(known: KnownUtterances, found: tuple[AttributeLeakage, ...]) -> None:
    st.markdown(f"**{plain(verdict(found))}**")
    if not found:
        return
    drawing, told = st.columns([3, 2])
    with drawing:
        charts.draw(
            leakage_figure(found),
            key=f"leakage|{known.key}",
            alt="Bars: what a linear probe reads from the vectors and what nearest neighbours share, beside chance.",
            buttons=False,
        )
    with told:
        st.markdown(
            "\n".join(
                f"- **{one.attribute}** ({one.values} values): probe tested on {one.held_out} that it was not fitted on"
                + (f", {one.probe.folds} folds" if one.probe else "")
                + (f"; {plain(one.remark)}" if one.remark else "")
                for one in found
            )
        )
        st.caption(
            "Linear probe: logistic regression on the standardised vectors, cross-validated by the groups named above, "
            "so that the probe for emotion has not heard the voice, and the probe for the speaker not the sentence; "
            "recall averaged over the values (Alain and Bengio 2017). Neighbours: the share of the 10 nearest by angle "
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
