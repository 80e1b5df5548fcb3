"""Comparison of the chosen runs and results, as far as they were measured on the same speech."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import SerError
from ui import cache
from ui.components import page_top, tables
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.compare.angles import draw_angles
from ui.views.compare.confusions import draw_confusions, draw_printed_confusions
from ui.views.compare.curves import draw_curves
from ui.views.compare.differences import draw_differences
from ui.views.compare.picture import draw_picture
from ui.views.compare.reliability import draw_reliability
from ui.views.compare.scores import draw_scores
from ui.views.compare.seeds import draw_more_seeds
from ui.views.compare.separation import draw_separation
from ui.views.compare.verdict import draw_verdict

if TYPE_CHECKING:
    import pandas

    from ser_core.experiments.common_ground import CommonGround
    from ser_core.experiments.records import ExperimentRecord
    from ser_core.experiments.systems import System


def draw_chosen(records: "Sequence[ExperimentRecord]") -> None:
    """Draw the picture, what it says in words, and all parts of the comparison; an error in one leaves the others."""
    from ser_core.experiments.common_ground import common_ground
    from ser_core.experiments.systems import titles_of

    titles = dict(zip([record.name for record in records], titles_of([[record] for record in records]), strict=True))
    predicted, notes = _predictions(records, titles)
    ground = common_ground(records, predicted)
    with shown_to_visitor():
        draw_picture(ground)
    with shown_to_visitor():
        draw_verdict(ground)
    _draw_gaps(ground)
    with shown_to_visitor():
        draw_more_seeds(ground)
    for note in [*notes, *(f"{titles[record.name]}: {record.note}" for record in records if record.note)]:
        st.caption(plain(note))
    with shown_to_visitor():
        draw_confusions(ground, predicted)
    with shown_to_visitor():
        draw_curves(records, titles)
    with shown_to_visitor():
        draw_angles(records, titles)
    if page_top.experts():
        _draw_for_experts(records, titles, ground, predicted)


def _draw_for_experts(
    records: "Sequence[ExperimentRecord]",
    titles: Mapping[str, str],
    ground: "CommonGround",
    predicted: "Mapping[str, pandas.DataFrame]",
) -> None:
    _draw_setting(ground.systems)
    _draw_differing(ground.systems)
    with shown_to_visitor():
        draw_differences(ground)
    with shown_to_visitor():
        draw_scores(ground.systems)
    with shown_to_visitor():
        draw_printed_confusions(ground, predicted)
    with shown_to_visitor():
        draw_separation(records, titles)
    with shown_to_visitor():
        draw_reliability(records, titles)


def _predictions(
    records: "Sequence[ExperimentRecord]", titles: Mapping[str, str]
) -> "tuple[Mapping[str, pandas.DataFrame], list[str]]":
    predicted, notes = {}, []
    for record in records:
        try:
            predicted[record.name] = cache.predictions(record)
        except SerError as error:
            notes.append(f"{titles[record.name]}: {error}")
    return predicted, notes


def _draw_gaps(ground: "CommonGround") -> None:
    """Say what is missing for a full comparison, a sentence each; to experts also what would make it one."""
    for gap in ground.gaps:
        st.markdown(f":material/info: {plain(gap.sentence)}")
        if gap.advice and page_top.experts():
            st.caption(plain(gap.advice))


def _draw_differing(systems: "Sequence[System]") -> None:
    from ser_core.experiments.systems import differing_settings

    firsts = [system.records[0] for system in systems]
    rows = [
        {
            "setting": key,
            **{system.name: "" if value is None else str(value) for system, value in zip(systems, values, strict=True)},
        }
        for key, values in differing_settings(firsts).items()
    ]
    if rows:
        with st.expander(f"Settings in which they differ: {len(rows)}"):
            tables.show(rows, hide_index=True)
    elif all(record.settings for record in firsts):
        st.caption("All of their settings are the same.")


def _draw_setting(systems: "Sequence[System]") -> None:
    st.header("What was measured")
    told = []
    for system in systems:
        basis = system.records[0].basis
        folds = ", ".join(map(str, sorted(basis.folds)))
        seeds = ", ".join(map(str, system.seeds))
        told.append(
            f"- **{plain(system.name)}**: {plain(basis.corpus)}, protocol {plain(basis.protocol)}, fold {folds}, "
            f"seed {seeds}"
        )
    st.markdown("\n".join(told))
