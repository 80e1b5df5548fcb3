"""Answer of a model: its headline, the dial, probabilities, and angles."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.plots.angles import angles_figure
from ser_core.plots.probabilities import probabilities_figure
from ui import cache
from ui.components import angle_dial, charts, glossary, page_top
from ui.components.arousal_scale import draw_scale, words_for
from ui.components.percent import percent
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.sound import SoundReference

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.checkpoints import Entry
    from ser_core.checkpoints.card import Card
    from ser_core.inference import EmotionPrediction, NotSpeech
    from ser_core.inference.headline import Headline
    from ser_core.types import Degrees, Seconds

CHOSEN_BY = {
    "head": "the highest probability",
    "angle": "the nearest direction",
    "svm": "a support vector machine on the embedding",
    "knn": "the nearest training utterances",
}


def draw_not_speech(reading: "NotSpeech", sound: SoundReference) -> None:
    """Say that a recording holds no speech.

    Args:
        reading: of the recording.
        sound: the recording.
    """
    for note in reading.notes:
        if note not in cache.signal(sound).notes:  # those are shown with the sound itself
            st.info(plain(note))


def draw_verdict(
    reading: "EmotionPrediction",
    sound: SoundReference,
    entry: "Entry",
    voice: "Path | None" = None,
    *,
    is_part: bool = False,
) -> None:
    """Draw the answer: one headline and one sentence.

    Args:
        reading: of the recording.
        sound: the recording.
        entry: the model.
        voice: file of the voice for which it judges, if any.
        is_part: whether it is one of several answers on the page, and its headline smaller.
    """
    from ser_core.inference.headline import headline_of, why_they_disagree

    headline = headline_of(reading)
    with st.container(key=f"answer|{sound.key}", gap=None):
        _draw_headline(headline.text, reading, sound, is_part=is_part)
        if headline.kind == "disagreement":
            told = f"These two disagree. {why_they_disagree(cache.reader(entry.path, voice), reading, headline)}"
        elif headline.kind == "none of these":
            told = _outside_all(reading)
        else:
            told = _sure(reading, headline)
        st.markdown(plain(told))
        if page_top.experts():
            st.caption(_for_experts(reading, entry.card))


def _draw_headline(text: str, reading: "EmotionPrediction", sound: SoundReference, *, is_part: bool) -> None:
    """Draw the headline, and beside it how excited the recording sounds where the model tells that."""
    head = st.subheader if is_part else st.header
    if reading.arousal is None:
        head(text, anchor=False)
        return
    with st.container(key=f"answer-row|{sound.key}", horizontal=True, vertical_alignment="center", gap=None):
        head(text, anchor=False, width="content")
        draw_scale(reading.arousal)


def _sure(reading: "EmotionPrediction", headline: "Headline") -> str:
    shares = reading.probabilities
    second = (
        f"; next comes {headline.second} with {percent(shares[headline.second], digits=0)}" if headline.second else ""
    )
    return f"{percent(shares[reading.emotion], digits=0)} sure{second}."


def _outside_all(reading: "EmotionPrediction") -> str:
    nearest = reading.nearest_class
    return (
        f"The recording lies outside the range of every emotion that this model knows. The nearest is {nearest} at "
        f"{reading.angles_degrees[nearest]:.0f}°, whose range ends at {reading.ranges_degrees[nearest]:.0f}°. "
        "The probabilities only compare the known emotions with each other."
    )


def _for_experts(reading: "EmotionPrediction", card: "Card") -> str:
    nearest = reading.nearest_class
    top = max(reading.probabilities, key=lambda label: reading.probabilities[label])
    return (
        f"Chosen by {CHOSEN_BY.get(card.back_end, card.back_end)}, as the model's card says. Nearest direction: "
        f"{nearest}, {reading.angles_degrees[nearest]:.1f}° (range {reading.ranges_degrees[nearest]:.1f}°). Most "
        f"probable: {top}, {percent(reading.probabilities[top])}."
    )


def draw_notes(reading: "EmotionPrediction", sound: SoundReference) -> None:
    """Draw below an answer and its dial what the dial keeps, what was spoken where that is known, and what limits it.

    Notes that are shown with the sound itself are left out.
    """
    truth = f"Spoken as: {sound.truth}{' (artificial speech)' if sound.artificial else ''}. " if sound.truth else ""
    excited = "" if reading.arousal is None else f" {words_for(reading.arousal, experts=page_top.experts())}"
    glossary.caption(f"{plain(truth)}{angle_dial.EXACT}{excited}")
    for note in reading.notes:
        if note not in cache.signal(sound).notes:
            st.warning(plain(note))


def draw_dial(reading: "EmotionPrediction", entry: "Entry", *, key: str) -> None:
    """Draw the angle dial of a judgement.

    Args:
        reading: the judgement.
        entry: the model.
        key: unique on the page.
    """
    angle_dial.draw(cache.dial_classes(entry.path), reading, key=key)


def draw_measures(
    reading: "EmotionPrediction",
    sound: SoundReference,
    part: "tuple[Seconds, Seconds] | None",
    entry: "Entry",
    voice: "Path | None" = None,
) -> None:
    """Draw probabilities and angles; of a selected part beside those of the whole recording.

    Args:
        reading: of the recording.
        sound: the recording.
        part: start and end of the selection, in seconds.
        entry: the model.
        voice: file of the voice for which it judges, if any.
    """
    left, right = st.columns(2)
    if part is None:
        with left:
            _draw_probabilities(reading)
        with right:
            _draw_angles(reading)
    else:
        reach = max(reading.angles_degrees.values())
        with right, shown_to_visitor():
            st.subheader(f"The selection, {part[0]:.3f} to {part[1]:.3f} s")
            reach = _draw_selection(cache.part_reading(entry.path, sound, *part, voice=voice), reading, sound, reach)
        with left:
            st.subheader(f"The whole recording, {reading.duration_seconds:.3f} s")
            st.markdown(f"Heard as **{reading.verdict}**.")
            _draw_probabilities(reading)
            _draw_angles(reading, reach=reach)
    st.caption(
        "Marker: this recording. Band: the emotion's range, within which 90 % of its utterances by development "
        "speakers lie. A faint marker lies outside; outside all of them is none of these. "
        f"{_outside(entry.card, reading.nearest_class, voice)} 0° is the emotion's direction itself."
    )


def _draw_selection(
    selected: "EmotionPrediction | NotSpeech", reading: "EmotionPrediction", sound: SoundReference, reach: "Degrees"
) -> "Degrees":
    """Draw what is heard in a selected part; returns how far its angles reach."""
    if not selected.speech:
        draw_not_speech(selected, sound)
        return reach
    st.markdown(f"Heard as **{selected.verdict}**; the whole as **{reading.verdict}**.")
    _draw_probabilities(selected, of="selection")
    reach = max(reach, *selected.angles_degrees.values(), *selected.ranges_degrees.values())
    _draw_angles(selected, of="selection", reach=reach)
    for note in selected.notes:
        st.warning(plain(note))
    return reach


def _outside(card: "Card", label: str, voice: "Path | None") -> str:
    from ser_core.checkpoints.words import outside_in_words

    told = outside_in_words(card, label)
    return told if voice is None else f"For a voice that was not measured; as the model was trained: {told}"


def _draw_probabilities(reading: "EmotionPrediction", *, of: str = "recording") -> None:
    st.subheader("Probabilities")
    charts.draw(
        probabilities_figure(reading.probabilities),
        key=f"probabilities of the {of}",
        alt="Probability of each emotion: "
        + ", ".join(f"{label} {percent(value, digits=0)}" for label, value in reading.probabilities.items()),
    )


def _draw_angles(reading: "EmotionPrediction", *, of: str = "recording", reach: "Degrees" = 0.0) -> None:
    st.subheader("Angles")
    charts.draw(
        angles_figure(reading.angles_degrees, reading.ranges_degrees, reach=reach),
        key=f"angles of the {of}",
        alt="Angle to each emotion: "
        + ", ".join(f"{label} {value:.0f} degrees" for label, value in reading.angles_degrees.items()),
    )
