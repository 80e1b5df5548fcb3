"""The picture of a comparison: how often each is right, against guessing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import InputError
from ser_core.plots.system_scores import system_scores_figure
from ui.components import charts, page_top
from ui.components.percent import percent

if TYPE_CHECKING:
    import pandas

    from ser_core.experiments.common_ground import CommonGround
    from ser_core.experiments.systems import System


def draw_picture(ground: "CommonGround") -> None:
    """Draw one bar per system: right answers on what all were tested on, every emotion counting equally.

    Experts see intervals too.
    """
    scores = {system.name: scores_of(ground, system) for system in ground.systems}
    apart = [system.name for system in ground.systems if system.name not in ground.compared]
    told = [f"{name} {percent(sum(found) / len(found))}" for name, found in scores.items() if found]
    charts.draw(
        system_scores_figure(
            scores,
            chance=_chance(ground.systems),
            intervals=_intervals(ground) if page_top.experts() else {},
            apart=apart if ground.compared else (),
        ),
        key="compared systems",
        alt=f"Right answers, every emotion counting equally: {', '.join(told) or 'none yet'}.",
        buttons=False,
    )


def scores_of(ground: "CommonGround", system: "System") -> list[float]:
    """Return the UA of each seed: of a compared system on the shared utterances, else its own as it was measured."""
    from ser_core.evaluation.comparison import scores_by_seed

    if system.name in ground.compared:
        return list(scores_by_seed(ground.predictions(system), system.records[0].basis.labels).values())
    return [record.score.uar for record in system.records if record.score is not None]


def _chance(systems: "Sequence[System]") -> float | None:
    """Return what guessing scores; nothing where it differs."""
    counts = {len(record.basis.labels) for system in systems for record in system.records if record.basis.labels}
    return 1 / counts.pop() if len(counts) == 1 else None


def _intervals(ground: "CommonGround") -> dict[str, tuple[float, float]]:
    found = {}
    for system in ground.systems:
        if system.name in ground.compared:
            bounds = _interval(ground.predictions(system), system.records[0].basis.labels)
            if bounds is not None:
                found[system.name] = bounds
    return found


@st.cache_data(max_entries=64, show_spinner=False)
def _interval(predicted: "pandas.DataFrame", labels: tuple[str, ...]) -> tuple[float, float] | None:
    from ser_core.evaluation.comparison import score_of_table

    try:
        interval = score_of_table(predicted, labels)
    except InputError:  # one seed, or one speaker
        return None
    return interval.low, interval.high
