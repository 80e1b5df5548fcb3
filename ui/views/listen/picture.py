"""The sound itself: player, waveform, spectrogram with pitch, and notes on the recording."""

import streamlit as st

from ser_core.audio.activity import speech_spans
from ser_core.plots.spectrogram import spectrogram_figure
from ser_core.plots.waveform import waveform_figure
from ui import cache
from ui.components import charts, players
from ui.components.text import plain
from ui.sound import Sound


def draw_sound(sound: Sound) -> None:
    """Draw and play a recording.

    Raises:
        AudioError: if it cannot be read.
    """
    heard = cache.signal(sound)
    st.subheader("The sound")
    st.caption(
        f"{plain(sound.name)}: {heard.duration_seconds:.1f} s, recorded at {heard.original_sample_rate} Hz, "
        f"{heard.channels} channel{'' if heard.channels == 1 else 's'}; "
        f"the model hears it at {heard.sample_rate} Hz, mono."
    )
    players.play(sound)
    for note in heard.notes:
        st.warning(plain(note))
    speech = speech_spans(heard.samples, sample_rate=heard.sample_rate)
    charts.draw(
        waveform_figure(heard.samples, sample_rate=heard.sample_rate, speech=speech),
        key="waveform",
        alt="Waveform: amplitude over time; speech is shaded.",
    )
    levels, times, frequencies = cache.spectrogram(sound)
    pitch = cache.pitch(sound)
    charts.draw(
        spectrogram_figure(levels, times=times, frequencies=frequencies, pitch=pitch),
        key="spectrogram",
        alt="Log-mel spectrogram: frequency over time, with the pitch contour as a line.",
    )
    line = (
        "White line: pitch, on the right axis."
        if pitch is not None
        else "The pitch of recordings over a minute is not followed."
    )
    st.caption(f"Shaded: speech. Log-mel spectrogram, decibels below its loudest point. {line}")
