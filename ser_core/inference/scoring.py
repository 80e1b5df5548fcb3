"""A finished model on labelled corpora: scores of speakers that it has not learned from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.checkpoints.card import Card
from ser_core.corpora import CORPORA
from ser_core.corpora.manifest import DROP, Manifest
from ser_core.errors import InputError
from ser_core.evaluation.cross_corpus import CorpusScores, CrossCorpusSummary, corpus_scores
from ser_core.inference.embedding import UNKNOWN, embed_corpus
from ser_core.inference.heard_before import speakers_heard_before
from ser_core.inference.reader import Reader
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

_LEARNED_FROM = ("train", "development")


@dataclass(frozen=True)
class ScoredCorpus:
    """Scores of one model on one corpus, after ``--map``.

    Attributes:
        corpus_option: how ``--corpus`` named it.
        trained_on: whether the model learned from other speakers of this corpus.
        left_out: utterances by speakers whom the model has learned from, or of whom this is unknown.
        recognised: how many of these were only found by their embeddings.
        scores: of the others.
    """

    manifest: Manifest
    corpus_option: str
    mapping: Mapping[str, str]
    trained_on: bool
    left_out: int
    recognised: int
    scores: CorpusScores

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes of the scoring, besides those of reading the corpus."""
        if not self.recognised:
            return ()
        return (
            f"{self.recognised} utterances are left out whose speakers the model has learned from, although the corpus "
            "has another name: it computes of recordings of theirs what it did at its training.",
        )

    def as_table(self) -> dict[str, Any]:
        """Return it as JSON; see ``docs/contract.md``."""
        return {
            "corpus": self.manifest.corpus,
            "corpus_option": self.corpus_option,
            "manifest_digest": self.manifest.digest(),
            "mapping": dict(self.mapping),
            "notes": [*self.manifest.notes, *self.notes],
            "trained_on": self.trained_on,
            "left_out": self.left_out,
            "recognised": self.recognised,
            **self.scores.as_table(),
        }

    def for_card(self) -> CrossCorpusSummary:
        """Return the summary for a card."""
        kind, overall = CORPORA.get(self.manifest.corpus), self.scores.overall
        return CrossCorpusSummary(
            corpus=self.manifest.corpus,
            title=self.manifest.corpus if kind is None else kind.title,
            language="" if kind is None else kind.language,
            trained_on=self.trained_on,
            utterances=overall.utterances,
            speakers=overall.speakers,
            labels=len(self.scores.present),
            chance=self.scores.chance,
            uar=overall.uar,
            uar_present=overall.uar_present,
            uar_present_interval=overall.uar_present_interval if overall.speakers > 1 else None,
            confidence=overall.confidence,
            accuracy=overall.accuracy,
            ece=self.scores.ece,
            none_of_these=overall.none_of_these,
        )


def score_corpus(
    reader: Reader,
    manifest: Manifest,
    *,
    corpus_option: str,
    mapping: Mapping[str, str],
    learned_embeddings: FloatArray | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ScoredCorpus:
    """Judge a corpus's utterances and score the answers, without those by speakers of the training.

    Args:
        learned_embeddings: of :func:`ser_core.inference.heard_before.learned_embeddings`, by which speakers of the
            training are found under other names; by default those of the training alone.
        progress: called with the number of utterances read, and of all.

    Raises:
        AudioError: if a recording cannot be read.
        InputError: if no utterance is left, or none has an emotion that the model knows.
    """
    mapped = manifest.map_emotions(mapping)
    table = embed_corpus(reader, manifest, progress=progress)
    table["emotion"] = [mapping.get(emotion, emotion) for emotion in table["emotion"]]
    table = table[table["emotion"] != DROP]
    named = _learned_from(reader.checkpoint.card, table, manifest.corpus)
    known = reader.checkpoint.training_embeddings if learned_embeddings is None else learned_embeddings
    learned = named | _recognised(reader.checkpoint.card, table, manifest, known)
    if learned.all():
        raise InputError(
            f"Expected speakers in {manifest.corpus} whom the model {reader.checkpoint.card.name} has not learned "
            f"from; it has learned from all {len(table)} utterances, or its card does not say from which. "
            "Choose another corpus, or a model with test speakers."
        )
    return ScoredCorpus(
        manifest=mapped,
        corpus_option=corpus_option,
        mapping=dict(mapping),
        trained_on=bool(_families(reader.checkpoint.card.corpus) & _families(manifest.corpus))
        or bool((learned & ~named).any()),
        left_out=int(learned.sum()),
        recognised=int((learned & ~named).sum()),
        scores=corpus_scores(
            table[~learned],
            reader.labels,
            reader.checkpoint.ranges,
            back_end=reader.checkpoint.card.back_end,
        ),
    )


def _learned_from(card: Card, table: "pandas.DataFrame", corpus: str) -> "pandas.Series[bool]":
    """Mark utterances by speakers of training and development: by row, and by name in a corpus of the same people."""
    marked = table["split"].isin((*_LEARNED_FROM, UNKNOWN))
    if not _families(card.corpus) & _families(corpus):
        return marked
    heard = {*card.split.train_speakers, *card.split.development_speakers} - set(card.split.test_speakers)
    return marked | table["speaker"].isin(heard)


def _recognised(card: Card, table: "pandas.DataFrame", manifest: Manifest, known: FloatArray) -> "pandas.Series[bool]":
    """Mark utterances by speakers of training and development who come under other names."""
    if manifest.digest() == card.manifest_digest or not len(table):
        return table["speaker"].isin(())  # the split knows every row, also where speakers are heard on both sides
    embeddings = np.stack(table["embedding"].to_list())
    heard = speakers_heard_before(embeddings, table["speaker"].astype(str).tolist(), known)
    if _families(card.corpus) & _families(manifest.corpus):
        heard -= set(card.split.test_speakers)  # copies of a recording under several speakers
    return table["speaker"].isin(heard)


def _families(corpus: str) -> set[str]:
    """Name the groups of people who speak in a corpus, or in several joined by ``+``."""
    return {CORPORA[name].speakers_of if name in CORPORA else name for name in corpus.split("+")}
