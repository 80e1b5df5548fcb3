"""What is to be spoken: sentences, emotions, repetitions and their order."""

import streamlit as st

from ser_core.errors import ConfigError
from ser_core.labels import EMOTIONS
from ser_core.recordings import ORDERS, Collection, CollectionContents, RecordingPlan
from ser_core.recordings.plan import SENTENCES
from ui import state
from ui.components.numbers import NumberField
from ui.components.text import plain
from ui.views.studio.steps import SPEAKER, go_on

SECONDS_PER_PROMPT = 12  # spoken, looked at, kept
_REPETITIONS = NumberField("Repetitions", 1, 100, help="How often each sentence is spoken in each emotion.")
_SEED = NumberField("Seed of the order", 0, 2**31 - 1, help="The same seed gives the same order.")


def draw_plan(corpus: Collection, contents: CollectionContents) -> None:
    """Draw the plan to be changed and kept.

    Raises:
        SerError: if a value cannot be, or the plan cannot be kept.
    """
    saved = _saved(corpus)
    names = {
        what: f"{what} of {corpus.name}" for what in ("sentences", "emotions", "own", "repetitions", "order", "seed")
    }
    with st.container(horizontal=True):
        for language, sentences in SENTENCES.items():
            st.button(f"{language} sentences", on_click=state.choose, args=(names["sentences"], "\n".join(sentences)))
    left, right = st.columns(2)
    text = left.text_area(
        "Sentences, one in each line",
        key=state.prepared_value(names["sentences"], "\n".join(saved.sentences)),
        height=220,
        help="Words that fit every emotion and name none, so that only the voice shows it.",
    )
    state.remember(names["sentences"], text)
    with right:
        canonical = [emotion for emotion in saved.emotions if "=" not in emotion]
        emotions = st.multiselect(
            "Emotions", EMOTIONS, key=state.prepared_several(names["emotions"], EMOTIONS, canonical)
        )
        state.remember(names["emotions"], emotions)
        own = st.text_input(
            "Emotions of your own",
            key=state.prepared_value(names["own"], ", ".join(one for one in saved.emotions if "=" in one)),
            placeholder="furious=angry, proud=other",
            help="The word that the speaker reads, and the emotion that it counts as. The word is kept as intensity.",
        )
        state.remember(names["own"], own)
        first, second = st.columns(2)
        repetitions = _REPETITIONS.draw(names["repetitions"], saved.repetitions, where=first)
        orders = list(ORDERS)
        order = second.selectbox(
            "Order", orders, key=state.prepared(names["order"], orders, saved.order), format_func=ORDERS.__getitem__
        )
        state.remember(names["order"], order)
        seed = _SEED.draw(names["seed"], saved.seed, where=first)
    plan = RecordingPlan(
        sentences=tuple(line for line in text.splitlines() if line.strip()),
        emotions=(*emotions, *(one.strip() for one in own.split(",") if one.strip())),
        repetitions=int(_REPETITIONS.checked(repetitions)),
        order=order,
        seed=int(_SEED.checked(seed)),
    )
    minutes = max(1, round(len(plan) * SECONDS_PER_PROMPT / 60))
    st.markdown(
        f"{len(plan.sentences)} sentences × {len(plan.emotions)} emotions × {plan.repetitions} = "
        f"**{len(plan)} prompts** for each speaker, about {minutes} {'minute' if minutes == 1 else 'minutes'}."
    )
    if any(one.partition("=")[2].strip() == "other" for one in plan.emotions):
        st.caption("What counts as “other” is learned as one emotion.")
    if st.button("Keep this plan", type="primary"):
        corpus.save_plan(plan)
        go_on(corpus, SPEAKER)
        st.rerun()
    if contents.rows:
        st.caption("A changed plan leaves what was recorded as it is; what fits the new plan is not asked for again.")


def _saved(corpus: Collection) -> RecordingPlan:
    try:
        return corpus.plan()
    except ConfigError as error:
        st.warning(f"The plan that was kept cannot be read, and a new one is begun. {plain(str(error))}")
        return RecordingPlan()
