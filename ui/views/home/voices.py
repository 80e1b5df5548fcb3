"""The map of voices: a press is heard at once."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st

from ser_core.corpora import CORPORA, SPEAKERS_OF
from ser_core.corpora.joining import own_name
from ser_core.corpora.manifest import Utterance
from ser_core.plots.point_map import PointMap, point_map
from ser_core.types import FloatArray
from ui import cache
from ui.components import glossary, heard_in_training, players, recordings, simple_map
from ui.components import point_map as component
from ui.components.checkpoint_choice import fitting
from ui.components.text import plain
from ui.sound import SoundReference, sound_on_disk

PLACES = Path(__file__).with_name("voices.csv")  # made by tools/make_voices_map.py
SPACE = "voices of Home"
CORPORA_SHOWN = ("emodb-clips", "demo")


@dataclass(frozen=True)
class MapVoice:
    """A clip on the map.

    Attributes:
        name: who speaks, in words.
        corpus: of the clip.
        clip: what is said, and in which emotion.
        sound: of the clip.
    """

    name: str
    corpus: str
    clip: Utterance
    sound: SoundReference

    @property
    def emotion(self) -> str:
        """In which it was spoken."""
        return self.clip.emotion or ""


def counted() -> str:
    """Say whose voices are on the map."""
    voices, _ = _voices()
    artificial = sum(voice.sound.artificial for voice in voices)
    return f"{len(voices)} voices: {len(voices) - artificial} of people, {artificial} artificial"


def explore_voices() -> None:
    """Draw the map, and below it what is heard."""
    _explore()
    if not simple_map.is_wanted():
        voices, _ = _voices()
        sounds = {
            number: players.address_of_flac(cache.corpus(voice.corpus).path(voice.clip))
            for number, voice in enumerate(voices)
        }
        component.give_sounds(space=SPACE, sounds=sounds)


@st.fragment
def _explore() -> None:
    voices, points = _voices()
    if simple_map.is_wanted():
        names = {number: f"{voice.name}, {voice.emotion}" for number, voice in enumerate(voices)}
        pressed = st.selectbox(
            "Voice", list(names), index=None, format_func=names.__getitem__, placeholder="Choose one to hear it"
        )
    else:
        made = _made(str(PLACES), voices, points)
        answer = component.draw(made, key=SPACE, plain=True)
        if answer.missing:
            simple_map.fall_back()
        pressed = answer.clicked
    with st.container(horizontal=True, vertical_alignment="center", key="home-heard"):
        if pressed is None:
            glossary.draw(
                "Voices of people, and artificial ones."
                if simple_map.is_wanted()
                else "**Press a point to hear it.** Large: people, small: artificial. Near: alike in a model's "
                "[[embedding]]."
            )
        else:
            _draw_heard(voices[pressed], at_once=simple_map.is_wanted())


def _draw_heard(voice: MapVoice, *, at_once: bool) -> None:
    learned = heard_in_training.note(voice.sound, fitting(cache.checkpoints(), artificial=voice.sound.artificial))
    st.markdown(f"**{plain(voice.emotion)}** · {plain(voice.name)}{' · ' * bool(learned)}{learned}", width="content")
    players.play(voice.sound, at_once=at_once)  # the map itself plays what is pressed
    if st.button("Judge it →", help="Shows on the page Listen what a model hears in it"):
        recordings.choose_demo_clip(voice.corpus, voice.clip)
        st.switch_page("pages/listen.py")


@st.cache_resource(show_spinner=False)
def _made(key: str, _voices: tuple[MapVoice, ...], _points: FloatArray) -> PointMap:
    import pandas

    table = pandas.DataFrame(
        {
            "file": [voice.name for voice in _voices],
            "emotion": [voice.emotion for voice in _voices],
            "text": [voice.clip.text for voice in _voices],
        }
    )
    smaller = np.array([voice.sound.artificial for voice in _voices])
    return point_map(
        _points, table, title=f"Map of {counted()}.", space=SPACE, view=key, stretched=True, smaller=smaller
    )


@st.cache_resource(show_spinner=False)
def _voices() -> tuple[tuple[MapVoice, ...], FloatArray]:
    with PLACES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    clips = {(name, clip.file): clip for name in CORPORA_SHOWN for clip in cache.corpus(name).utterances}
    voices = tuple(_voice(row["corpus"], clips[row["corpus"], row["file"]]) for row in rows)
    return voices, np.array([(float(row["x"]), float(row["y"])) for row in rows])


def _voice(corpus: str, clip: Utterance) -> MapVoice:
    artificial = CORPORA[corpus].artificial
    who = {"male": "a man", "female": "a woman"}.get(clip.gender or "", "a person")
    name = f"artificial {clip.speaker}" if artificial else f"{who} of {clip.age:g}, acted German"
    sound = sound_on_disk(
        cache.corpus(corpus).path(clip),
        name=f"{name}, {clip.emotion}",
        artificial=artificial,
        truth=clip.emotion,
        speaker=own_name(corpus, clip.speaker, SPEAKERS_OF),
    )
    return MapVoice(name, corpus, clip, sound)
