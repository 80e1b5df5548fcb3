"""The angles between emotions in each model's space."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ser_core.errors import SerError
from ser_core.plots.matrix import angle_matrix_figure
from ser_core.types import FloatArray
from ui import cache
from ui.components import charts, glossary
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.experiments.records import ExperimentRecord

IN_A_ROW = 3


def draw_angles(records: "Sequence[ExperimentRecord]", titles: Mapping[str, str]) -> None:
    """Draw a matrix for each run whose model is there; ``titles`` holds what each record is called, by its name."""
    shown = [(titles[record.name], record.checkpoint) for record in records if record.checkpoint is not None]
    if not shown:
        return
    st.header("Angles between the emotions")
    for start in range(0, len(shown), IN_A_ROW):
        row = shown[start : start + IN_A_ROW]
        for column, (name, checkpoint) in zip(st.columns(max(len(row), 2)), row, strict=False):
            with column:
                _draw_one(name, checkpoint)
    glossary.caption(
        "Degrees. Off the diagonal: the [[angle]] between two emotions' [[directions|direction]], which come from the "
        "training part. On the diagonal: the mean angle of the test utterances to their own emotion's direction."
    )


def _draw_one(name: str, checkpoint: Path) -> None:
    try:
        labels, matrix = cache.angle_matrix(checkpoint)
    except SerError as error:
        st.warning(f"**{plain(name)}**: {plain(str(error))}")
        return
    st.markdown(f"**{plain(name)}**: {_means(matrix)}")
    charts.draw(
        angle_matrix_figure(matrix, labels),
        key=f"angles {name}",
        alt=f"Angles between the emotions' directions in {name}, in degrees.",
        buttons=False,
    )


def _means(matrix: FloatArray) -> str:
    between = matrix[~np.eye(len(matrix), dtype=bool)].mean()
    within = np.diag(matrix)[np.isfinite(np.diag(matrix))]
    text = f"between emotions {between:.0f}° on average"
    return f"{text}, within {within.mean():.0f}°" if len(within) else text
