"""Which parts of the sound decided, on demand."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.inference.attribution import methods_for
from ser_core.plots.attribution import attribution_figure
from ser_core.written_numbers import fixed
from ui import cache, state
from ui.components import charts, page_top
from ui.components.progress import counter
from ui.errors import shown_to_visitor
from ui.sound import SoundReference

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.checkpoints import Entry
    from ser_core.inference import EmotionPrediction

NAMES = {"occlusion": "Hide parts", "integrated gradients": "Follow every point"}
ASKS = {"occlusion": "What is lost without each?", "integrated gradients": "What does each add?"}
MEANING = {
    "occlusion": "One rectangle after another is replaced by the mean of the training speech; its colour is how much "
    "evidence for {label} is lost without it.",
    "integrated gradients": "The sound is built up from the mean of the training speech; the colour of a point is its "
    "share of the evidence for {label} that comes with it.",
}
SILENCED = (
    "One part after another is silenced, and the model asked again; its colour is how much evidence for {label} is "
    "lost without it."
)
ASKED = "asked which parts decided"


def draw_decided(
    reading: "EmotionPrediction", sound: SoundReference, entry: "Entry", voice: "Path | None" = None
) -> None:
    """Draw the button, and after its press the parts of the spectrogram that speak for and against the answer.

    Args:
        reading: of the recording.
        sound: the recording.
        entry: the model.
        voice: file of the voice for which it judges, if any.
    """
    st.subheader("Which parts of the sound decided")
    label = reading.emotion if reading.inside_range else reading.nearest_class
    press, how = st.columns(2, vertical_alignment="center")
    if press.button(f"Show what speaks for {label}", icon=":material/search:"):
        state.remember(ASKED, sound.key)
    methods = methods_for(entry.card)
    method = methods[0]
    if len(methods) > 1:
        key = state.prepared("method of attribution", methods)
        method = how.radio(
            "Method",
            methods,
            key=key,
            format_func=NAMES.__getitem__,
            captions=[ASKS[name] for name in methods],
            horizontal=True,
            label_visibility="collapsed",
        )
        state.remember("method of attribution", method)
    if state.recall(ASKED) != sound.key:
        return
    with shown_to_visitor():
        place = st.empty()
        found = cache.attribution(
            entry.path, sound, label, method, voice, progress=counter("Looking for the parts that decided", place)
        )
        place.empty()
        charts.draw(
            attribution_figure(found),
            key="which parts decided",
            alt=f"Spectrogram with what speaks for {label} in purple and against it in orange.",
            buttons=page_top.experts(),  # on a phone they lie over the words beside the colours
        )
        meaning = SILENCED if found.of_sound else MEANING[method]
        st.caption(meaning.format(label=label))
        if page_top.experts():
            st.caption(
                f"{method.capitalize()}. Evidence ({found.measure}) for {label}: {fixed(found.evidence, 3)}; "
                f"with everything hidden {fixed(found.baseline, 3)}; all shares add up to "
                f"{fixed(found.values.sum(), 3)}."
            )
