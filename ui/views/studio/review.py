"""A take before it is kept: its waveform with the cut, its sound, and what is wrong with it."""

from typing import Any

import streamlit as st

from ser_core.audio.activity import speech_spans
from ser_core.plots.waveform import waveform_figure
from ser_core.recordings import Collection
from ser_core.types import Seconds
from ui import state
from ui.components import charts, players
from ui.components.numbers import NumberField
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.studio.attempt import Attempt, again, keep

STEP: Seconds = 0.01


def draw_review(corpus: Collection, attempt: Attempt) -> None:
    """Draw the take, the two ends of its cut, and whether it is kept.

    Raises:
        SerError: if the cut is none, or the take cannot be kept; it still waits then.
    """
    prompt = attempt.prompt
    st.header(plain(f"{prompt.emotion.word}: “{prompt.sentence}”"))
    place = st.container()
    slider = f"cut of {attempt.key}"
    ends = tuple(f"{which} of the cut of {attempt.key}" for which in ("start", "end"))
    length = round(attempt.take.duration_seconds, 2)
    suggested = (round(attempt.judgement.start, 2), min(length, round(attempt.judgement.end, 2)))
    cut: Any = st.slider(
        "Cut (seconds)",
        0.0,
        length,
        key=state.prepared_value(slider, suggested),
        step=STEP,
        format="%.2f",
        on_change=_move_fields,
        args=(slider, ends),
    )
    state.remember(slider, cut)
    start, end = cut
    sound = st.container()
    typed = _draw_ends(ends, suggested, length)
    if typed != (start, end):  # the fields were changed, not the slider
        state.choose(slider, (min(typed), max(typed)))
        st.rerun()
    with place:
        samples, rate = attempt.take.samples, attempt.take.sample_rate
        charts.draw(
            waveform_figure(
                samples, sample_rate=rate, speech=speech_spans(samples, sample_rate=rate), kept=(start, end)
            ),
            key="take",
            alt=f"Waveform of the take; {start:.2f} to {end:.2f} s of {length:.2f} s are kept.",
            buttons=False,
        )
    with sound:
        players.play(attempt.sound(start, end))
        good = " Nothing is wrong with it." if attempt.good else ""
        st.caption(
            f"{end - start:.2f} s of {length:.2f} s are kept, at {rate} Hz; {attempt.judgement.level_line}.{good} "
            "Until you press Keep it is in memory alone, and “Record again” drops it."
        )
        for warning in attempt.judgement.warnings:
            st.warning(plain(warning))
    with st.container(horizontal=True):
        kept = st.button("Keep", type="primary", shortcut="k")
        st.button("Record again", on_click=again, args=(corpus,), shortcut="a")
    if kept:
        with shown_to_visitor():
            keep(corpus, attempt, start, end)
            st.rerun()


def _draw_ends(ends: tuple[str, ...], suggested: tuple[Seconds, Seconds], length: Seconds) -> tuple[Seconds, ...]:
    typed = []
    for column, name, label, value in zip(st.columns(2), ends, ("Start (s)", "End (s)"), suggested, strict=True):
        field = NumberField(label, 0.0, length, whole=False, step=STEP)
        typed.append(field.checked(field.draw(name, value, where=column)))
    return tuple(typed)


def _move_fields(slider: str, ends: tuple[str, ...]) -> None:
    for name, value in zip(ends, state.widget_value(slider), strict=True):
        state.choose(name, round(value, 2))
