"""The card of a checkpoint: everything needed to use a model honestly."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from ser_core.checkpoints.environment import ComputingEnvironment
from ser_core.config import FileRecord, fill, lookup
from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.back_ends import BACK_ENDS
from ser_core.evaluation.conformal import ConformalInterval
from ser_core.evaluation.cross_corpus import CrossCorpusSummary, StrangerScore
from ser_core.evaluation.left_out import FittedOnLeftOut
from ser_core.evaluation.reliability import Reliability
from ser_core.labels import EMOTIONS
from ser_core.recipes.recipe import Recipe, settings_of
from ser_core.tasks import ArousalProxyTask, ClassTask, Task, task_from

VERSION = 2
READABLE = (1, VERSION)
EMOTION = "emotion"  # the task, and its head
_MAY_BE_EMPTY = (
    "corpus_root", "created", "environment", "evaluation", "elsewhere", "strangers", "left_out", "carried",
    "task_metrics", "arousal_interval",
)  # fmt: skip


@dataclass(frozen=True)
class CardScore(FileRecord):
    """Unweighted average recall and accuracy, 0 to 1, of one back end on one part of a split.

    ``utterances`` were judged; 0 if not counted.
    """

    uar: float
    wa: float
    utterances: int = 0

    def __post_init__(self) -> None:
        """Check that scores are scores."""
        for value in (self.uar, self.wa):
            if not 0 <= value <= 1:
                raise ConfigError(f"Expected scores between 0 and 1; got {value:g}.")


# Part of the split → back end → its score.
Metrics = Mapping[str, Mapping[str, CardScore]]


@dataclass(frozen=True)
class CardSplit(FileRecord):
    """Speakers of training, development (for temperature and ranges) and test, each sorted.

    ``speaker_overlap`` test speakers occur in the other parts, None if not counted; ``speaker_independent`` is whether
    the protocol promises that none does.
    """

    protocol: str
    fold: int
    train_speakers: tuple[str, ...] = ()
    development_speakers: tuple[str, ...] = ()
    test_speakers: tuple[str, ...] = ()
    speaker_overlap: int | None = None
    speaker_independent: bool = False


@dataclass(frozen=True)
class CardEvaluation(FileRecord):
    """Scores over the folds of a protocol, of models that were trained as the card's; None where unknown.

    Attributes:
        seed: of folds and training.
        uar_mean: over the folds, 0 to 1.
        uar_std: its deviation; None over a single fold.
        partial: whether folds were left out.
        folds: number of finished ones; 0 where unknown.
        speaker_overlap: the most test speakers that were heard in training in any fold.
        other_settings: values of the recipe, by their dotted path, that differ from the model's own.
    """

    corpus: str = ""
    recipe: str = ""
    protocol: str = ""
    seed: int | None = None
    back_end: str = ""
    uar_mean: float | None = None
    uar_std: float | None = None
    wa_mean: float | None = None
    wa_std: float | None = None
    partial: bool = False
    folds: int = 0
    reliability: Reliability | None = None
    speaker_overlap: int | None = None
    other_settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Card(FileRecord):
    """Card of a checkpoint; its keys in JSON are those of ``docs/contract.md``.

    Attributes:
        labels: emotions in the order of every array; none if the first task is not emotions.
        metrics: scores by part and back end.
        artificial: whether it was trained on artificial speech.
        corpus_root: folder of the corpus at training; empty in a card that ships.
        manifest_digest: of the list of utterances, emotions mapped.
        mapping: emotion → emotion or ``drop``.
        reliability: on the test utterances; None if there were none, or it was not measured.
        created: ISO 8601; empty if unknown.
        evaluation: over folds.
        elsewhere: scores on other corpora.
        strangers: scores of models trained likewise without the corpus that is tested.
        left_out: how temperature and ranges were fitted on corpora left out; None where development speakers set them.
        tasks: names, the first task first.
        inputs: kinds of inputs.
        carried: networks of others in the inputs, which come with the package: name → SHA-256 of the weights.
        heads: name of each task → its table for :func:`ser_core.tasks.task_from`.
        task_metrics: part → task → metric → value, of every task but a first one of emotions.
        arousal_interval: around predicted arousal; None for models that do not predict it.
        other: unknown keys, which are kept when the card is written.
    """

    name: str
    title: str
    recipe: str
    settings: Recipe
    labels: tuple[str, ...]
    sample_rate: int
    embedding_size: int
    back_end: str
    seed: int
    corpus: str
    split: CardSplit
    metrics: Metrics
    licence: str
    artificial: bool
    epochs: int = 0
    corpus_root: str = ""
    manifest_digest: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    reliability: Reliability | None = None
    citation: str = "Not stated."
    created: str = ""
    parameters: int = 0
    packages: Mapping[str, str] = field(default_factory=dict)
    environment: ComputingEnvironment | None = None
    evaluation: CardEvaluation | None = None
    elsewhere: tuple[CrossCorpusSummary, ...] = ()
    strangers: tuple[StrangerScore, ...] = ()
    left_out: FittedOnLeftOut | None = None
    tasks: tuple[str, ...] = (EMOTION,)
    inputs: tuple[str, ...] = ()
    carried: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    task_metrics: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)
    arousal_interval: ConformalInterval | None = None
    other: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check values beyond their types."""
        ordered = [emotion for emotion in EMOTIONS if emotion in self.labels]
        if list(self.labels) != ordered or (not ordered and self.tasks[:1] == (EMOTION,)):
            raise ConfigError(
                f"Expected each of the labels once, in the order {', '.join(EMOTIONS)}; got {', '.join(self.labels)}."
            )
        lookup("back_end", self.back_end, BACK_ENDS)
        for name, given, used in (
            ("sample_rate", self.sample_rate, self.settings.front_end.sample_rate),
            ("embedding_size", self.embedding_size, self.settings.embedding_size),
        ):
            if given != used:
                raise ConfigError(f"Expected {name} {used}, as in the settings; got {given}.")

    @property
    def test_score(self) -> CardScore | None:
        """The score of the back end that judges, on the test utterances; None if there were none."""
        return self.metrics.get("test", {}).get(self.back_end)

    @property
    def definitions(self) -> tuple[Task, ...]:
        """Each task with its classes or scale, the first one first."""
        return tuple(task_from(name, self.heads[name]) for name in self.tasks)

    @property
    def hears(self) -> bool:
        """Whether the model takes sound; one that does not rates sentences in writing."""
        return self.settings.hears

    @property
    def arousal_task(self) -> ArousalProxyTask | None:
        """The task of arousal; None for a model without one, or without an interval for it."""
        found = [task for task in self.definitions if isinstance(task, ArousalProxyTask)]
        return found[0] if found and self.arousal_interval is not None else None

    @property
    def head_sizes(self) -> dict[str, int]:
        """Outputs of each task's head, by the task's name."""
        return {task.name: task.size for task in self.definitions}

    def require_emotions(self) -> None:
        """Raise InputError for a model whose first task is not emotions, where emotions, angles or ranges are shown."""
        if not self.labels:
            predicted = ", ".join(name for task in self.definitions for name in task.columns)
            told, usage = f"predicts {predicted}", "python -m ser_core predict"
            if not self.hears:
                told, usage = f"{told} of sentences in writing, and hears nothing", f'{usage} --text "…"'
            raise InputError(
                f"Expected a model that predicts emotions; {self.name} {told}. Choose another model here, or use this "
                f"one with: {usage}"
            )

    @classmethod
    def from_table(cls, table: object, where: str = "") -> Self:
        """Read a card of any version in :data:`READABLE`; see :meth:`FileRecord.from_table`."""
        if not isinstance(table, Mapping):
            return super().from_table(table, where)
        names = {item.name for item in dataclasses.fields(cls)} - {"other"}
        other = {key: value for key, value in table.items() if key not in names and key != "version"}
        card = fill(cls, {**table, "other": other}, where)
        inputs = card.settings.input_kinds
        if table.get("version") == 1:  # says nothing of them
            heads = {EMOTION: ClassTask(EMOTION, card.labels).as_table()}
            return dataclasses.replace(card, tasks=(EMOTION,), inputs=inputs, heads=heads)
        kinds = tuple(task.kind for task in card.settings.tasks)
        fits = card.tasks == kinds and set(card.heads) == set(kinds) and card.inputs == inputs
        first = card.definitions[0] if fits else None
        if first is None or card.labels != (first.classes if isinstance(first, ClassTask) else ()):
            raise ConfigError(
                f"Expected tasks, inputs and heads that fit settings and labels; got {', '.join(card.tasks)}, "
                f"{', '.join(card.inputs)} and {', '.join(card.heads)}."
            )
        return card

    def as_table(self) -> dict[str, Any]:
        """Return it as JSON, without empty values."""
        plain = {"version": VERSION, **super().as_table(), "settings": settings_of(self.settings)}
        other = plain.pop("other")
        for name in _MAY_BE_EMPTY:
            if not plain[name]:
                del plain[name]
        return {**plain, **other}
