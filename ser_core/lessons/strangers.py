"""Voices that a model has not met, clip by clip, after none to sixteen of their other clips.

The lesson computes them of what ships: nothing is kept that would be of another model.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ser_core.audio.reading import read_audio
from ser_core.checkpoints.card import Card
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.inference.own_voice import COUNTS, AfterClips, after_clips, clip_of, make_voice
from ser_core.inference.reader import Reader
from ser_core.inference.scoring import share_speakers
from ser_core.seeding import stream
from ser_core.voices import UNLABELLED

if TYPE_CHECKING:
    from ser_core.checkpoints import Entry

MOST_CLIPS = max(COUNTS) + 1  # of a voice that are read: sixteen others of any one
SEED = 0  # of the order in which clips become known


@dataclass(frozen=True)
class Stranger:
    """A speaker of a corpus that ships.

    Attributes:
        corpus: a kind of :data:`ser_core.corpora.CORPORA`.
        speaker: name in it.
        title: in words.
        sentence: of the manifest, whose clips are shown; every clip where it is empty.
    """

    corpus: str
    speaker: str
    title: str
    sentence: str = ""


# A voice that few clips help, one that they do not help, and one with enough clips for all steps.
STRANGERS = (
    Stranger("emodb-clips", "13", "A woman, German"),
    Stranger("emodb-clips", "11", "A man, German"),
    Stranger("demo", "voice06", "An artificial voice", sentence="s1"),
)


@dataclass(frozen=True)
class HeardClip:
    """A clip of a stranger, and what is heard after each number of the stranger's other clips."""

    utterance: Utterance
    answers: tuple[AfterClips, ...]


def unmet(card: Card) -> list[Stranger]:
    """List the strangers from whose corpus a model has not learned, by its card."""
    return [one for one in STRANGERS if not share_speakers(card.corpus, one.corpus)]


def model_for_strangers(entries: "Iterable[Entry]") -> "Entry | None":
    """Choose the model that ships and has met the fewest strangers, one that learned from people before any other.

    None where no model ships that tells emotions.
    """
    telling = [entry for entry in entries if entry.card.labels and not entry.made_here]
    return min(telling, key=lambda entry: (entry.card.artificial, -len(unmet(entry.card))), default=None)


def acquainted(entries: "Iterable[Entry]", chosen: "Entry") -> "list[Entry]":
    """List the models that ship and learned from people, but have met more of the strangers than the chosen one."""
    telling = (entry for entry in entries if entry.card.labels and not entry.made_here and not entry.card.artificial)
    return [entry for entry in telling if len(unmet(entry.card)) < len(unmet(chosen.card))]


def heard_clips(reader: Reader, manifest: Manifest, stranger: Stranger) -> list[HeardClip]:
    """Judge a stranger's clips after 0, 1, 2, 4, 8 and 16 of the others, as far as there are so many.

    Clips become known in an order drawn by :data:`SEED`, whatever was felt in them. Those are judged whose emotion the
    model knows; one take of each emotion where a sentence is given.

    Raises:
        AudioError: if a recording cannot be read.
    """
    rows = [row for row in manifest.utterances if row.speaker == stranger.speaker]
    order = stream(SEED, "stranger", stranger.speaker).permutation(len(rows))
    shown = _shown(rows, reader.labels, stranger.sentence)
    known = [rows[place] for place in order][:MOST_CLIPS]
    clips = {
        row.file: clip_of(
            reader,
            read_audio(manifest.path(row), sample_rate=reader.front_end.sample_rate),
            name=row.file,
            emotion=row.emotion if row.emotion in reader.labels else None,
        )
        for row in dict.fromkeys([*known, *shown])
    }
    voice = make_voice(reader, stranger.title, UNLABELLED, list(clips.values()))
    return [HeardClip(row, tuple(after_clips(reader, voice, clips[row.file]))) for row in shown]


def first_shown(clips: Sequence[HeardClip]) -> int:
    """Return the number of the clip whose own emotion gains most, of those heard wrongly at first and rightly at last.

    Of all clips where there is none of those.
    """

    def gain(number: int) -> tuple[bool, float]:
        spoken = str(clips[number].utterance.emotion)  # only such clips are shown
        first, last = (clips[number].answers[place].prediction for place in (0, -1))
        put_right = first.verdict != spoken == last.verdict
        return put_right, last.probabilities[spoken] - first.probabilities[spoken]

    return max(range(len(clips)), key=gain)


def _shown(rows: Sequence[Utterance], labels: Sequence[str], sentence: str) -> list[Utterance]:
    known = [row for row in rows if row.emotion in labels and sentence in ("", row.sentence)]
    return list({row.emotion: row for row in reversed(known)}.values())[::-1] if sentence else known
