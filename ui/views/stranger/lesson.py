"""The lesson "A stranger's voice": one sentence of somebody new, after none to sixteen of their other clips."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ser_core.geometry.projection import PcaMap
from ser_core.lessons.strangers import HeardClip, Stranger, acquainted, first_shown, model_for_strangers
from ser_core.lessons.strangers_measured import StrangersHeard, StrangersMeasured, read_strangers
from ser_core.plots.after_clips import described_answers
from ui import cache
from ui.components import after_clips, checkpoint_choice, glossary, page_top, players
from ui.components.cross_corpus import draw_worth
from ui.components.percent import percent
from ui.components.text import plain
from ui.sound import sound_on_disk

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.checkpoints import Entry

TEXT = """
The hand of the dial is one sentence, and each emotion stands at its [[angle]] from it. On the map, the small markers
are [[utterances|utterance]] that the [[model]] knows, the large ones are the clips of one voice that it has never met,
in the colour of the emotion in which they were spoken. Press one to hear it.

**What is to be seen.** A voice is more than what it feels: it is high or low, it speaks another language in another
room. So all clips of somebody new lie off to one side in the [[embedding]], whatever was felt. The mean of a few clips
tells where, without anybody saying how they were spoken, and a part of that way is taken out: with one clip a third,
with four two thirds, with sixteen nearly all. The lines on the map are that way. Choose a clip of another voice: **it
helps some people and not others**, and it also takes away what somebody always expresses.
"""


def model() -> "Entry | None":
    """Choose the model that ships and has met the fewest of the voices; None where there is none."""
    return model_for_strangers(cache.checkpoints())


def draw_lesson(entry: "Entry") -> None:
    """Draw the picture, what was measured, and the text.

    Raises:
        AudioError: if a clip that ships cannot be read.
        CheckpointError: if the model is damaged.
    """
    heard = [(stranger, clips) for stranger, clips in cache.strangers_heard(entry.path) if clips]
    if not heard:
        st.info(f"{plain(checkpoint_choice.title(entry))} has heard all voices that ship: nobody is a stranger to it.")
        return
    known = cache.live_model(entry.path)
    after_clips.draw(
        cache.dial_classes(entry.path),
        [one for stranger, clips in heard for one in _shown(stranger, clips, entry.card.labels, known.map)],
        chosen=first_shown(heard[0][1]),
        ground=None if known.map is None else known.described["map"],
        key="a stranger's voice",
    )
    draw_worth(entry.card)
    _draw_measured(entry.path)
    glossary.draw(TEXT)
    met = "".join(
        f"; {plain(checkpoint_choice.title(one))} has learned from some of these speakers, who are no strangers to it"
        for one in acquainted(cache.checkpoints(), entry)
    )
    glossary.caption(
        f"Judged by {plain(checkpoint_choice.title(entry))}{met}. The clips here are few and were chosen to show "
        "both; how often it helps is what was measured on whole corpora. The German voices are of actors (EmoDB, CC0)."
    )


def _shown(
    stranger: Stranger, clips: Sequence[HeardClip], labels: Sequence[str], places: PcaMap | None
) -> list[after_clips.ShownClip]:
    manifest = cache.corpus(stranger.corpus)
    found = []
    for one in clips:
        row = one.utterance
        embeddings = np.stack([answer.prediction.embedding for answer in one.answers])
        sound = sound_on_disk(manifest.path(row), name=row.file, truth=row.emotion)
        found.append(
            after_clips.ShownClip(
                f"{stranger.title}: {row.emotion}",
                row.emotion,
                players.address(sound),
                described_answers(one.answers, labels, None if places is None else places.place(embeddings)),
                voice=stranger.title,
            )
        )
    return found


def _draw_measured(checkpoint: "Path") -> None:
    """Say what was measured of this model on whole corpora; nothing where it was not."""
    measured = _measured().of_model(cache.reader(checkpoint).checkpoint.digest)
    if not measured:
        return
    told = "; ".join(_in_words(one) for one in measured)
    glossary.draw(f"**Measured**, right answers of 100, before and after eight clips of each speaker: {told}.")
    glossary.caption(
        "[[Transductive]]: speech of the people who were judged was used, without labels. Eight clips are drawn 20 "
        "times, and the other clips are judged."
    )
    if page_top.experts():
        st.table(
            {
                "corpus": [one.corpus for one in measured],
                "speakers": [str(one.speakers) for one in measured],
                "guessing": [percent(one.chance) for one in measured],
                **{_clips(number): [percent(one.after(number)) for one in measured] for number in measured[0].clips},
            }
        )


def _clips(number: int) -> str:
    return f"{number} clip{'' if number == 1 else 's'}"


def _in_words(one: StrangersHeard) -> str:
    before, after, chance = (round(100 * value) for value in (one.after(0), one.after(8), one.chance))
    return f"{one.corpus} {before} → {after} (guessing: {chance})"


@st.cache_data(show_spinner=False)
def _measured() -> StrangersMeasured:
    return read_strangers()
