"""Prediction of a model: emotion or none of these, probabilities, and angles."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.plots.angles import angles_figure
from ser_core.plots.probabilities import probabilities_figure
from ui import cache
from ui.components import charts
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.sound import SoundReference

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.checkpoints import Entry
    from ser_core.checkpoints.card import Card
    from ser_core.inference import EmotionPrediction, NotSpeech
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
    reading: "EmotionPrediction", sound: SoundReference, card: "Card", voice: "Path | None" = None
) -> None:
    """Draw the answer in words.

    Args:
        reading: of the recording.
        sound: the recording.
        card: of the model: by which of its ways it chooses an emotion, and what its ranges are worth.
        voice: file of the voice for which it judges, if any.
    """
    back_end = card.back_end
    nearest = reading.nearest_class
    angle, limit = reading.angles_degrees[nearest], reading.ranges_degrees[nearest]
    answer, closest, likely = st.columns(3)
    answer.metric(
        "The model hears",
        reading.verdict,
        border=True,
        help=f"Chosen by {CHOSEN_BY.get(back_end, back_end)}, as this model's card says.",
    )
    closest.metric("Nearest direction", f"{nearest}, {angle:.0f}°", border=True)
    top = max(reading.probabilities, key=lambda label: reading.probabilities[label])
    likely.metric("Most probable", f"{top}, {reading.probabilities[top]:.0%}", border=True)
    if not reading.inside_range:
        st.warning(
            f"None of these: the recording lies outside the range of every emotion that this model knows. "
            f"The nearest is {nearest} at {angle:.0f}°, whose range ends at {limit:.0f}°. "
            "The probabilities only compare the known emotions with each other. "
            f"{_outside(card, nearest, voice)}"
        )
    elif reading.angles_degrees[reading.emotion] > reading.ranges_degrees[reading.emotion]:
        within = [label for label, angle in reading.angles_degrees.items() if angle <= reading.ranges_degrees[label]]
        st.warning(
            f"The two ways to judge disagree: the answer is {reading.emotion}, but the recording lies at "
            f"{reading.angles_degrees[reading.emotion]:.0f}°, outside that emotion's range, which ends at "
            f"{reading.ranges_degrees[reading.emotion]:.0f}°, and inside that of {' and '.join(within)}. "
            "Such an answer is uncertain."
        )
    for note in reading.notes:
        if note not in cache.signal(sound).notes:  # those are shown with the sound itself
            st.warning(plain(note))
    if sound.truth is not None:
        st.caption(f"Spoken as: {sound.truth}{' (artificial speech)' if sound.artificial else ''}.")


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
        "speakers lie. A hollow marker lies outside; outside all of them is none of these. "
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
        + ", ".join(f"{label} {value:.0%}" for label, value in reading.probabilities.items()),
    )


def _draw_angles(reading: "EmotionPrediction", *, of: str = "recording", reach: "Degrees" = 0.0) -> None:
    st.subheader("Angles")
    charts.draw(
        angles_figure(reading.angles_degrees, reading.ranges_degrees, reach=reach),
        key=f"angles of the {of}",
        alt="Angle to each emotion: "
        + ", ".join(f"{label} {value:.0f} degrees" for label, value in reading.angles_degrees.items()),
    )
