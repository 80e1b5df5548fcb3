"""Prompts one after another: shown, recorded, looked at, kept, until none is left."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ser_core.errors import AudioError
from ser_core.labels import COLOURS, SYMBOLS
from ser_core.recordings import Collection, CollectionContents, Prompt, Speaker, Take, open_prompts, prompts
from ser_core.recordings.speakers import consent_text
from ser_core.recordings.takes import LONGEST
from ui import state
from ui.components import recorder
from ui.components.numbers import NumberField
from ui.components.text import plain
from ui.views.studio import computer, review
from ui.views.studio.attempt import attempt_of, attempted, failed, keep, tried_again, trouble_of
from ui.views.studio.speaker import shown_text, speaking
from ui.views.studio.steps import PLAN, RECORDINGS, SPEAKER, go_on

_COUNTDOWN = NumberField("Countdown (s)", 0, 10, help="Between pressing Record and the recording.")
AT_ONCE = "keep good takes at once"
COUNTDOWN = "countdown of the studio"


@dataclass(frozen=True)
class SpeakerProgress:
    """Progress of a speaker through the prompts.

    Attributes:
        speaker: name.
        asked: every prompt of the plan.
        open: those that no recording answers, the next one first.
    """

    speaker: str
    asked: tuple[Prompt, ...]
    open: tuple[Prompt, ...]


def draw_record(corpus: Collection, contents: CollectionContents) -> None:
    """Draw the next prompt, or the take of it that was just recorded.

    Raises:
        SerError: if the plan or the speakers cannot be read, or the microphone cannot be used.
    """
    speakers = corpus.speakers()
    agreed = [
        name
        for name, speaker in speakers.items()
        if speaker.has_agreed_to(state.recall(shown_text(corpus, name)) or consent_text(speakers, name))
    ]
    if not agreed:
        _lead_to_agreement(corpus, speakers)
        return
    course = _choose_speaker(corpus, contents, agreed)
    _draw_progress(course)
    stage = st.container()  # what is spoken comes first on the page, what is rarely changed below it
    countdown, microphone = _choose_means()
    if course.open:
        _draw_left(course)
    with stage:
        attempt = attempt_of(corpus)
        prompt = _next(corpus, course)
        if attempt is not None and attempt.speaker == course.speaker:
            review.draw_review(corpus, attempt)
        elif prompt is None:
            _draw_end(corpus, course)
        else:
            _draw_prompt(corpus, course, prompt, countdown, microphone)
            _draw_last(contents, course.speaker)


def _next(corpus: Collection, course: SpeakerProgress) -> Prompt | None:
    """Return the prompt that is asked for: the same until it is recorded or skipped.

    Another tab may answer it meanwhile; what is being spoken here still belongs to it.
    """
    name = f"asked for in {corpus.name}"
    turn = (course.speaker, tried_again(corpus), state.recall(_skipped(corpus, course.speaker), ()))
    asked: tuple[object, Prompt | None] = state.recall(name, (None, None))
    if asked[0] == turn and asked[1] in course.asked:
        return asked[1]
    prompt = course.open[0] if course.open else None
    state.remember(name, (turn, prompt))
    return prompt


def _draw_prompt(
    corpus: Collection,
    course: SpeakerProgress,
    prompt: Prompt,
    countdown: int,
    microphone: "computer.ChosenMicrophone | None",
) -> None:
    trouble = trouble_of(corpus)
    if trouble:
        st.error(plain(trouble))
    shown = recorder.RecorderState(
        prompt=f"{course.speaker}|{prompt.emotion.word}|{prompt.sentence}|{prompt.repetition}|{tried_again(corpus)}",
        sentence=prompt.sentence,
        emotion=prompt.emotion.word,
        colour=COLOURS[prompt.emotion.label],
        symbol=SYMBOLS[prompt.emotion.label],
        countdown=countdown,
        longest=LONGEST,
        here=microphone is None,
    )
    take = _from_browser(corpus, shown) if microphone is None else computer.draw(corpus, shown, microphone)
    st.button("Skip for now", on_click=_skip, args=(corpus, course.speaker, prompt), disabled=len(course.open) < 2)
    if take is not None:
        made = attempted(corpus, take, prompt, course.speaker)
        if made is not None and made.good and state.recall(AT_ONCE, False):
            keep(corpus, made, made.judgement.start, made.judgement.end)
        st.rerun()


def _from_browser(corpus: Collection, shown: recorder.RecorderState) -> Take | None:
    try:
        heard = recorder.draw(shown, key=f"recorder|{corpus.name}")
    except AudioError as error:
        failed(corpus, error)
        st.rerun()
    return heard.take if heard.prompt == shown.prompt else None


def _lead_to_agreement(corpus: Collection, speakers: dict[str, Speaker]) -> None:
    with st.container(border=True):
        st.markdown(
            "**A speaker has to agree first.** "
            + ("The text has changed since." if speakers else "Enter who speaks, and let them read the text.")
        )
        st.button("To the speaker →", type="primary", on_click=go_on, args=(corpus, SPEAKER))


def _choose_speaker(corpus: Collection, contents: CollectionContents, agreed: Sequence[str]) -> SpeakerProgress:
    who, again = st.columns([3, 1], vertical_alignment="bottom")
    name = who.selectbox("Speaker", agreed, key=state.prepared(speaking(corpus), agreed))
    state.remember(speaking(corpus), name)
    again.button("Another speaker", on_click=go_on, args=(corpus, SPEAKER))
    asked = prompts(corpus.plan(), name)
    still = open_prompts(asked, contents.of(name))
    skipped = state.recall(_skipped(corpus, name), ())
    later = [prompt for prompt in still if prompt in skipped]
    return SpeakerProgress(name, asked, (*(prompt for prompt in still if prompt not in skipped), *later))


def _choose_means() -> "tuple[int, computer.ChosenMicrophone | None]":
    with st.expander("Microphone and countdown"):
        first, second, third = st.columns([2, 1, 2], vertical_alignment="bottom")
        microphone = computer.choose(first)
        typed = _COUNTDOWN.draw(COUNTDOWN, 3, where=second)
        at_once = third.toggle(
            "Keep takes with nothing wrong at once",
            key=state.prepared_value(AT_ONCE, False),
            help="Cut to the speech, and on to the next prompt. What is doubtful is still shown first.",
        )
        state.remember(AT_ONCE, at_once)
    return int(_COUNTDOWN.checked(typed)), microphone


def _draw_progress(course: SpeakerProgress) -> None:
    done, of = len(course.asked) - len(course.open), len(course.asked)
    st.progress(done / of, text=f"{done} of {of} prompts recorded, {len(course.open)} left")


def _draw_left(course: SpeakerProgress) -> None:
    counts = Counter(prompt.emotion.word for prompt in course.open)
    with st.expander("What is left"):
        st.markdown("\n".join(f"- {plain(word)}: {count}" for word, count in counts.items()))
        st.caption("Stop whenever you like: what was kept stays, and the rest is asked for another day.")


def _draw_end(corpus: Collection, course: SpeakerProgress) -> None:
    with st.container(border=True):
        st.markdown(
            f"**Everything is recorded.** {plain(course.speaker)} has answered all {len(course.asked)} prompts."
        )
        with st.container(horizontal=True):
            st.button("See the recordings", type="primary", on_click=go_on, args=(corpus, RECORDINGS))
            st.button("Add to the plan", on_click=go_on, args=(corpus, PLAN))


def _draw_last(contents: CollectionContents, speaker: str) -> None:
    rows = contents.of(speaker)
    if rows:
        row = rows[-1]
        st.caption(f"Kept last: {plain(row.intensity or row.emotion or '')}, “{plain(row.text or '')}”")


def _skip(corpus: Collection, speaker: str, prompt: Prompt) -> None:
    name = _skipped(corpus, speaker)
    former = [one for one in state.recall(name, ()) if one != prompt]
    state.remember(name, (*former, prompt))


def _skipped(corpus: Collection, speaker: str) -> str:
    return f"skipped by {speaker} in {corpus.name}"
