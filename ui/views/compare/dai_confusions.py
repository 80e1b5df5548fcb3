"""Dai's printed confusion matrices beside those of runs in the same settings."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import SerError
from ser_core.evaluation.published import DAI_CONFUSIONS
from ser_core.plots.matrix import shares_figure
from ui import cache
from ui.components import charts, folded
from ui.components.text import plain
from ui.views.compare.confusions import shares_of

if TYPE_CHECKING:
    from ser_core.experiments.four_settings import FourSettings
    from ser_core.experiments.records import ExperimentRecord
    from ser_core.types import FloatArray


def draw_printed_confusions(found: "FourSettings") -> None:
    """Draw the paper's four matrices, each beside that of the run in its setting."""
    from ser_core.experiments.four_settings import SETTINGS

    matrices = folded.expander("printed matrices", "Confusion matrices: the paper's beside these")
    with matrices:
        if not matrices.open:
            return
        for recipe, name in SETTINGS.items():
            printed = DAI_CONFUSIONS[recipe]
            theirs, ours = st.columns(2)
            with theirs:
                st.markdown(f"**{plain(name)}**, the paper ({printed.place}, IEMOCAP)")
                _draw(printed.shares, printed.labels, f"printed {recipe}", f"Confusion matrix of {name} in the paper.")
            with ours:
                _draw_run(name, found.records.get(recipe))
        st.caption(
            "Percent of each true emotion. The paper's: mean over five cross-validations on IEMOCAP, happy and excited "
            "joined, with the test speakers heard in training. Another corpus with other emotions is another task: "
            "compare which emotions are confused, not the percentages."
        )


def _draw_run(name: str, record: "ExperimentRecord | None") -> None:
    from ser_core.experiments.systems import System

    if record is None:
        st.caption("Not trained yet on this split.")
        return
    st.markdown(f"**{plain(name)}**, {plain(record.name)}")
    labels = record.basis.labels
    try:
        shares = shares_of(System(record.name, (record,)), {record.name: cache.predictions(record)}, labels)
    except SerError as error:
        st.warning(plain(str(error)))
        return
    _draw(shares, labels, f"ours {record.name}", f"Confusion matrix of {record.name} on its test part.")


def _draw(shares: "FloatArray", labels: tuple[str, ...], key: str, alt: str) -> None:
    charts.draw(shares_figure(shares, labels), key=key, alt=alt, buttons=False)
