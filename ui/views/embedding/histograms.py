"""Histograms of the angles to each direction."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from ser_core.geometry.spread import AngleHistograms, WithinSpread, angle_histograms
from ser_core.plots.angle_histograms import angle_histograms_figure
from ser_core.plots.categories import looks_of
from ui.components import charts, tables
from ui.components.text import plain
from ui.views.embedding.split import SplitUtterances

MOST_DRAWN = 12  # classes; the table beside the histograms has all
DEGREES = st.column_config.NumberColumn(format="%.1f")
DESCRIBED = ("mean (°)", "s.d. (°)", "5 % (°)", "median (°)", "95 % (°)", "nearest other (°)")
CONFIG = dict.fromkeys(DESCRIBED, DEGREES) | {
    "own nearest (%)": st.column_config.NumberColumn(
        format="%.0f", help="Share of the utterances that lie nearer to their own direction than to any other."
    )
}


def draw_histograms(
    split: SplitUtterances, spreads: Sequence[WithinSpread], picture: charts.ImageExport, *, seen: bool
) -> None:
    """Draw histograms of the angles, if they are seen, and the figures behind the diagonal as a table."""
    if not len(split.rows):
        st.markdown("This split has no utterances of these classes.")
        return
    figure, table = st.columns([2, 3])
    if seen:
        with figure:
            _draw_figure(split, spreads, picture)
    with table:
        tables.show(
            [
                {
                    split.known.label: label,
                    "utterances": one.count,
                    "mean (°)": one.mean,
                    "s.d. (°)": one.deviation,
                    "5 % (°)": one.low,
                    "median (°)": one.median,
                    "95 % (°)": one.high,
                    "nearest other (°)": one.nearest_other,
                    "own nearest (%)": 100 * one.nearer,
                }
                for label, one in zip(split.labels, spreads, strict=True)
            ],
            hide_index=True,
            column_config=CONFIG,
            height=36 * len(split.labels) + 40,
        )
        st.caption(
            "Angles of the class's own utterances to its direction; nearest other: the mean angle to it of the other "
            "class that comes nearest."
        )


def _draw_figure(split: SplitUtterances, spreads: Sequence[WithinSpread], picture: charts.ImageExport) -> None:
    order = sorted(range(len(split.labels)), key=lambda number: -spreads[number].count)[:MOST_DRAWN]
    drawn, labels = sorted(order), [split.labels[number] for number in sorted(order)]
    every = angle_histograms(split.embeddings, split.rows["emotion"], split.directions, split.labels)
    found = AngleHistograms(every.edges, every.within[drawn], every.between[drawn])
    label = split.known.label
    looks = looks_of(split.labels, split.known.coloured_by(label)[label])
    means, colours = [spreads[number].mean for number in drawn], [looks[number].colour for number in drawn]
    charts.draw(
        angle_histograms_figure(found, labels, np.array(means), colours=colours),
        key=f"{split.key}|histograms",
        alt="Histograms of the angles to each class's direction: its own utterances, and all others.",
        picture=charts.ImageExport(f"{picture.name}-histograms", picture.format),
    )
    st.caption(
        f"Angles of the {plain(split.spoken)} to each direction, in bins of 5°. Filled: the class's "
        "own; line: those of all other classes; each in percent of its group. Dotted: the mean within."
        + (
            f" Drawn: the {len(drawn)} of {len(split.labels)} with the most utterances."
            if len(order) < len(split.labels)
            else ""
        )
    )
