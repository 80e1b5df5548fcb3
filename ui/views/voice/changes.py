"""What a voice changes: one picture of all clips before and after, a sentence, and one clip angle by angle."""

import functools
from collections.abc import Sequence

import streamlit as st

from ser_core.inference import Reader
from ser_core.inference.own_voice import Change, after_clips, before_and_after
from ser_core.inference.voice_summary import summary
from ser_core.plots.after_clips import after_clips_figure, in_words
from ser_core.plots.heard_clips import heard_figure
from ser_core.plots.voice_change import change_figure
from ser_core.voices import Voice
from ui import state
from ui.components import charts, glossary, players
from ui.components.text import plain
from ui.sound import SoundReference

CLIP = "clip that is looked at"
PICTURE = "clips before and after"
HOW = (
    "Each clip is judged by what the other clips tell of the voice, never by itself. A handful of clips shows what "
    "happens to them, not how often the next one will be right."
)


def draw_changes(reader: Reader, voice: Voice, sounds: Sequence[SoundReference]) -> None:
    """Draw the picture with its sentence, and the clip that was pressed; sounds are those of the voice's clips."""
    changes, labels = before_and_after(reader, voice), reader.labels
    told = summary(changes)
    picture = st.container()
    st.markdown(f"**{plain(told)}**")
    if any(change.held_out for change in changes):
        st.caption(HOW)
    alone = sum(not change.held_out for change in changes)
    if alone:
        st.warning(
            f"{alone} of {len(changes)} clips {'is' if alone == 1 else 'are'} judged by a voice that "
            f"{'it' if alone == 1 else 'they'} made, since no other clip could: that flatters. Give more clips."
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
    if chosen is not None:
        _draw_clip(changes[chosen], sounds[chosen])
        _draw_after_clips(reader, voice, changes[chosen])


def _choose(changes: Sequence[Change]) -> int | None:
    names = [_title(change) for change in changes]
    key = state.prepared_value(CLIP, None)
    if st.session_state[key] not in names:
        st.session_state[key] = None
    name: str | None = st.selectbox(
        "One clip, angle by angle",
        names,
        index=None,
        key=key,
        placeholder="Press a clip in the picture, or choose it here",
    )
    state.remember(CLIP, name)
    return None if name is None else names.index(name)


def _title(change: Change) -> str:
    return change.clip.name if change.clip.emotion is None else f"{change.clip.name}, spoken {change.clip.emotion}"


def _take(changes: Sequence[Change]) -> None:
    """Choose the clip whose marker was pressed."""
    for (number,) in state.selected_points(PICTURE):
        if 0 <= number < len(changes):
            state.choose(CLIP, _title(changes[number]))


def _draw_clip(change: Change, sound: SoundReference) -> None:
    before, after, spoken = change.before, change.after, change.clip.emotion
    heard = f"heard as **{before.verdict}**, then as **{after.verdict}**"
    if before.verdict == after.verdict:
        heard = f"heard as **{after.verdict}** before and after"
    own = "" if change.held_out else " (judged by the voice that it made)"
    told = "" if spoken is None else f"spoken as **{spoken}**, "
    st.markdown(f"{plain(change.clip.name)}: {told}{heard}{own}.")
    players.play(sound)
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


def _draw_after_clips(reader: Reader, voice: Voice, change: Change) -> None:
    """Draw how the answer to a clip changes with the number of the others that are known."""
    answers = after_clips(reader, voice, change.clip)
    if len(answers) < 2:
        return
    st.markdown(f"The same clip, the more of the others are known: {in_words(answers)}.")
    charts.draw(
        after_clips_figure(answers, reader.labels),
        key="answers after clips",
        alt=f"Probabilities over the number of known clips. The answer is {in_words(answers)}.",
        buttons=False,
    )
