"""Selected utterances of a chart, kept while the chart is redrawn.

A chart that is drawn with other marks is a new one to Streamlit, without a selection: so it is remembered here.
"""

from collections.abc import Sequence

from ui import state


def marked(name: str, charts: Sequence[str], drawn: Sequence[int]) -> tuple[int, ...]:
    """Return the row numbers of the last selection on any of several charts.

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
    """Replace the selection; call it before the charts are drawn."""
    generation, _ = state.recall(name, (0, ()))
    state.remember(name, (generation + 1, tuple(rows)))


def chart_key(name: str, chart: str) -> str:
    """Return the key of a chart; it changes when the selection was set by code."""
    generation, _ = state.recall(name, (0, ()))
    return f"{chart}|{generation}"
