"""What a voice changes: one picture of all clips before and after, a sentence, and one clip angle by angle."""

import functools
from collections.abc import Sequence

import streamlit as st

from ser_core.inference import Reader
from ser_core.inference.own_voice import Change, after_clips, before_and_after
from ser_core.inference.voice_summary import summary
from ser_core.plots.after_clips import described_answers, in_words
from ser_core.plots.angle_dial import DialClass
from ser_core.plots.heard_clips import heard_figure
from ser_core.plots.voice_change import change_figure
from ser_core.voices import Voice
from ser_core.written_numbers import counted
from ui import state
from ui.components import after_clips as answers_in_browser
from ui.components import charts, glossary, players
from ui.components.text import plain
from ui.sound import SoundReference

CLIP = "clip that is looked at"
PICTURE = "clips before and after"
HOW = (
    "Each clip is judged by what the other clips tell of the voice, never by itself. A handful of clips shows what "
    "happens to them, not how often the next one will be right."
)


def draw_changes(reader: Reader, voice: Voice, sounds: Sequence[SoundReference], classes: Sequence[DialClass]) -> None:
    """Draw the picture of all clips with its sentence, and one clip, at first one that is heard otherwise now.

    Args:
        reader: the model without the voice.
        voice: made of the clips.
        sounds: of the voice's clips.
        classes: of the model; see :func:`ser_core.plots.angle_dial.dial_classes`.
    """
    changes, labels = before_and_after(reader, voice), reader.labels
    told = summary(changes)
    picture = st.container()
    st.markdown(f"**{plain(told)}**")
    if any(change.held_out for change in changes):
        st.caption(HOW)
    alone = sum(not change.held_out for change in changes)
    if alone:
        st.warning(
            f"{counted(alone, 'clip')} of {len(changes)}: judged by a voice made of no other clip. That flatters. Give "
            "more clips."
        )
    chosen = _choose(changes)
    with picture:
        charts.draw_to_select(
            heard_figure(changes, labels, chosen=chosen),
            key=PICTURE,
            alt=f"As what each clip is heard, before and after. {told}",
            buttons=False,
            on_select=functools.partial(_take, changes),
        )
    _draw_clip(changes[chosen])
    if not _draw_after_clips(reader, voice, changes[chosen], sounds[chosen], classes):
        players.play(sounds[chosen])
    _draw_angles(changes[chosen])


def _choose(changes: Sequence[Change]) -> int:
    names = [_title(change) for change in changes]
    moved = (name for name, one in zip(names, changes, strict=True) if one.before.verdict != one.after.verdict)
    key = state.prepared(CLIP, names, next(moved, names[0]))
    name: str = st.selectbox("One clip: press it in the picture, or choose it here", names, key=key)
    state.remember(CLIP, name)
    return names.index(name)


def _title(change: Change) -> str:
    return change.clip.name if change.clip.emotion is None else f"{change.clip.name}, spoken {change.clip.emotion}"


def _take(changes: Sequence[Change]) -> None:
    """Choose the clip whose marker was pressed."""
    for (number,) in state.selected_points(PICTURE):
        if 0 <= number < len(changes):
            state.choose(CLIP, _title(changes[number]))


def _draw_clip(change: Change) -> None:
    before, after, spoken = change.before, change.after, change.clip.emotion
    heard = f"heard as **{before.verdict}**, then as **{after.verdict}**"
    if before.verdict == after.verdict:
        heard = f"heard as **{after.verdict}** before and after"
    own = "" if change.held_out else " (judged by the voice that it made)"
    told = "" if spoken is None else f"spoken as **{spoken}**, "
    st.markdown(f"{plain(change.clip.name)}: {told}{heard}{own}.")


def _draw_after_clips(
    reader: Reader, voice: Voice, change: Change, sound: SoundReference, classes: Sequence[DialClass]
) -> bool:
    """Draw how the answer to a clip changes with the number of the others that are known; False if there are none."""
    answers = after_clips(reader, voice, change.clip)
    if len(answers) < 2:
        return False
    shown = answers_in_browser.ShownClip(
        change.clip.name, change.clip.emotion, players.address(sound), described_answers(answers, reader.labels)
    )
    answers_in_browser.draw(classes, [shown], key="answers after clips")
    st.markdown(f"The same clip, the more of the others are known: {in_words(answers)}.")
    return True


def _draw_angles(change: Change) -> None:
    before, after, spoken = change.before, change.after, change.clip.emotion
    moved = [
        f"{label} {angle:.0f}, {after.angles_degrees[label]:.0f}" for label, angle in before.angles_degrees.items()
    ]
    charts.draw(
        change_figure(before.angles_degrees, after.angles_degrees, spoken=spoken),
        key="change of a clip",
        alt=f"Angle to each emotion before and after, in degrees: {'; '.join(moved)}.",
        buttons=False,
    )
    glossary.caption(
        "Tick: the [[angle]] as the model was trained. Marker: for this voice. 0° is the emotion's [[direction]] "
        f"itself{'' if spoken is None else '; bold is the emotion in which the clip was spoken'}."
    )
