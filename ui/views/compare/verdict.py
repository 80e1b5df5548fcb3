"""Is one better? One sentence in plain words, for each that stands beside the first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import InputError
from ser_core.written_numbers import fixed
from ui.components import glossary, page_top
from ui.components.percent import percent
from ui.components.text import plain
from ui.views.compare.differences import difference
from ui.views.compare.picture import scores_of

if TYPE_CHECKING:
    from ser_core.evaluation.seeds import ScoreDifference
    from ser_core.experiments.common_ground import CommonGround
    from ser_core.experiments.systems import System

MEANING = "Right answers in percent, every emotion counting equally"
LEAST_TOLD = 0.0005  # of a share: less is no difference in the figures that are shown


def draw_verdict(ground: "CommonGround") -> None:
    """Draw which is better, by how much, and whether that is more than chance, as far as can be told.

    Raises:
        InputError: if the predictions hold an emotion that their system does not know.
    """
    compared = [system for system in ground.systems if system.name in ground.compared]
    for system in compared[1:]:
        st.markdown(_verdict(ground, compared[0], system, len(compared) - 1))
    on = f", on the {ground.utterances} recordings that all were tested on" if compared else ""
    strokes = " A stroke is one [[training|run]]." if any(len(system.records) > 1 for system in ground.systems) else ""
    heard = [system for system in ground.systems if any(record.speakers_heard for record in system.records)]
    glossary.caption(f"{MEANING}{on}.{strokes} {plain(_voices(heard, ground.systems))}")


def _verdict(ground: "CommonGround", first: "System", second: "System", comparisons: int) -> str:
    means = {system.name: _mean(scores_of(ground, system)) for system in (first, second)}
    ahead, behind = sorted((first, second), key=lambda system: -means[system.name])
    apart = means[ahead.name] - means[behind.name]
    names = f"**{plain(ahead.name)}**", f"**{plain(behind.name)}**"
    figures = f"{percent(means[ahead.name])} against {percent(means[behind.name])}"
    if apart < LEAST_TOLD:
        return f"{names[0]} and {names[1]} are right equally often: {percent(means[ahead.name])}."
    found = _difference(ground, first, second, comparisons)
    if isinstance(found, str):
        return f"{names[0]} is ahead of {names[1]} by **{100 * apart:.1f} points** ({figures}). {found}"
    low, high = (fixed(100 * bound, 1, signed=True) for bound in (found.low, found.high))
    interval = f" (95 % interval {low} to {high})" if page_top.experts() else ""
    if found.low > 0 or found.high < 0:
        return (
            f"{names[0]} is **better** than {names[1]} by **{100 * apart:.1f} points** ({figures}), and that is more "
            f"than chance{interval}."
        )
    return (
        f"{names[0]} is ahead of {names[1]} by **{100 * apart:.1f} points** ({figures}), but that can be **chance**"
        f"{interval}: nothing tells yet which is better."
    )


def _difference(ground: "CommonGround", first: "System", second: "System", comparisons: int) -> "ScoreDifference | str":
    """Return the difference, or in words why chance cannot be told from it."""
    from ser_core.evaluation.seeds import FEWEST_SEEDS

    if len(first.records) < FEWEST_SEEDS:
        times = "one training" if len(first.records) == 1 else f"{len(first.records)} trainings"
        return (
            f"Whether that is more than chance, {times} of each cannot tell: trained once more, the order may turn "
            "round."
        )
    try:
        return difference(ground, first, second, "UA", comparisons)
    except InputError:
        return "Whether that is more than chance cannot be told from one tested speaker."


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores)


def _voices(heard: "Sequence[System]", systems: "Sequence[System]") -> str:
    if not heard:
        known = all(record.speakers_heard is False for system in systems for record in system.records)
        return "Nobody in the test was heard in training." if known else ""
    whose = "all of them" if len(heard) == len(systems) else ", ".join(system.name for system in heard)
    return f"The voices in the test of {whose} were heard in training, so the figures also reward knowing the voice."
