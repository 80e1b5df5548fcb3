"""Clips that are recorded already: a speaker's takes in a corpus of one's own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ser_core.corpora.manifest import Utterance
from ser_core.errors import VoiceError
from ser_core.recordings import Collection
from ser_core.voices.voice import MOST_CLIPS


@dataclass(frozen=True)
class SpeakerTakes:
    """Recordings of a speaker, oldest first, in the emotions of a model; notes on what was left out."""

    rows: tuple[Utterance, ...]
    notes: tuple[str, ...]


def takes_of(corpus: Collection, speaker: str, labels: Sequence[str]) -> SpeakerTakes:
    """Choose a speaker's takes in the emotions that a model knows.

    Raises:
        CorpusError: if the corpus is damaged.
        VoiceError: if the speaker has recorded nothing that the model knows.
    """
    contents = corpus.contents()
    there = [row for row in contents.of(speaker) if row.file not in contents.missing]
    known = [row for row in there if row.emotion in labels]
    if not known:
        speakers = ", ".join(dict.fromkeys(row.speaker for row in contents.rows)) or "nobody"
        raise VoiceError(
            f"Expected recordings of {speaker!r} in {corpus.name} of {', '.join(labels)}; got {len(there)} recordings, "
            f"none of these. Recorded there: {speakers}. Record some with: python -m ser_core record {corpus.name} "
            "--speaker NAME"
        )
    counts = Counter(row.emotion for row in there if row.emotion not in labels)
    notes = [f"Left out, since the model does not know {emotion}: {count}." for emotion, count in counts.items()]
    if len(known) > MOST_CLIPS:
        notes.append(f"The last {MOST_CLIPS} of {len(known)} recordings are taken.")
    return SpeakerTakes(tuple(known[-MOST_CLIPS:]), tuple(notes))
