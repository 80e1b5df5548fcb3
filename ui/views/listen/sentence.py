"""A sentence typed on the page: how pleasant and how excited its words are, whoever says it."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.written_numbers import fixed
from ui import cache, state
from ui.components import charts, checkpoint_choice, folded, glossary
from ui.components.text import plain
from ui.errors import shown_to_visitor

if TYPE_CHECKING:
    from ser_core.checkpoints import Entry
    from ser_core.inference import TextPrediction
    from ser_core.tasks import RatingsTask

TITLE = "What is said: a sentence in writing"
EXAMPLE = "What a wonderful surprise!"
NEAR = 0.5  # deviations of the training ratings from their mean within which a sentence is called ordinary
MOST_LETTERS = 2_000
_SIDES = {"valence": ("unpleasant", "pleasant"), "arousal": ("calm", "excited")}


def draw_sentence() -> None:
    """Draw the part of the page that takes a sentence; it is drawn only while it is open and a model can read."""
    models = cache.text_models()
    if not models:
        return
    part = folded.expander("sentence in writing", TITLE)
    if not part.open:
        return
    with part, shown_to_visitor():
        text = st.text_input(
            "A sentence, in English", EXAMPLE, max_chars=MOST_LETTERS, key=state.key_of("sentence typed")
        )
        entry = models[0]
        if len(models) > 1:
            entry = st.selectbox(
                "Model", models, format_func=checkpoint_choice.title, key=state.key_of("model of words")
            )
        _draw_rated(text, entry)


def _draw_rated(text: str, entry: "Entry") -> None:
    from ser_core.plots.sentence import plane_figure, words_figure
    from ser_core.tasks import RatingsTask

    reader = cache.text_reader(entry.path)
    task = reader.checkpoint.card.definitions[0]
    prediction = reader.read(text)
    if not isinstance(task, RatingsTask) or not {"valence", "arousal"} <= set(task.dimensions):
        st.markdown(", ".join(f"{name} {fixed(value, 2)}" for name, value in prediction.ratings.items()))
        return
    answer = in_words(prediction, task)
    st.subheader(answer, anchor=False)
    plane, words = st.columns(2)
    ratings = ", ".join(f"{name} {fixed(value, 2)}" for name, value in prediction.ratings.items())
    with plane:
        charts.draw(
            plane_figure(prediction, task),
            key="sentence-plane",
            alt=f"The sentence on the plane of valence and arousal: {answer.lower()}. {ratings}.",
            buttons=False,
        )
    with words:
        moved = ", ".join(f"{word.word} {fixed(word.moved['valence'], 2, signed=True)}" for word in prediction.words)
        charts.draw(
            words_figure(prediction), key="sentence-words", alt=f"What each word moves valence: {moved}.", buttons=False
        )
    for note in prediction.notes:
        st.caption(plain(note))
    glossary.caption(_worth(entry))


def in_words(prediction: "TextPrediction", task: "RatingsTask") -> str:
    """Say where a sentence lies beside the mean of the training ratings, for example "Pleasant, excited"."""
    found = []
    for name, mean, deviation in zip(task.dimensions, task.means, task.deviations, strict=True):
        if name in _SIDES:
            away = (prediction.ratings[name] - mean) / deviation
            low, high = _SIDES[name]
            found.append(high if away > NEAR else low if away < -NEAR else f"neither {low} nor {high}")
    return ", ".join(found).capitalize()


def _worth(entry: "Entry") -> str:
    card = entry.card
    found = card.task_metrics.get("test", {}).get("ratings", {})
    agrees = ", ".join(f"{name} {fixed(found[f'ccc_{name}'], 2)}" for name in _SIDES if f"ccc_{name}" in found)
    measured = f" [[CCC]] with people's [[ratings]] of sentences it never saw: {agrees}." if agrees else ""
    return (
        f"The words alone, on the scale of {plain(card.corpus)}; nothing is heard, and no person is judged."
        f"{measured} {checkpoint_choice.terms(card)}"
    )
