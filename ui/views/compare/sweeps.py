"""Sweeps: score over a setting."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from ser_core.plots.sweep import sweep_figure, sweep_heat_map
from ui import state
from ui.components import charts, tables
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.experiments.sweep_result import SweepResult

SCORES = {"UA": "uar", "WA": "wa"}
CURVES, HEAT_MAP = "curves", "heat map"
COMMAND = "python -m ser_core sweep dai-lambda --corpus demo --protocol held-out-speakers --set stages.0.epochs=2 --out"


def draw_sweeps() -> None:
    """Draw one sweep of the workspace.

    Raises:
        ConfigError: if it is damaged.
    """
    from ser_core.experiments.sweep_result import read_sweep_result, sweep_folders

    folders = sweep_folders()
    if not folders:
        _draw_empty()
        return
    names = [folder.name for folder in folders]
    left, right = st.columns([3, 1])
    name = left.selectbox("Sweep", names, key=state.prepared("sweep", names))
    state.remember("sweep", name)
    swept = read_sweep_result(folders[names.index(name)])
    score = right.radio("Score", list(SCORES), key=state.prepared("sweep score", list(SCORES)), horizontal=True)
    state.remember("sweep score", score)
    _draw_setting(swept)
    if not swept.scores:
        st.info("No point of it is complete yet. Come back later, or repeat its command if it was stopped.")
    elif len(swept.axes) == 1:
        _draw_one_axis(swept, score)
    elif len(swept.axes) == 2:
        _draw_two_axes(swept, score)
    else:
        count = len(swept.axes)
        st.info(f"A drawing shows one or two settings; this sweep has {count}. The table has all of its points.")
    if swept.scores:
        _draw_table(swept)
        st.caption(
            "Scores of the test utterances, mean over the folds. Whoever takes the best value from here and reports "
            "its score has chosen on the test speakers: that score flatters it."
        )


def _draw_empty() -> None:
    from ser_core.workspace import sweeps_directory

    st.info(
        "No sweep yet. One trains a recipe over a grid of values, in a folder of its own; it can be stopped, and the "
        "same command goes on. A short one on the demo corpus, a few minutes:"
    )
    st.code(f"{COMMAND} {_quoted(sweeps_directory() / 'dai-lambda')}", language=None, wrap_lines=True)
    st.caption("python -m ser_core sweep lists those that ship, among them the ablation of Kumar et al.")


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))


def _draw_setting(swept: "SweepResult") -> None:
    seeds = ", ".join(map(str, swept.seeds))
    overrides = f", with {', '.join(swept.overrides)}" if swept.overrides else ""
    st.markdown(
        f"**{plain(swept.name)}**: recipe {plain(swept.recipe)} on {plain(swept.corpus)}, protocol "
        f"{plain(swept.protocol)}, seeds {seeds}{plain(overrides)}."
    )
    if not swept.finished:
        st.info(
            f"Not finished: {len(swept.scores)} of {swept.expected} points and seeds are complete, and drawn. If it "
            "was stopped, the command that started it goes on where it was."
        )


def _draw_one_axis(swept: "SweepResult", score: str) -> None:
    axis = swept.axes[0]
    by_value: dict[int, dict[int, float]] = {}
    for found in swept.scores:
        by_value.setdefault(found.place[0], {})[found.seed] = getattr(found, SCORES[score])
    charts.draw(
        sweep_figure({"": by_value}, name=axis.name, values=axis.values, y_title=f"test {score} (%)"),
        key=f"sweep {swept.folder.name}",
        alt=f"{score} over {axis.name}, a point for every seed and a line through their means.",
    )


def _draw_two_axes(swept: "SweepResult", score: str) -> None:
    shapes = (CURVES, HEAT_MAP)
    shape = st.radio("Drawn as", shapes, key=state.prepared("sweep shape", shapes), horizontal=True)
    state.remember("sweep shape", shape)
    first, second = swept.axes
    by_curve: dict[int, dict[int, dict[int, float]]] = {number: {} for number in range(len(first.values))}
    for found in swept.scores:
        of_value = by_curve[found.place[0]].setdefault(found.place[1], {})
        of_value[found.seed] = getattr(found, SCORES[score])
    alt = f"{score} over {second.name}, for each {first.name}."
    if shape == CURVES:
        named = {str(first.values[number]): of_value for number, of_value in by_curve.items() if of_value}
        figure = sweep_figure(named, name=second.name, values=second.values, y_title=f"test {score} (%)")
        charts.draw(figure, key=f"sweep {swept.folder.name}", alt=alt)
        st.caption(f"One curve for each {plain(first.name)}; open markers are single seeds, the line their mean.")
    else:
        means = np.full((len(first.values), len(second.values)), np.nan)
        for number, of_curve in by_curve.items():
            for place, of_seed in of_curve.items():
                means[number, place] = np.mean(list(of_seed.values()))
        figure = sweep_heat_map(means, rows=(first.name, first.values), columns=(second.name, second.values))
        charts.draw(figure, key=f"heat map {swept.folder.name}", alt=alt, buttons=False)
        st.caption(f"Mean {score} over the seeds, in percent.")


def _draw_table(swept: "SweepResult") -> None:
    rows: list[dict[str, Any]] = []
    for place in dict.fromkeys(found.place for found in swept.scores):
        seeds = [found for found in swept.scores if found.place == place]
        values = {axis.name: str(axis.values[number]) for axis, number in zip(swept.axes, place, strict=True)}
        rows.append({**values, "seeds": len(seeds)} | _mean(seeds, "UA") | _mean(seeds, "WA"))
    columns = {name: st.column_config.NumberColumn(f"{name} (%)", format="%.1f") for name in SCORES}
    with st.expander("All points"):
        tables.show(rows, hide_index=True, column_config=columns)


def _mean(seeds: Sequence[Any], score: str) -> dict[str, float]:
    return {score: 100 * float(np.mean([getattr(found, SCORES[score]) for found in seeds]))}
