"""A finished model on labelled corpora: scores of speakers that it has not learned from."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.checkpoints.card import Card
from ser_core.corpora import CORPORA, SPEAKERS_OF
from ser_core.corpora.joining import JOINT, own_name
from ser_core.corpora.manifest import DROP, Manifest
from ser_core.corpora.people import family
from ser_core.errors import InputError
from ser_core.evaluation.cross_corpus import CorpusScores, CrossCorpusSummary, GroupScores, corpus_scores
from ser_core.evaluation.rating_agreement import RatingAgreement, rating_agreement
from ser_core.inference.adapting import Adaptation, AdaptedAnswers, adapted_answers
from ser_core.inference.embedding import PREDICTED_AROUSAL, UNKNOWN, embed_corpus
from ser_core.inference.heard_before import speakers_heard_before, speakers_learned_from
from ser_core.inference.reader import Reader
from ser_core.seeding import stream
from ser_core.tasks import AROUSAL
from ser_core.types import FloatArray
from ser_core.voices.one_person import likeness, voice_vectors_of
from ser_core.workspace import cache_directory
from ser_core.written_numbers import counted

if TYPE_CHECKING:
    import pandas

_LEARNED_FROM = ("train", "development")
_LISTENED_TO = 8  # utterances of each speaker, to tell whether they are one person's


@dataclass(frozen=True)
class AdaptedScores:
    """How scores became transductive, and what they are without it.

    Attributes:
        adaptation: that the scored answers came after.
        unadapted: scores of the model's own answers to the same utterances, of each draw.
        few_speakers: who have no more clips than are drawn; each utterance of theirs is judged after all their others.
        few_utterances: of these speakers, whatever the emotion.
        alone: speakers whose single utterance was adapted by itself.
        two_people: speakers whose utterances sound like those of two people; not looked at for a whole corpus.
    """

    adaptation: Adaptation
    unadapted: GroupScores
    few_speakers: int
    few_utterances: int
    alone: int = 0
    two_people: tuple[str, ...] = ()

    def as_table(self) -> dict[str, Any]:
        """Return it as JSON; see ``docs/contract.md``."""
        return {
            "transductive": True,
            **self.adaptation.as_table(),
            "few_speakers": self.few_speakers,
            "few_utterances": self.few_utterances,
            "alone": self.alone,
            "two_people": list(self.two_people),
            "unadapted": dataclasses.asdict(self.unadapted),
        }


@dataclass(frozen=True)
class ScoredCorpus:
    """Scores of one model on one corpus, after ``--map``.

    Attributes:
        corpus_option: how ``--corpus`` named it.
        trained_on: whether the model learned from other speakers of this corpus.
        left_out: utterances by speakers whom the model has learned from, or of whom this is unknown.
        recognised: how many of these were only found by their embeddings.
        scores: of the others.
        adapted: how the model was adapted to their speech without labels; None for its own answers.
        arousal: how predicted arousal agrees with the corpus's ratings, of utterances of every emotion and without
            adaptation; None without such predictions or ratings.
    """

    manifest: Manifest
    corpus_option: str
    mapping: Mapping[str, str]
    trained_on: bool
    left_out: int
    recognised: int
    scores: CorpusScores
    adapted: AdaptedScores | None = None
    arousal: RatingAgreement | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes of the scoring, besides those of reading the corpus."""
        notes = []
        if self.recognised:
            notes.append(
                f"Left out: {counted(self.recognised, 'utterance')} of speakers whom the model has learned from, "
                "although the corpus has another name: it computes of recordings of theirs what it did at its training."
            )
        if self.adapted is not None and self.adapted.few_speakers:
            notes.append(
                f"Speakers with no more than {counted(self.adapted.adaptation.clips, 'utterance')}: "
                f"{self.adapted.few_speakers}, of {counted(self.adapted.few_utterances, 'utterance')} together. Each "
                "of theirs is judged after all their others, a single one without adaptation."
            )
        if self.adapted is not None and self.adapted.alone:
            notes.append(
                f"Speakers with a single utterance: {self.adapted.alone}. It was adapted by itself: what it expresses "
                "was taken for the voice and partly taken out. Draw clips with --adapt-clips to judge it unadapted."
            )
        if self.adapted is not None and self.adapted.two_people:
            notes.append(
                f"Speakers whose utterances sound like two people's: {', '.join(self.adapted.two_people)}. The mean of "
                "two people lies between them and helps with neither. Check the speakers of the list."
            )
        return tuple(notes)

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
            **({} if self.adapted is None else {"adapted": self.adapted.as_table()}),
            **({} if self.arousal is None else {"arousal": self.arousal.as_table()}),
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
            arousal=self.arousal,
        )


@dataclass(frozen=True, eq=False)
class Unheard:
    """A corpus as a model hears it, without speakers of the model's training.

    Attributes:
        table: as of :func:`ser_core.inference.embedding.embed_corpus`, emotions renamed.
        trained_on: see :class:`ScoredCorpus`; so are ``left_out`` and ``recognised``.
    """

    table: "pandas.DataFrame"
    trained_on: bool
    left_out: int
    recognised: int


def unheard(
    reader: Reader,
    manifest: Manifest,
    *,
    mapping: Mapping[str, str],
    learned_embeddings: FloatArray | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Unheard:
    """Embed a corpus and leave out the speakers of the training; arguments and errors as of :func:`score_corpus`."""
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
    return Unheard(
        table[~learned].reset_index(drop=True),
        trained_on=share_speakers(reader.checkpoint.card.corpus, manifest.corpus) or bool((learned & ~named).any()),
        left_out=int(learned.sum()),
        recognised=int((learned & ~named).sum()),
    )


def score_corpus(
    reader: Reader,
    manifest: Manifest,
    *,
    corpus_option: str,
    mapping: Mapping[str, str],
    adaptation: Adaptation | None = None,
    learned_embeddings: FloatArray | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ScoredCorpus:
    """Judge a corpus's utterances and score the answers, without those by speakers of the training.

    Args:
        adaptation: to the speech that is scored, without labels; by default none.
        learned_embeddings: of :func:`ser_core.inference.heard_before.learned_embeddings`, by which speakers of the
            training are found under other names; by default those of the training alone.
        progress: called with the number of utterances read, and of all.

    Raises:
        AudioError: if a recording cannot be read.
        InputError: if no utterance is left, or none has an emotion that the model knows.
    """
    mapped = manifest.map_emotions(mapping)
    heard = unheard(reader, manifest, mapping=mapping, learned_embeddings=learned_embeddings, progress=progress)
    answers = None if adaptation is None else adapted_answers(reader, heard.table, adaptation)
    return ScoredCorpus(
        manifest=mapped,
        corpus_option=corpus_option,
        mapping=dict(mapping),
        trained_on=heard.trained_on,
        left_out=heard.left_out,
        recognised=heard.recognised,
        scores=_scores(reader, heard.table if answers is None else answers.after),
        adapted=None
        if adaptation is None or answers is None
        else dataclasses.replace(
            _beside(reader, adaptation, answers),
            alone=_alone(heard.table, adaptation),
            two_people=_two_people(manifest, heard.table, adaptation),
        ),
        arousal=arousal_agreement(reader.checkpoint.card, manifest, heard.table),
    )


def arousal_agreement(card: Card, manifest: Manifest, table: "pandas.DataFrame") -> RatingAgreement | None:
    """Measure the arousal that a model predicts against a corpus's ratings.

    Args:
        card: of the model.
        manifest: of the corpus, whose kind tells the scale of the ratings.
        table: of utterances, as of :func:`ser_core.inference.embedding.embed_corpus`.

    Returns:
        The agreement; None where the model predicts none, or fewer than two utterances have a rating on a known scale.
    """
    kind, interval = CORPORA.get(manifest.corpus), card.arousal_interval
    if kind is None or kind.rating_scale is None or interval is None or not {AROUSAL, PREDICTED_AROUSAL} <= set(table):
        return None
    rated = table[table[AROUSAL].notna()]
    if len(rated) < 2:
        return None
    return rating_agreement(
        rated[AROUSAL].to_numpy(dtype=np.float64),
        rated[PREDICTED_AROUSAL].to_numpy(dtype=np.float64),
        rated["speaker"].astype(str).tolist(),
        scale=kind.rating_scale,
        half_width=interval.half_width,
        level=interval.level,
    )


def _scores(reader: Reader, answers: "pandas.DataFrame") -> CorpusScores:
    checkpoint = reader.checkpoint
    return corpus_scores(answers, reader.labels, checkpoint.ranges, back_end=checkpoint.card.back_end)


def _beside(reader: Reader, adaptation: Adaptation, answers: AdaptedAnswers) -> AdaptedScores:
    unadapted = _scores(reader, answers.before).overall
    return AdaptedScores(adaptation, unadapted, answers.few_speakers, answers.few_utterances)


def _alone(table: "pandas.DataFrame", adaptation: Adaptation) -> int:
    """Count the speakers with one utterance, where all are taken to adapt to each speaker."""
    if adaptation.scope != "speaker" or adaptation.clips:
        return 0
    return int((table["speaker"].astype(str).value_counts() == 1).sum())


def _two_people(manifest: Manifest, table: "pandas.DataFrame", adaptation: Adaptation) -> tuple[str, ...]:
    """Name the speakers of whom some utterances, drawn by their name, sound like another person's."""
    if adaptation.scope != "speaker":
        return ()
    scored = set(table["speaker"].astype(str))
    own: dict[str, list[int]] = {}
    for row, item in enumerate(manifest.utterances):
        if item.speaker in scored:
            own.setdefault(item.speaker, []).append(row)
    drawn = {
        name: stream(0, "two people", name).permutation(rows)[:_LISTENED_TO].tolist() for name, rows in own.items()
    }
    rows = [row for chosen in drawn.values() for row in chosen]
    if not rows:
        return ()
    vectors = dict(zip(rows, voice_vectors_of(manifest.select(rows), cache=cache_directory()), strict=True))
    voices = {name: likeness(np.stack([vectors[row] for row in chosen])) for name, chosen in drawn.items()}
    return tuple(sorted(name for name, found in voices.items() if found is not None and found.is_two_people))


def _learned_from(card: Card, table: "pandas.DataFrame", corpus: str) -> "pandas.Series[bool]":
    """Mark utterances by speakers of training and development: by row, and by name in a corpus of the same people."""
    marked = table["split"].isin((*_LEARNED_FROM, UNKNOWN))
    if not share_speakers(card.corpus, corpus):
        return marked
    return marked | _own_names(table, corpus).isin(speakers_learned_from(card))


def _recognised(card: Card, table: "pandas.DataFrame", manifest: Manifest, known: FloatArray) -> "pandas.Series[bool]":
    """Mark utterances by speakers of training and development who come under other names."""
    if manifest.digest() == card.manifest_digest or not len(table):
        return table["speaker"].isin(())  # the split knows every row, also where speakers are heard on both sides
    embeddings = np.stack(table["embedding"].to_list())
    names = _own_names(table, manifest.corpus)
    heard = speakers_heard_before(embeddings, names.to_list(), known)
    if share_speakers(card.corpus, manifest.corpus):  # copies of a recording under several speakers
        heard -= {own_name(card.corpus, name, SPEAKERS_OF) for name in card.split.test_speakers}
    return names.isin(heard)


def _own_names(table: "pandas.DataFrame", corpus: str) -> "pandas.Series[str]":
    return table["speaker"].map(lambda name: own_name(corpus, str(name), SPEAKERS_OF))


def share_speakers(corpus: str, other: str) -> bool:
    """Tell whether two corpora, or several joined by ``+``, are of the same people."""
    return bool(_families(corpus) & _families(other))


def _families(corpus: str) -> set[str]:
    """Name the groups of people who speak in a corpus, or in several joined by ``+``."""
    return set(map(family, corpus.split(JOINT)))
