"""Comparison of the chosen runs and results, if they were measured on the same speech."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import SerError
from ui import cache
from ui.components import tables
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.compare.angles import draw_angles
from ui.views.compare.confusions import draw_confusions, draw_printed_confusions
from ui.views.compare.curves import draw_curves
from ui.views.compare.reliability import draw_reliability
from ui.views.compare.scores import draw_scores
from ui.views.compare.separation import draw_separation
from ui.views.compare.verdict import draw_verdict

if TYPE_CHECKING:
    import pandas

    from ser_core.experiments.records import ExperimentRecord
    from ser_core.experiments.systems import System


def draw_chosen(records: "Sequence[ExperimentRecord]") -> None:
    """Draw all parts of the comparison; an error in one leaves the others.

    Raises:
        InputError: if they were measured on other speech or another division of it.
    """
    from ser_core.evaluation.comparable import MeasuredScore, require_comparable
    from ser_core.experiments.records import basis_with
    from ser_core.experiments.systems import system_key, systems_of

    tables, notes = _predictions(records)
    records = [dataclasses.replace(record, basis=basis_with(record, tables.get(record.name))) for record in records]
    require_comparable([MeasuredScore(record.name, system_key(record), record.basis) for record in records])
    for note in [*notes, *(f"{record.name}: {record.note}" for record in records if record.note)]:
        st.caption(plain(note))
    systems = systems_of(records)
    _draw_setting(records)
    _draw_differing(systems)
    with shown_to_visitor():
        draw_curves(records)
    with shown_to_visitor():
        draw_scores(systems)
    with shown_to_visitor():
        draw_verdict(systems, tables)
    with shown_to_visitor():
        draw_confusions(systems, tables)
    with shown_to_visitor():
        draw_printed_confusions(systems, tables)
    with shown_to_visitor():
        draw_separation(records)
    with shown_to_visitor():
        draw_reliability(records)
    with shown_to_visitor():
        draw_angles(records)


def _predictions(records: "Sequence[ExperimentRecord]") -> "tuple[Mapping[str, pandas.DataFrame], list[str]]":
    tables, notes = {}, []
    for record in records:
        try:
            tables[record.name] = cache.predictions(record)
        except SerError as error:
            notes.append(f"{record.name}: {error}")
    return tables, notes


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


def _draw_setting(records: "Sequence[ExperimentRecord]") -> None:
    basis = records[0].basis
    folds = ", ".join(map(str, sorted(basis.folds)))
    seeds = ", ".join(map(str, sorted({record.basis.seed for record in records})))
    if any(record.speakers_heard for record in records):
        voices = "test speakers were heard in training, so the figures also reward knowing the voice"
    else:
        voices = "test speakers were not heard in training"
    st.markdown(
        f"All on **{plain(basis.corpus)}**, protocol **{plain(basis.protocol)}**, fold {folds}, seed {seeds}; {voices}."
    )
