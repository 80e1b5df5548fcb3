"""One fold of a corpus: train on its training speakers, measure on its development and test speakers."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from ser_core.checkpoints.store import Trained, back_end_settings, fresh_model
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.splits import Fold
from ser_core.errors import ConfigError
from ser_core.evaluation.back_ends import BACK_ENDS, BackEndInputs, BackEndSettings
from ser_core.evaluation.calibration import fit_temperature, softmax
from ser_core.evaluation.metrics import Scores, scores
from ser_core.geometry.angles import angles_to, class_directions, class_ranges
from ser_core.inputs import check_augmentation, inputs_of
from ser_core.inputs.disturbed import check_disturbances
from ser_core.models.running import ModelOutputs, run_model
from ser_core.recipes import Recipe
from ser_core.sampling import pair_batches
from ser_core.seeding import stream, stream_seed
from ser_core.tasks import ClassTask, Task, build_tasks
from ser_core.training.algorithms import build_algorithm
from ser_core.training.batches import stage_batches
from ser_core.training.callbacks import Callback
from ser_core.training.events import EpochFigures
from ser_core.training.examples import Examples, class_numbers_of
from ser_core.training.loop import Trainer
from ser_core.training.objectives import OBJECTIVES, ObjectiveContext, build_objective, build_objectives
from ser_core.training.stage_outputs import outputs_file, read_outputs, write_outputs
from ser_core.training.state import restore_state
from ser_core.types import FloatArray, IntArray

SPLITS = ("train", "development", "test")
_TRAINING_BYTES = 16  # per parameter: the weight, its gradient, and two moments of AdamW
_PAIRS_TO_JUDGE = 10_000  # half of them of one class


@dataclass(frozen=True)
class StageSpace:
    """A model's view of a whole corpus after a stage of training.

    Directions, ranges and temperature are those of the first task's classes; without classes there are none, and the
    temperature is 1.

    Attributes:
        embeddings: of every utterance of the manifest, shape ``(B, D)``.
        heads: outputs of every head, by the task's name, each of shape ``(B, K)``.
        task: the first, which is judged.
        directions: of the classes, from the training utterances, shape ``(K, D)``.
        ranges: 90 % quantile of each class's angles on development utterances, shape ``(K,)``.
        temperature: that makes the head's probabilities fit the development utterances.
        back_ends: settings of those that learn from the training embeddings.
        same_accuracy: how often the objective recognises whether two test utterances have the same emotion, mean of
            the recalls of both answers; None for an objective that cannot.
    """

    stage: str
    embeddings: FloatArray
    heads: Mapping[str, FloatArray]
    task: Task
    directions: FloatArray
    ranges: FloatArray
    temperature: float
    back_ends: BackEndSettings = field(default_factory=BackEndSettings)
    same_accuracy: float | None = None

    @property
    def logits(self) -> FloatArray:
        """Of the task's head, shape ``(B, K)``."""
        return self.heads[self.task.name]

    @property
    def probabilities(self) -> FloatArray:
        """Of the task's head, at the fitted temperature, shape ``(B, K)``."""
        return softmax(self.logits, self.temperature)

    @property
    def angles(self) -> FloatArray:
        """To every class direction in degrees, shape ``(B, K)``."""
        return angles_to(self.embeddings, self.directions)

    @property
    def ranges_kept(self) -> FloatArray:
        """The ranges with the precision of a checkpoint, so that its files give the same figures, shape ``(K,)``."""
        return np.asarray(self.ranges, dtype=np.float32)


@dataclass(frozen=True)
class Fitted:
    """What training one fold gave.

    ``spaces`` are those after each stage, in order; ``tasks`` were made for the fold's training utterances.
    """

    trained: Trained
    spaces: Sequence[StageSpace]
    tasks: tuple[Task, ...]
    epochs: int
    seconds: float
    history: Sequence[EpochFigures] = ()


def main_back_end(recipe: Recipe) -> str:
    """Return the back end that a recipe is judged by: that of its last stage's objective."""
    objective = OBJECTIVES[recipe.stages[-1].objective]
    return str(objective.back_end)  # type: ignore[attr-defined]


def parameter_count(recipe: Recipe, heads: Mapping[str, int]) -> int:
    """Count the parameters of a recipe's model without allocating it.

    ``heads`` are the outputs of each task's head, by the task's name.

    Raises:
        ConfigError: if the encoder, or a stage's objective or algorithm, cannot exist with these settings, or they have
            more parameters together than the recipe allows.
    """
    with torch.device("meta"):
        model = fresh_model(recipe, heads)
        context = ObjectiveContext((1,) * heads[recipe.tasks[0].kind], recipe.embedding_size, task_loss=no_loss)
        objectives = [build_objective(stage.objective, stage.options, context) for stage in recipe.stages]
        inputs = inputs_of(recipe)
        check_augmentation(recipe, inputs)
        check_disturbances(recipe.disturbances, inputs)
        for stage, objective in zip(recipe.stages, objectives, strict=True):
            build_algorithm(model, objective, stage, torch.device("meta"))
    own, brought = _counted([model]), _counted(objectives)
    if own + brought > recipe.parameter_limit:
        raise ConfigError(
            f"Expected a model of at most {recipe.parameter_limit} parameters (parameter_limit), its objectives "
            f"included; got {own + brought}. Choose smaller widths, or allow it with "
            f"parameter_limit={own + brought} if this computer has the memory: training needs about "
            f"{(own + brought) * _TRAINING_BYTES / 1e9:.1f} GB for them alone."
        )
    return own


def no_loss(outputs: torch.Tensor, targets: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
    """Stand for a task's loss where only weights are counted."""
    return outputs.sum() * 0


def _counted(modules: Iterable[torch.nn.Module]) -> int:
    return sum(parameter.numel() for module in modules for parameter in module.parameters())


def require_trainable(manifest: Manifest, folds: Iterable[Fold], recipe: Recipe) -> None:
    """Check that a recipe can be trained on every one of these folds, before any audio is read.

    Raises:
        ConfigError: if the encoder or an objective cannot exist with these settings, a training set has fewer than two
            utterances of an emotion, or cannot fill the batches of a stage.
    """
    for fold in folds:
        tasks = build_tasks(recipe.tasks, manifest, fold.train)
        parameter_count(recipe, {task.name: task.size for task in tasks})
        first = tasks[0]
        numbers = [-1] * len(fold.train)
        names = [manifest.utterances[row].speaker for row in fold.train]
        speakers = np.unique(names, return_inverse=True)[1]
        counts: list[int] = []
        if isinstance(first, ClassTask):
            numbers = first.labels(manifest).select(fold.train).values.tolist()
            counts = np.bincount([number for number in numbers if number >= 0], minlength=first.size).tolist()
            rare = [f"{counts[place]} of {label}" for place, label in enumerate(first.classes) if counts[place] < 2]
            if rare:
                raise ConfigError(
                    f"Expected at least two training utterances of every {first.name}; fold {fold.number} has "
                    f"{', '.join(rare)}. Leave that {first.name} out, join it with another, or add recordings."
                )
        random = stream(0, "batches that can be filled")
        objectives = build_objectives(recipe, tasks, counts)
        for stage, objective in zip(recipe.stages, objectives, strict=True):
            lengths = [1] * len(numbers)
            stage_batches(
                stage,
                numbers,
                lengths,
                speakers=speakers,
                classes=first.size,
                pairs=objective.pairs,
                random=random,
            )


def fit_fold(
    manifest: Manifest,
    fold: Fold,
    recipe: Recipe,
    examples: Examples,
    *,
    seed: int,
    callbacks: Sequence[Callback] = (),
    resume: Path | None = None,
    outputs: Path | None = None,
) -> Fitted:
    """Train a model on one fold.

    Test utterances are embedded at the end of each stage and play no part in any choice.

    Args:
        examples: inputs and targets of every utterance of the manifest.
        resume: file with the state of an unfinished run.
        outputs: folder that keeps the model's outputs after each stage, so that a resumed run has the spaces of the
            stages before, too.

    Raises:
        ConfigError: if the recipe cannot be trained on this fold.
        CheckpointError: if what is to be resumed is missing, damaged or of other settings.
        TrainingError: if training diverges.
        Stopped: if a callback asked for it.
    """
    began = time.monotonic()
    tasks = build_tasks(recipe.tasks, manifest, fold.train)
    examples = examples.labelled(tasks, manifest)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(stream_seed(seed, "weights", fold.number))
        model = fresh_model(recipe, {task.name: task.size for task in tasks})
    train = examples.select(fold.train)
    model.set_statistics(train.statistics())
    keeper = _SpaceKeeper(recipe, fold, examples, tasks[0], outputs)
    trainer = Trainer(
        recipe,
        model,
        train,
        examples.select(fold.development) if fold.development else None,
        tasks=tasks,
        seed=stream_seed(seed, "fold", fold.number),
        callbacks=[keeper, *callbacks],
    )
    if resume is not None:
        restore_state(trainer, resume)
    trainer.run()
    # A run resumed after its last stage reaches no further end of a stage.
    spaces = keeper.spaces or [keeper.space_of(trainer)]
    space, known = spaces[-1], keeper.labelled(fold.train)
    trained = Trained(
        model=trainer.model.cpu().eval(),
        directions=space.directions,
        ranges=space.ranges,
        temperature=space.temperature,
        training_embeddings=space.embeddings[known],
        training_targets=keeper.numbers[known],
    )
    return Fitted(trained, spaces, tasks, trainer.epochs_done, time.monotonic() - began, trainer.history)


def trained_fold(recipe: Recipe, fold: Fold) -> Fold:
    """Return the fold as a recipe uses it: with the development part in training where the recipe says so."""
    if not recipe.train_on_development:
        return fold
    return Fold(fold.number, tuple(sorted((*fold.train, *fold.development))), (), fold.test)


def split_of(fold: Fold, count: int) -> list[str]:
    """Name the part that each of ``count`` utterances belongs to; those of no part are called ``unused``."""
    names = ["unused"] * count
    for name, indices in zip(SPLITS, (fold.train, fold.development, fold.test), strict=True):
        for index in indices:
            names[index] = name
    return names


def back_end_scores(manifest: Manifest, fold: Fold, space: StageSpace, part: str) -> dict[str, Scores]:
    """Score every back end on one part (``train``, ``development`` or ``test``) of a fold.

    Utterances without a class are left out; there are no scores where none is left.
    """
    numbers = _class_numbers(space, manifest)
    chosen = [index for index in getattr(fold, part) if numbers[index] >= 0]
    if not chosen:
        return {}
    classes = _classes(space)
    truth = [classes[numbers[index]] for index in chosen]
    return {name: scores(truth, predictions(manifest, fold, space, name, chosen), classes) for name in BACK_ENDS}


def predictions(manifest: Manifest, fold: Fold, space: StageSpace, back_end: str, chosen: Iterable[int]) -> list[str]:
    """Let one back end, fitted on the fold's training utterances, judge the utterances at ``chosen``."""
    asked, known = list(chosen), list(fold.train)
    numbers, classes = _class_numbers(space, manifest), _classes(space)
    known = [index for index in known if numbers[index] >= 0]
    inputs = BackEndInputs(
        order=classes,
        embeddings=space.embeddings[asked],
        probabilities=space.probabilities[asked],
        angles=space.angles[asked],
        training_embeddings=space.embeddings[known],
        training_labels=[classes[numbers[index]] for index in known],
        settings=space.back_ends,
    )
    predicted: list[str] = BACK_ENDS[back_end](inputs).tolist()
    return predicted


def _classes(space: StageSpace) -> tuple[str, ...]:
    return space.task.classes if isinstance(space.task, ClassTask) else ()


def _class_numbers(space: StageSpace, manifest: Manifest) -> IntArray:
    """Return the class of every utterance, below 0 where it has none."""
    if isinstance(space.task, ClassTask):
        return space.task.labels(manifest).values
    return np.full(len(manifest.utterances), -1)


class _SpaceKeeper(Callback):
    """Embeds the whole corpus with the kept weights at the end of every stage."""

    def __init__(self, recipe: Recipe, fold: Fold, examples: Examples, first: Task, folder: Path | None) -> None:
        self.back_ends = back_end_settings(recipe)
        self.fold = fold
        self.folder = folder
        self.examples = examples
        self.first = first
        self.numbers = class_numbers_of(first, examples)
        self.spaces: list[StageSpace] = []

    def labelled(self, rows: Iterable[int]) -> list[int]:
        """Keep the rows that have a class."""
        return [row for row in rows if self.numbers[row] >= 0]

    def training_begins(self, trainer: Trainer) -> None:
        if self.folder is not None:
            self.spaces = [
                self._measured(stage.name, *read_outputs(outputs_file(self.folder, number)))
                for number, stage in enumerate(trainer.recipe.stages[: trainer.stage])
            ]

    def state_reached(self, trainer: Trainer) -> None:
        if trainer.epoch == 0 and trainer.stage > 0:
            self.spaces.append(self.space_of(trainer))

    def space_of(self, trainer: Trainer) -> StageSpace:
        """Measure the space of the trainer's present weights."""
        outputs = run_model(trainer.model, self.examples.inputs)
        judged = isinstance(self.first, ClassTask)
        same_accuracy = self._same_accuracy(trainer, outputs.embeddings) if judged else None
        if self.folder is not None:
            write_outputs(outputs_file(self.folder, trainer.stage - 1), outputs, same_accuracy)
        return self._measured(trainer.recipe.stages[trainer.stage - 1].name, outputs, same_accuracy)

    def _measured(self, name: str, outputs: ModelOutputs, same_accuracy: float | None) -> StageSpace:
        if not isinstance(self.first, ClassTask):
            none = np.zeros((0, outputs.embeddings.shape[1]), dtype=np.float32)
            return StageSpace(name, outputs.embeddings, outputs.heads, self.first, none, none[:, 0], 1.0)
        embeddings, logits, labels = outputs.embeddings, outputs.heads[self.first.name], self.first.classes
        emotions = np.array([*labels, ""], dtype=object)[self.numbers]  # "" for −1
        train = self.labelled(self.fold.train)
        development = self.labelled(self.fold.development) or train
        directions = class_directions(embeddings[train], emotions[train].tolist(), labels)
        angles = angles_to(embeddings[development], directions)
        return StageSpace(
            stage=name,
            embeddings=embeddings,
            heads=outputs.heads,
            task=self.first,
            directions=directions,
            ranges=class_ranges(angles, emotions[development].tolist(), labels),
            temperature=fit_temperature(logits[development], emotions[development].tolist(), labels),
            back_ends=self.back_ends,
            same_accuracy=same_accuracy,
        )

    @torch.no_grad()
    def _same_accuracy(self, trainer: Trainer, embeddings: FloatArray) -> float | None:
        """Ask the objective about pairs of test utterances; the pairs are the same whatever was trained."""
        test = self.labelled(self.fold.test)
        if not test:
            return None
        targets = self.numbers[test]
        objective = trainer.objective_of(trainer.stage - 1).cpu().eval()
        counts = np.bincount(targets)
        if not objective.pairs or counts.max() < 2 or (counts > 0).sum() < 2:
            return None
        (chosen,) = pair_batches(
            targets.tolist(), pairs=_PAIRS_TO_JUDGE, batches=1, positive_share=0.5, random=stream(0, "pairs to judge")
        )
        first, second = torch.from_numpy(embeddings[test])[torch.from_numpy(chosen)].chunk(2)
        probability = objective.probability_same(first, second)
        same = torch.from_numpy(targets[chosen[:_PAIRS_TO_JUDGE]] == targets[chosen[_PAIRS_TO_JUDGE:]])
        right = (probability > 0.5) == same
        return float((right[same].double().mean() + right[~same].double().mean()) / 2)
