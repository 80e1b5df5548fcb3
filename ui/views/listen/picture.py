"""The sound itself: player, waveform, spectrogram with pitch, and notes on the recording."""

import numpy as np
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
        alt=f"Waveform: amplitude over time{'; speech is shaded' if speech else ''}.",
    )
    levels, times, frequencies = cache.spectrogram(sound)
    pitch = cache.pitch(sound)
    voiced = pitch is not None and bool(np.isfinite(pitch[1]).any())
    charts.draw(
        spectrogram_figure(levels, times=times, frequencies=frequencies, pitch=pitch if voiced else None),
        key="spectrogram",
        alt=f"Log-mel spectrogram: frequency over time{', with the pitch contour as a line' if voiced else ''}.",
    )
    if voiced:
        line = "White line: pitch, on the right axis."
    elif heard.duration_seconds > cache.PITCH_SECONDS:
        line = "The pitch of recordings over a minute is not followed."
    else:
        line = "Nothing in it has a pitch."
    shaded = "Shaded: speech." if speech else "No speech was found."
    st.caption(f"{shaded} Log-mel spectrogram, decibels below its loudest point. {line}")
