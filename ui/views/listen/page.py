"""The parts of the page and their places: the answer, the picture beside it, and why below."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.inference.reader import NOT_SPEECH
from ui import cache
from ui.components import heard_in_training, page_top
from ui.components.cross_corpus import draw_worth
from ui.components.verdict import draw_dial, draw_measures, draw_not_speech, draw_notes, draw_verdict
from ui.errors import shown_to_visitor
from ui.frame import enlargement
from ui.sound import SoundReference
from ui.views.listen.against import draw_against
from ui.views.listen.decided import draw_decided
from ui.views.listen.neighbours import draw_neighbours
from ui.views.listen.picture import draw_sound, draw_words

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.delta_generator import DeltaGenerator

    from ser_core.checkpoints import Entry
    from ser_core.inference import EmotionPrediction, NotSpeech
    from ser_core.types import Seconds


@dataclass(frozen=True)
class Places:
    """Where the parts stand, from the top.

    Attributes:
        answer: the headline.
        bring: beside it, the ways to bring a sound.
        picture: the dial and the player.
        why: what else is said about the answer.
        stored: what is kept of the sound.
    """

    answer: "DeltaGenerator"
    bring: "DeltaGenerator"
    picture: "DeltaGenerator"
    why: "DeltaGenerator"
    stored: "DeltaGenerator"


def make_places() -> Places:
    """Lay the page out."""
    answer, bring = st.columns([5, 3], gap="xsmall", vertical_alignment="center")
    return Places(answer.container(key="listen-answer"), bring, *(st.container() for _ in range(3)))


def draw_heard(sound: SoundReference, entry: "Entry | None", voice: "Path | None", places: Places) -> None:
    """Draw a recording and, where there is a model, its answer and why.

    Args:
        sound: the recording.
        entry: the model.
        voice: file of the voice for which it judges, if any.
        places: of the parts.
    """
    reading: EmotionPrediction | NotSpeech | None = None
    is_readable = False
    with places.answer, shown_to_visitor():
        cache.signal(sound)
        is_readable = True
        if entry is not None:
            reading = cache.reading(entry.path, sound, voice)
            if reading.speech:
                draw_verdict(reading, sound, entry, voice)
            else:
                st.header(NOT_SPEECH.capitalize(), anchor=False)
                draw_not_speech(reading, sound)
    if not is_readable:
        return
    if entry is None or reading is None or not reading.speech:
        with places.picture, shown_to_visitor():
            draw_sound(sound, reads=entry is not None)
        with places.why, shown_to_visitor():
            draw_words(sound)
        return
    part = _draw_picture(reading, sound, entry, places.picture)
    with places.why, shown_to_visitor():
        if heard_in_training.note(sound, entry):
            st.caption(
                "**Heard in training:** the model learned from clips of this speaker, perhaps from this one. Strangers "
                "are heard worse."
            )
        draw_worth(entry.card)
        draw_notes(reading, sound)
        draw_words(sound)
        _draw_why(reading, sound, part, entry, voice)


def _draw_picture(
    reading: "EmotionPrediction", sound: SoundReference, entry: "Entry", place: "DeltaGenerator"
) -> "tuple[Seconds, Seconds] | None":
    """Draw dial and player; returns the part of the sound that is to be judged by itself, if any."""
    dial, player = place.columns(2 if enlargement() == 1 else [6, 5])  # names beside the dial must not shrink it
    with dial, shown_to_visitor():
        draw_dial(reading, entry, key="dial")
    with player, shown_to_visitor():
        return draw_sound(sound, reads=True)
    return None


def _draw_why(
    reading: "EmotionPrediction",
    sound: SoundReference,
    part: "tuple[Seconds, Seconds] | None",
    entry: "Entry",
    voice: "Path | None",
) -> None:
    if part is not None or page_top.experts():
        with shown_to_visitor():
            draw_measures(reading, sound, part, entry, voice)
    spoken: list[str] = []
    with shown_to_visitor():
        spoken = draw_neighbours(reading, sound, entry.path)
    decided, against = st.columns([3, 2])
    with decided, shown_to_visitor():
        draw_decided(reading, sound, entry, voice)
    with against, shown_to_visitor():
        draw_against(reading, entry, spoken, voice)
