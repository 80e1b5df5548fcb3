"""Utterances that are selected on a chart, remembered while the chart is drawn anew with them marked.

A chart that is drawn with other marks is a new one to Streamlit, without a selection: so it is remembered here.
"""

from collections.abc import Sequence

from ui import state


def marked(name: str, charts: Sequence[str], drawn: Sequence[int]) -> tuple[int, ...]:
    """Return the row numbers that were selected last, on any of some charts.

    Args:
        name: under which they are remembered.
        charts: what the charts are called, without :func:`chart_key`.
        drawn: the row number of each point that is drawn.
    """
    generation, rows = state.recall(name, (0, ()))
    for chart in charts:
        points = dict.fromkeys(int(data[0]) for data in state.selected_points(chart_key(name, chart)))
        found = tuple(int(drawn[point]) for point in points if point < len(drawn))
        if found and found != rows:
            rows = found
    state.remember(name, (generation, rows))
    return tuple(rows)


def mark(name: str, rows: Sequence[int]) -> None:
    """Select rows from elsewhere, and only those; to be called before the charts are drawn."""
    generation, _ = state.recall(name, (0, ()))
    state.remember(name, (generation + 1, tuple(rows)))


def chart_key(name: str, chart: str) -> str:
    """Return the key of a chart: another one once the marks were set from elsewhere, so that no selection is left."""
    generation, _ = state.recall(name, (0, ()))
    return f"{chart}|{generation}"
