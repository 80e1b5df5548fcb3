"""Training and test of one fold, with the predictions of all test utterances."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ser_core.checkpoints.atlas import atlas_frame
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols import make_folds
from ser_core.corpora.splits import Fold, speaker_overlap
from ser_core.errors import CheckpointError, ConfigError
from ser_core.evaluation.back_ends import BACK_ENDS
from ser_core.evaluation.metrics import scores
from ser_core.evaluation.reliability import reliability
from ser_core.experiments.events import ExperimentEvent, FoldEpoch
from ser_core.experiments.fold_files import FoldResult, FoldScores, StageScores, UarAndWa
from ser_core.experiments.fold_record import FoldRecord
from ser_core.experiments.rating_folds import (
    RatingFoldResult,
    RatingFoldScores,
    mean_ccc,
    rating_predictions,
    rating_scores,
)
from ser_core.experiments.unfinished import UnfinishedFold
from ser_core.models import EMOTION
from ser_core.recipes import Recipe
from ser_core.recipes.recipe import settings_of
from ser_core.tasks import RatingsTask
from ser_core.training.callbacks import Callback
from ser_core.training.device import keep_freed_memory, one_thread, training_environment
from ser_core.training.events import EpochFigures
from ser_core.training.examples import load_examples
from ser_core.training.fit import Fitted, StageSpace, fit_fold, main_back_end, predictions
from ser_core.training.plan import Plan
from ser_core.training.result import save_result
from ser_core.workspace import cache_directory

if TYPE_CHECKING:
    import pandas


Record = TypeVar("Record", bound=FoldRecord)


@dataclass(frozen=True)
class FoldTask:
    """Description of one fold to train, small enough to send to another process.

    The manifest's emotions are mapped; ``file`` will be that of the finished fold, beside the state of an interrupted
    one; ``keep`` is the folder of the model, or none; ``point`` that of a sweep.
    """

    manifest: Manifest
    fold: Fold
    recipe: Recipe
    seed: int
    corpus: str
    protocol: str
    keep: Path | None
    mapping: Mapping[str, str]
    file: Path
    point: str = ""


def require_emotions_first(recipe: Recipe) -> None:
    """Raise ConfigError for a recipe whose first task is not emotions: a sweep compares UA and WA."""
    if recipe.tasks[0].kind != EMOTION:
        raise ConfigError(
            f"Expected recipes whose first task is {EMOTION}, whose UA a sweep compares; {recipe.name} predicts "
            f"{recipe.tasks[0].kind} first. Score it alone, with: python -m ser_core evaluate --recipe"
        )


def chosen_folds(manifest: Manifest, protocol: str, seed: int, numbers: Sequence[int]) -> tuple[list[Fold], int]:
    """Return the folds with these numbers, or all, and how many the protocol has.

    Raises:
        SerError: if the corpus does not fit the protocol, or there is no such fold.
    """
    made = {fold.number: fold for fold in make_folds(manifest, protocol, seed)}
    unknown = [number for number in numbers if number not in made]
    if unknown:
        raise ConfigError(
            f"Expected folds of {protocol} among {', '.join(map(str, made))}; got {', '.join(map(str, unknown))}. "
            "Correct --folds."
        )
    return [made[number] for number in (sorted(set(numbers)) or made)], len(made)


def run_fold(
    task: FoldTask, listener: Callable[[ExperimentEvent], None] | None = None
) -> FoldResult | RatingFoldResult:
    """Train and score one fold in this process, on one thread; an interrupted one continues.

    Raises:
        ConfigError: if its kept state is damaged.
        TrainingError: if training diverges.
    """
    keep_freed_memory()
    with one_thread():
        return _run_fold(task, listener)


def _run_fold(task: FoldTask, listener: Callable[[ExperimentEvent], None] | None) -> FoldResult | RatingFoldResult:
    unfinished = UnfinishedFold(task.file)
    manifest, fold = task.manifest, task.fold
    examples = load_examples(manifest, task.recipe, cache=cache_directory(), trained=fold.train)
    telling = [] if listener is None else [_EpochTeller(task, listener)]
    try:
        fitted = fit_fold(
            manifest,
            fold,
            task.recipe,
            examples,
            seed=task.seed,
            callbacks=[*telling, unfinished],
            resume=unfinished.state if unfinished.state.exists() else None,
            outputs=unfinished.folder,
        )
    except CheckpointError as error:
        raise unfinished.damaged(error) from error
    if task.keep is not None:
        table = settings_of(task.recipe)
        plan = Plan(task.corpus, manifest, task.recipe, table, task.protocol, fold, task.seed, task.mapping)
        save_result(task.keep / f"fold-{fold.number}", plan, fitted, name=f"{task.recipe.name}-fold-{fold.number}")
    first = fitted.tasks[0]
    if isinstance(first, RatingsTask):
        rated = _rated(task, fitted, first)
        return dataclasses.replace(rated, fold=_described(rated.fold, task, fitted, unfinished))
    judged = _judged(task, fitted)
    return dataclasses.replace(judged, fold=_described(judged.fold, task, fitted, unfinished))


def _described(scores: Record, task: FoldTask, fitted: Fitted, unfinished: UnfinishedFold) -> Record:
    """Add to a fold's scores who was trained on and tested, and what it took."""
    manifest, fold = task.manifest, task.fold
    seconds, core_seconds = unfinished.spent
    return dataclasses.replace(
        scores,
        train_speakers=_speakers(manifest, fold.train),
        development_speakers=_speakers(manifest, fold.development),
        test_speakers=_speakers(manifest, fold.test),
        speaker_overlap=speaker_overlap(manifest, fold),
        epochs=fitted.epochs,
        seconds=round(seconds, 1),
        core_seconds=round(core_seconds, 1),
        environment=training_environment(),
    )


def _rated(task: FoldTask, fitted: Fitted, first: RatingsTask) -> RatingFoldResult:
    """Compare predicted ratings of the test utterances with those there are."""
    table = rating_predictions(task.manifest, task.fold, first, fitted.spaces[-1].logits)
    found = rating_scores(table, first.dimensions)
    scores = RatingFoldScores(fold=task.fold.number, ratings=found, ccc=mean_ccc(found))
    return RatingFoldResult(scores, table, _parameters(fitted))


def _judged(task: FoldTask, fitted: Fitted) -> FoldResult:
    """Let every back end name the emotion of the test utterances."""
    manifest, fold = task.manifest, task.fold
    back_end = main_back_end(task.recipe)
    emotions = manifest.emotions
    truth = [emotions[index] for index in fold.test]
    outcomes = {
        space.stage: {name: predictions(manifest, fold, space, name, fold.test) for name in BACK_ENDS}
        for space in fitted.spaces
    }
    judged = {
        stage: {name: scores(truth, predicted, manifest.labels) for name, predicted in of_stage.items()}
        for stage, of_stage in outcomes.items()
    }
    space = fitted.spaces[-1]
    main = judged[space.stage][back_end]
    tested = _predictions(manifest, fold, space, back_end, outcomes)
    described = FoldScores(
        fold=fold.number,
        uar=main.uar,
        wa=main.wa,
        macro_f1=main.macro_f1,
        confusion=tuple(map(tuple, main.confusion.tolist())),
        temperature=space.temperature,
        ranges_degrees=dict(zip(manifest.labels, space.ranges_kept.tolist(), strict=True)),
        reliability=reliability(tested, manifest.labels, space.ranges_kept, seed=task.seed),
    )
    stages = tuple(
        StageScores(
            fold=fold.number,
            stage=space.stage,
            back_ends={name: UarAndWa(found.uar, found.wa) for name, found in judged[space.stage].items()},
            same_accuracy=space.same_accuracy,
        )
        for space in fitted.spaces
    )
    return FoldResult(described, stages, tested, _parameters(fitted))


def _parameters(fitted: Fitted) -> int:
    return sum(parameter.numel() for parameter in fitted.trained.model.parameters())


class _EpochTeller(Callback):
    def __init__(self, task: FoldTask, listener: Callable[[ExperimentEvent], None]) -> None:
        self.task = task
        self.listener = listener

    def epoch_ended(self, figures: EpochFigures) -> None:
        self.listener(FoldEpoch(self.task.fold.number, self.task.seed, self.task.point, figures))


def prediction_column(stage: str, back_end: str) -> str:
    """Return the name of the column of a back end's predictions after a stage."""
    return f"predicted_{stage}_{back_end}"


def _predictions(
    manifest: Manifest, fold: Fold, space: StageSpace, back_end: str, outcomes: Mapping[str, Mapping[str, list[str]]]
) -> "pandas.DataFrame":
    chosen = list(fold.test)
    part = manifest.select(chosen)
    frame = atlas_frame(
        part,
        labels=manifest.labels,
        splits=["test"] * len(chosen),
        embeddings=space.embeddings[chosen],
        probabilities=space.probabilities[chosen],
        angles=space.angles[chosen],
        predicted=outcomes[space.stage][back_end],
    )
    kept = ["file", "start", "end", "speaker", "emotion", "predicted"]
    kept += [name for name in frame.columns if name.startswith(("probability_", "angle_"))]
    kept = [name for name in kept if name not in ("start", "end") or frame[name].notna().any()]
    frame = frame[kept]
    frame.insert(0, "fold", fold.number)
    every = {
        prediction_column(stage, name): predicted
        for stage, of_stage in outcomes.items()
        for name, predicted in of_stage.items()
    }
    return frame.assign(**every)


def _speakers(manifest: Manifest, indices: Sequence[int]) -> tuple[str, ...]:
    return tuple(sorted({manifest.utterances[index].speaker for index in indices}))
