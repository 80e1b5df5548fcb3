"""Sweeps: how the score changes with a setting; started, watched and continued here."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from ser_core.plots.sweep import sweep_figure, sweep_heat_map
from ui import state
from ui.components import charts, page_top, tables
from ui.components.page_top import PageTop
from ui.components.percent import percent
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.compare.sweep_start import PREPARED, SWEEP, draw_state, offer_sweep

if TYPE_CHECKING:
    from ser_core.experiments.sweep import SweepAxis
    from ser_core.experiments.sweep_result import PointScore, SweepResult

SCORES = {"UA": "uar", "WA": "wa"}
CURVES, HEAT_MAP = "curves", "heat map"
PICTURE = 500  # pixels: half of the first screen


def draw_sweeps(top: PageTop) -> None:
    """Draw one sweep of the workspace, and a way to start one.

    Raises:
        ConfigError: if it is damaged.
    """
    from ser_core.experiments.sweep_result import read_sweep_result, sweep_folders
    from ser_core.experiments.sweep_run import SWEEP_FILE

    folders = sweep_folders()
    if not folders:
        _draw_empty()
        return
    names = [folder.name for folder in folders]
    with top.settings:
        name = st.selectbox("Sweep", names, key=state.prepared(SWEEP, names))
        state.remember(SWEEP, name)
        score = st.radio("Score", list(SCORES), key=state.prepared("sweep score", list(SCORES)), horizontal=True)
        state.remember("sweep score", score)
    top.tell(name)
    folder = folders[names.index(name)]
    with shown_to_visitor():
        if (folder / SWEEP_FILE).is_file():
            _draw_result(read_sweep_result(folder), score)
    with shown_to_visitor():
        draw_state(folder)
    with st.expander("Start another sweep", expanded=bool(state.recall(PREPARED))), shown_to_visitor():
        offer_sweep()


def _draw_empty() -> None:
    with st.container(border=True):
        st.markdown("**No sweep yet.** One trains a recipe over the values of a setting, and draws which is best.")
        offer_sweep()


def _draw_result(swept: "SweepResult", score: str) -> None:
    if not swept.scores:
        st.markdown("No point of it is complete yet.")
    elif len(swept.axes) == 1:
        _draw_one_axis(swept, score)
    elif len(swept.axes) == 2:
        _draw_two_axes(swept, score)
    else:
        count = len(swept.axes)
        st.markdown(f"A drawing shows one or two settings; this sweep has {count}. The table has all of its points.")
    if swept.scores:
        st.markdown(_in_words(swept, score))
        _draw_table(swept)
        st.caption(
            "Right answers in the test, mean over folds and seeds. Taking the best value from here and reporting its "
            "score means choosing on the test speakers: that score flatters it."
        )
    if page_top.experts():
        _draw_setting(swept)


def _in_words(swept: "SweepResult", score: str) -> str:
    """Say which point scores highest and which lowest, and by how much the seeds of one point differ."""
    by_place: dict[tuple[int, ...], list[float]] = {}
    for found in swept.scores:
        by_place.setdefault(found.place, []).append(getattr(found, SCORES[score]))
    means = {place: float(np.mean(values)) for place, values in by_place.items()}
    best, worst = max(means, key=means.__getitem__), min(means, key=means.__getitem__)
    spread = max(100 * (max(values) - min(values)) for values in by_place.values())
    if best == worst:
        return f"**{_point(swept.axes, best)}**: {percent(means[best])}."
    apart = 100 * (means[best] - means[worst])
    told = (
        f"**{_point(swept.axes, best)}** is right most often, {percent(means[best])}; "
        f"**{_point(swept.axes, worst)}** least, {percent(means[worst])}: {apart:.1f} points apart."
    )
    if all(len(values) == 1 for values in by_place.values()):
        return f"{told} Each was trained once, so that can be chance."
    return f"{told} Trainings of one value alone differ by up to {spread:.1f} points by chance."


def _point(axes: "Sequence[SweepAxis]", place: tuple[int, ...]) -> str:
    return plain(", ".join(f"{axis.name} {axis.values[number]}" for axis, number in zip(axes, place, strict=True)))


def _draw_setting(swept: "SweepResult") -> None:
    seeds = ", ".join(map(str, swept.seeds))
    overrides = f", with {', '.join(swept.overrides)}" if swept.overrides else ""
    st.markdown(
        f"**{plain(swept.name)}**: recipe {plain(swept.recipe)} on {plain(swept.corpus)}, protocol "
        f"{plain(swept.protocol)}, seeds {seeds}{plain(overrides)}."
    )


def _draw_one_axis(swept: "SweepResult", score: str) -> None:
    axis = swept.axes[0]
    by_value: dict[int, dict[int, float]] = {}
    for found in swept.scores:
        by_value.setdefault(found.place[0], {})[found.seed] = getattr(found, SCORES[score])
    _draw_picture(
        sweep_figure({"": by_value}, name=axis.name, values=axis.values, y_title=f"test {score} (%)"),
        swept,
        f"{score} over {axis.name}, a point for every seed and a line through their means.",
    )


def _draw_two_axes(swept: "SweepResult", score: str) -> None:
    shapes = (CURVES, HEAT_MAP)
    drawing = st.container()
    shape = st.radio("Drawn as", shapes, key=state.prepared("sweep shape", shapes), horizontal=True)
    state.remember("sweep shape", shape)
    first, second = swept.axes
    by_curve: dict[int, dict[int, dict[int, float]]] = {number: {} for number in range(len(first.values))}
    for found in swept.scores:
        of_value = by_curve[found.place[0]].setdefault(found.place[1], {})
        of_value[found.seed] = getattr(found, SCORES[score])
    alt = f"{score} over {second.name}, for each {first.name}."
    with drawing:
        if shape == CURVES:
            named = {
                f"{first.name} {first.values[number]}": of_value for number, of_value in by_curve.items() if of_value
            }
            figure = sweep_figure(named, name=second.name, values=second.values, y_title=f"test {score} (%)")
            _draw_picture(figure, swept, alt)
            st.caption(
                f"One curve for each {plain(first.name)}; small faint markers are single seeds, the line their mean."
            )
        else:
            means = np.full((len(first.values), len(second.values)), np.nan)
            for number, of_curve in by_curve.items():
                for place, of_seed in of_curve.items():
                    means[number, place] = np.mean(list(of_seed.values()))
            figure = sweep_heat_map(means, rows=(first.name, first.values), columns=(second.name, second.values))
            charts.draw(figure, key=f"heat map {swept.folder.name}", alt=alt, buttons=False)
            st.caption(f"Mean {score} over the seeds, in percent.")


def _draw_picture(figure: Any, swept: "SweepResult", alt: str) -> None:
    figure.update_layout(height=max(PICTURE, figure.layout.height))
    charts.draw(figure, key=f"sweep {swept.folder.name}", alt=alt, buttons=False)


def _draw_table(swept: "SweepResult") -> None:
    rows: list[dict[str, Any]] = []
    for place in dict.fromkeys(found.place for found in swept.scores):
        seeds = [found for found in swept.scores if found.place == place]
        values = {axis.name: str(axis.values[number]) for axis, number in zip(swept.axes, place, strict=True)}
        rows.append({**values, "seeds": len(seeds)} | _mean(seeds, "UA") | _mean(seeds, "WA"))
    columns = {name: st.column_config.NumberColumn(f"{name} (%)", format="%.1f") for name in SCORES}
    with st.expander("All points"):
        tables.show(rows, hide_index=True, column_config=columns)


def _mean(seeds: "Sequence[PointScore]", score: str) -> dict[str, float]:
    return {score: 100 * float(np.mean([getattr(found, SCORES[score]) for found in seeds]))}
