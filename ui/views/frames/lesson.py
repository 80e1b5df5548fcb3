"""The lesson "What a frame is": window, hop and mel bands on a recording, with the settings of every source."""

import dataclasses
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ser_core.audio.pitch import pitch_contour
from ser_core.features.front_end import MOST_VALUES_PER_SECOND
from ser_core.plots import frames as plots
from ser_core.recipes import load_recipe
from ui import cache, state
from ui.components import charts, glossary, page_link, page_top, players
from ui.components.recordings import choose_sound
from ui.components.text import plain
from ui.frame import PROJECTOR
from ui.sound import SoundReference, sound_on_disk

if TYPE_CHECKING:
    from ser_core.features.front_end import FrontEnd

# recipe → what it is called here; those of one paper that differ in the loss alone stand once
SOURCES = {
    "dai-2019-mel": "Dai 2019, log-mel",
    "dai-2019-stft": "Dai 2019, log-STFT",
    "lian-2018-pdt": "Lian 2018",
    "kumar-2020": "Kumar 2020",
    "residual-triplet": "ours, residual",
    "quick": "ours, quick",
}
PRESET, WINDOW, HOP, BANDS = "frames as in", "frame window", "frame hop", "frame bands"
# name → label, lowest, highest
SLIDERS = {WINDOW: ("Window (ms)", 2, 120), HOP: ("Hop (ms)", 2, 60), BANDS: ("Mel bands", 10, 160)}
PARAMETERS = {PRESET: "source", WINDOW: "window", HOP: "hop", BANDS: "bands"}  # of a link
LINK = "address of the lesson"
PEOPLE = "emodb-clips"  # what the lesson opens with: the voice of a person
LOW_VOICE = "wav/10a07La.flac"  # its pulses come every 10 ms, five columns apart with a hop of 2 ms
LONGEST = 20.0  # seconds of a recording
STATED = ("window_seconds", "hop_seconds", "mel_bands")
# name of a press → window and hop in milliseconds
LOOKS = {"Pulses": (5, 2), "Harmonics": (100, 10)}
TASK = "**Try.** Hear it, then press *Pulses* and *Harmonics*: what does each show that the other has lost?"
TEXT = """
A [[frame]] is a short look at the sound: a **window** is laid over it, and one [[spectrum]] is taken of what is inside.
The next window begins one **hop** later. **Mel bands**, the triangles of the second picture, then add up neighbouring
frequencies, narrow ones below and wide ones above, as an ear does. The thick window in the first picture is one column
of the [[spectrogram]]; the dotted box in it shows where in the recording the windows are.

*Pulses*: a window of 5 ms is shorter than the time between two pulses of a low voice, and a hop of 2 ms takes several
columns in that time: each pulse becomes a vertical stripe, and the [[harmonics|harmonic]] are gone. Both are needed:
with a hop of 10 ms the window is as short, but there is about one column for each pulse, so no stripes can be seen.
*Harmonics*: a window of 100 ms holds many pulses, so harmonics become level lines, and moments blur. No window has
both. What does a [[model]] miss that gets 20 bands?
"""


def choose_recording() -> SoundReference:
    """Draw the choice of a recording; a clip of EmoDB until there is one."""
    chosen = choose_sound()
    if chosen is not None:
        return chosen
    manifest = cache.corpus(PEOPLE)
    row = next(row for row in manifest.utterances if row.file == LOW_VOICE)
    return sound_on_disk(manifest.path(row), name=f"a clip of EmoDB, “{row.text}”")


def draw_lesson(sound: SoundReference) -> None:
    """Draw the picture, below it what to try and the settings, what they mean in numbers, and the text."""
    picture = st.container()
    with st.container(horizontal=True, vertical_alignment="center", key="lesson-frames-task"):
        st.markdown(TASK)
        players.play(sound)
        for name, (window, hop) in LOOKS.items():
            st.button(name, on_click=_look, args=(name,), help=f"Window {window} ms, hop {hop} ms.")
    front_end = _choose()
    heard = cache.signal(sound)
    samples = heard.samples[: round(LONGEST * heard.sample_rate)]
    pitch = pitch_contour(samples, sample_rate=heard.sample_rate)
    with picture:
        charts.draw(
            plots.frames_figure(samples, front_end, pitch=pitch, large=bool(state.recall(PROJECTOR, False))),
            key="frames",
            alt=f"Windows of {1000 * front_end.window_seconds:g} ms every {1000 * front_end.hop_seconds:g} ms over the "
            f"waveform of {plain(sound.name)}, the filters, and the spectrogram with the pitch as a white line",
            buttons=False,
        )
    glossary.draw(_in_numbers(front_end, pitch[1]))
    if len(samples) < len(heard.samples):
        st.info(f"The first {LONGEST:g} s of the recording are shown.")
    glossary.draw(TEXT)
    if page_top.experts():
        recipe = load_recipe(str(state.recall(PRESET, next(iter(SOURCES)))))
        for name in STATED:
            told = recipe.paper.get(f"front_end.{name}", "our choice: the source does not say")
            st.markdown(plain(f"{name} of {recipe.name}: {told}."))


def _choose() -> "FrontEnd":
    names = list(SOURCES)
    if state.recall(WINDOW) is None:
        _begin(st.query_params.to_dict())
    columns = st.columns(4)
    with columns[0]:
        key = state.prepared(PRESET, names)
        st.selectbox("As in", names, format_func=SOURCES.__getitem__, key=key, on_change=_follow)
    chosen = load_recipe(str(st.session_state[key])).front_end
    values = {}
    for column, (name, (label, lowest, highest)) in zip(columns[1:], SLIDERS.items(), strict=True):
        with column:
            silent = name == BANDS and chosen.kind == "log-stft"
            values[name] = st.slider(label, lowest, highest, key=state.prepared_value(name, lowest), disabled=silent)
            state.remember(name, values[name])
    with st.container(horizontal=True):
        st.button("Reset", on_click=_follow, help="Back to what the source has.")
        shown = {PRESET: st.session_state[key], **values}
        page_link.draw({PARAMETERS[name]: str(value) for name, value in shown.items()}, key=LINK)
    return _front_end(chosen, values)


def _front_end(source: "FrontEnd", milliseconds: Mapping[str, int]) -> "FrontEnd":
    """Return a source's front end with what is set; its hop is longer where spectra would be too many to compute."""
    length = round(milliseconds[WINDOW] / 1000 * source.sample_rate)
    transform = max(source.transform_length, 1 << (length - 1).bit_length())
    shortest = math.ceil(1000 * (transform // 2 + 1) / MOST_VALUES_PER_SECOND)
    return dataclasses.replace(
        plots.of_whole_recording(source),
        window_seconds=milliseconds[WINDOW] / 1000,
        hop_seconds=max(milliseconds[HOP], shortest) / 1000,
        mel_bands=milliseconds[BANDS],
        transform_length=transform,
    )


def _look(name: str) -> None:
    """Set window and hop to what shows pulses, or harmonics."""
    for slider, value in zip((WINDOW, HOP), LOOKS[name], strict=True):
        state.choose(slider, value)


def _begin(asked: Mapping[str, str]) -> None:
    """Set everything to what a link asks for, as far as it is in range; the rest to what the source has."""
    name = asked.get(PARAMETERS[PRESET], "")
    if name in SOURCES:
        state.choose(PRESET, name)
    _take(str(state.recall(PRESET, next(iter(SOURCES)))))
    for slider, (_, lowest, highest) in SLIDERS.items():
        text = asked.get(PARAMETERS[slider], "")
        if text.isascii() and text.isdigit() and len(text) < 5 and lowest <= int(text) <= highest:
            state.choose(slider, int(text))


def _follow() -> None:
    """Set the sliders to what the chosen source has."""
    name = str(state.widget_value(PRESET))
    state.remember(PRESET, name)
    _take(name)


def _take(recipe: str) -> None:
    front_end = load_recipe(recipe).front_end
    state.choose(WINDOW, round(1000 * front_end.window_seconds))
    state.choose(HOP, round(1000 * front_end.hop_seconds))
    state.choose(BANDS, front_end.mel_bands)


def _in_numbers(front_end: "FrontEnd", hertz: np.ndarray) -> str:
    """Say what the settings mean for this voice."""
    rate = front_end.feature_count / front_end.hop_seconds
    voiced = hertz[np.isfinite(hertz)]
    voice = (
        f" The [[pitch]] of this voice lies at about {np.median(voiced):.0f} Hz: a window holds "
        f"{front_end.window_seconds * np.median(voiced):.1f} of its vibrations."
        if len(voiced)
        else ""
    )
    return (
        f"{front_end.feature_count} numbers every {1000 * front_end.hop_seconds:g} ms, {rate:,.0f} in a second of "
        f"speech, in place of {front_end.sample_rate:,} [[samples|sample]].{voice}"
    )
