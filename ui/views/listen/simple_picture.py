"""The sound for browsers that cannot draw or play it themselves: an audio element and two Plotly pictures."""

import streamlit as st

from ser_core.plots.spectrogram import spectrogram_figure
from ser_core.plots.waveform import waveform_figure
from ui import cache
from ui.components import charts, glossary, players
from ui.sound import SoundReference
from ui.views.listen.captions import is_voiced, pitch_caption, speech_caption


def draw_simple_picture(sound: SoundReference) -> None:
    """Draw and play a recording, all of it at once."""
    heard = cache.signal(sound)
    st.info("The simple player: this browser has no canvas or no Web Audio, or this player was asked for.")
    players.play(sound)
    speech = cache.speech(sound)
    charts.draw(
        waveform_figure(heard.samples, sample_rate=heard.sample_rate, speech=speech),
        key="waveform",
        alt=f"Waveform: amplitude over time{'; speech is shaded' if speech else ''}.",
    )
    levels, times, frequencies = cache.spectrogram(sound)
    voiced = is_voiced(sound)
    charts.draw(
        spectrogram_figure(levels, times=times, frequencies=frequencies, pitch=cache.pitch(sound) if voiced else None),
        key="spectrogram",
        alt=f"Log-mel spectrogram: frequency over time{', with the pitch contour as a line' if voiced else ''}.",
    )
    glossary.caption(
        f"{speech_caption(sound)} [[Spectrogram]] in [[mel bands|mel band]], decibels below its loudest point. "
        f"{pitch_caption(sound)}"
    )
