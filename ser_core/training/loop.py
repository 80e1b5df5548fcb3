"""The one training loop."""

import copy
import dataclasses
import math
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ser_core.errors import TrainingError
from ser_core.evaluation.metrics import confusion, uar, wa
from ser_core.geometry.angles import angles_to, class_directions
from ser_core.inputs import inputs_of
from ser_core.models import Batch, EmotionModel, Targets, pad
from ser_core.models.running import ModelOutputs, costs, run_model
from ser_core.recipes import Recipe, Stage
from ser_core.sampling import PairBatches
from ser_core.seeding import stream, stream_seed
from ser_core.tasks import ClassTask, Labels, Task
from ser_core.training.algorithms import NotFinite, StepProgress, build_algorithm
from ser_core.training.augmentation import mix
from ser_core.training.batches import stage_batches
from ser_core.training.callbacks import Callback
from ser_core.training.device import best_device
from ser_core.training.events import BatchFigures, EpochFigures
from ser_core.training.examples import Examples, class_counts, class_numbers_of
from ser_core.training.objectives import Objective, build_objectives
from ser_core.types import IntArray

UTTERANCES_FOR_DIRECTIONS = 10  # per class, for the directions that judge an epoch


class Stopped(Exception):
    """A callback asked the loop to end; the last complete epoch is what can be resumed."""


class Trainer:
    """Trains a model through the stages of a recipe.

    Everything random in an epoch is drawn from streams named after that epoch, so that a run that was stopped and
    resumed between two epochs equals one that was not.

    ``stage`` is the number of the present stage, ``epoch`` counts the finished ones in it, ``history`` those of all.
    """

    def __init__(
        self,
        recipe: Recipe,
        model: EmotionModel,
        train: Examples,
        development: Examples | None,
        *,
        tasks: Sequence[Task],
        seed: int,
        callbacks: Sequence[Callback] = (),
        device: torch.device | None = None,
    ) -> None:
        """Prepare; nothing is computed yet.

        Args:
            model: with frame statistics set.
            development: utterances of other speakers that judge every epoch, or none.
            tasks: of the recipe, made for the training utterances; the first one chooses epochs.
            device: where to compute; by default the GPU if there is one.

        Raises:
            ConfigError: if a stage's objective or batches cannot exist on these utterances.
        """
        self.recipe = recipe
        self.device = device or best_device()
        self.model = model.to(self.device)
        self.train_set = train
        self.development = development
        self.tasks = tuple(tasks)
        self.first_task = self.tasks[0]
        self.seed = seed
        self.callbacks = tuple(callbacks)
        self.stage = 0
        self.epoch = 0
        self.history: list[EpochFigures] = []
        self.best_score = -math.inf
        self.best_epoch = -1
        self.best_weights: dict[str, Tensor] | None = None
        self.best_objective: dict[str, Tensor] | None = None
        self._inputs = inputs_of(recipe)
        self._targets = {
            task.name: Targets(task.targets(train.labels[task.name]), torch.from_numpy(train.labels[task.name].present))
            for task in self.tasks
        }
        self._numbers = class_numbers_of(self.first_task, train)
        self._costs = costs(train.inputs, self.model.step_costs)
        # What cannot work is found before the first step.
        with torch.random.fork_rng(devices=[]):  # some objectives learn weights of their own
            torch.manual_seed(stream_seed(seed, "objectives"))
            self._objectives = build_objectives(recipe, self.tasks, class_counts(self.first_task, train))
        self._batch_counts = [len(self._batches(number, 0)) for number in range(len(recipe.stages))]
        self.begin_stage()

    def begin_stage(self) -> None:
        """Get ready for the first step of the present stage: fresh algorithm and record."""
        self.objective = self._objectives[self.stage].to(self.device)
        with torch.random.fork_rng(devices=[]):  # some algorithms have networks of their own
            torch.manual_seed(stream_seed(self.seed, "algorithm", self.stage))
            settings = self.recipe.stages[self.stage]
            self.algorithm = build_algorithm(self.model, self.objective, settings, self.device)
        self.best_score, self.best_epoch = -math.inf, -1
        self.best_weights, self.best_objective = None, None

    @property
    def total_epochs(self) -> int:
        """Epochs of all stages, the upper bound."""
        return self.recipe.epochs

    def objective_of(self, stage: int) -> Objective:
        """Return the objective of a stage in its present state."""
        return self._objectives[stage]

    @property
    def epochs_done(self) -> int:
        """Epochs done in all stages."""
        return len(self.history)

    @property
    def stage_is_over(self) -> bool:
        """Whether the present stage has no further epoch."""
        settings = self.recipe.stages[self.stage]
        return self.epoch >= settings.epochs or self._out_of_patience(settings)

    def run(self) -> None:
        """Train from the present state to the end; the model then holds the kept weights.

        Raises:
            Stopped: if a callback asked for it.
            TrainingError: if a loss or its gradient is not finite; the weights are then those of the step before.
        """
        for callback in self.callbacks:
            callback.training_begins(self)
        while self.stage < len(self.recipe.stages):
            settings = self.recipe.stages[self.stage]
            while not self.stage_is_over:
                began = time.monotonic()
                figures = self._train_epoch(settings)
                figures = self._judge_epoch(settings, figures)
                seconds = time.monotonic() - began
                self.epoch += 1
                left = self._seconds_left(seconds)
                figures = dataclasses.replace(figures, seconds=round(seconds, 3), seconds_left=left)
                self.history.append(figures)
                for callback in self.callbacks:
                    callback.epoch_ended(figures)
                for callback in self.callbacks:
                    callback.state_reached(self)
            self._end_stage(settings)
            for callback in self.callbacks:
                callback.state_reached(self)

    def _end_stage(self, settings: Stage) -> None:
        kept = self.best_weights if settings.keep == "best" else None
        self.model.load_state_dict(kept or self.algorithm.judged.state_dict())
        if settings.keep == "best" and self.best_objective is not None:
            self.objective.load_state_dict(self.best_objective)
        self.stage += 1
        self.epoch = 0
        if self.stage < len(self.recipe.stages):
            self.begin_stage()

    def _train_epoch(self, settings: Stage) -> EpochFigures:
        random = torch.Generator().manual_seed(stream_seed(self.seed, "augmentation", self.stage, self.epoch))
        # Dropout draws from torch's own generator; seeding it per epoch keeps a resumed run exact.
        torch.manual_seed(stream_seed(self.seed, "dropout", self.stage, self.epoch))
        batches = self._batches(self.stage, self.epoch)
        self.model.train()
        losses: list[float] = []
        sums: dict[str, float] = {}
        rate, began = 0.0, time.monotonic()
        for number, chosen in enumerate(batches):
            progress = StepProgress(self.epoch * len(batches) + number, settings.epochs * len(batches))
            try:
                result = self.algorithm.step(self._batch(chosen, settings, random), progress)
            except NotFinite as problem:
                raise self._diverged(settings, problem) from problem
            rate = result.learning_rate
            losses.append(result.loss)
            for name, figure in result.figures.items():
                sums[name] = sums.get(name, 0.0) + figure
            self._tell_batch(number + 1, len(batches), losses[-1], began)
        means = {name: total / len(batches) for name, total in sums.items()}
        loss = float(np.mean(losses))
        return EpochFigures(self.epochs_done + 1, settings.name, loss, learning_rate=rate, further=means)

    def _diverged(self, settings: Stage, problem: NotFinite) -> TrainingError:
        return TrainingError(
            f"Expected a loss and a gradient that are finite; got {problem.loss:g} and {problem.gradient:g} in epoch "
            f"{self.epochs_done + 1}, stage {settings.name!r}: training has diverged. Train again with a lower "
            f"stages.{self.stage}.learning_rate (now {settings.learning_rate:g}) or milder options of the stage; "
            "what was kept before this epoch is unchanged."
        )

    def _tell_batch(self, batch: int, batches: int, loss: float, began: float) -> None:
        per_batch = (time.monotonic() - began) / batch
        left = per_batch * (batches - batch) + self._later_batches() * per_batch
        figures = BatchFigures(batch, batches, self.epochs_done + 1, loss, round(left, 1))
        for callback in self.callbacks:
            callback.batch_ended(figures)
        if any(callback.should_stop() for callback in self.callbacks):
            raise Stopped

    def _later_batches(self) -> int:
        """Steps after the present epoch, at most."""
        later = (self.recipe.stages[self.stage].epochs - self.epoch - 1) * self._batch_counts[self.stage]
        for stage, count in list(zip(self.recipe.stages, self._batch_counts, strict=True))[self.stage + 1 :]:
            later += stage.epochs * count
        return later

    def _seconds_left(self, epoch_seconds: float) -> float:
        """Time to the end at the present pace; ``epoch`` already counts the epoch that just ended."""
        per_batch = epoch_seconds / self._batch_counts[self.stage]
        return round((self._later_batches() + self._batch_counts[self.stage]) * per_batch, 1)

    def _batches(self, stage: int, epoch: int) -> list[IntArray] | PairBatches:
        return stage_batches(
            self.recipe.stages[stage],
            self._numbers.tolist(),
            self._costs,
            classes=self.first_task.size,
            speakers=self.train_set.speakers,
            pairs=self._objectives[stage].pairs,
            random=stream(self.seed, "batches", stage, epoch),
        )

    def _batch(self, chosen: IntArray, settings: Stage, random: torch.Generator) -> Batch:
        inputs = {}
        heard = self._heard(chosen, random)
        for name, items in heard.items():
            mean, deviation = (values.cpu() for values in self.model.statistics(name))
            padded = pad([(values - mean) / deviation for values in items])
            inputs[name] = self._inputs[name].augment(
                padded, settings.augmentation, random, mean=mean, deviation=deviation
            )
        rows = torch.from_numpy(chosen)
        targets = {name: Targets(one.values[rows], one.present[rows]) for name, one in self._targets.items()}
        batch = Batch(inputs, targets, chosen)
        if settings.augmentation.mixup and self.objective.mixes and len(chosen) > 1:
            batch = mix(batch, settings.augmentation.mixup, random)
        return batch.to(self.device)

    def _heard(self, chosen: IntArray, random: torch.Generator) -> dict[str, list[Tensor]]:
        """Return each input of the chosen utterances, some of them disturbed, by the recipe's shares."""
        disturbed, settings = self.train_set.disturbed, self.recipe.disturbances
        versions = [self.train_set.inputs] * len(chosen)
        if disturbed:  # otherwise nothing is drawn, so that recipes without stay as they were
            limits = torch.tensor([one.share for one in settings.values()]).cumsum(dim=0)
            kinds = torch.searchsorted(limits, torch.rand(len(chosen), generator=random), right=True).tolist()
            names = list(settings)
            numbers = torch.rand(len(chosen), generator=random).tolist()
            for place, (kind, number) in enumerate(zip(kinds, numbers, strict=True)):
                if kind < len(names):
                    made = disturbed[names[kind]]
                    versions[place] = made[int(number * len(made))]
        return {
            name: [version[name][index] for version, index in zip(versions, chosen, strict=True)]
            for name in self.train_set.inputs
        }

    def _judge_epoch(self, settings: Stage, trained: EpochFigures) -> EpochFigures:
        if self.development is None or not len(self.development):
            return trained
        judged = self.algorithm.judged
        outputs = run_model(judged, self.development.inputs)
        if isinstance(self.first_task, ClassTask):
            figures, score = self._judge_classes(self.first_task, judged, outputs)
        else:
            first = self.first_task
            figures = dict(first.metrics(outputs.heads[first.name], self._of_development(first)))
            score = first.score(figures)
        for task in self.tasks[1:]:
            found = task.metrics(outputs.heads[task.name], self._of_development(task))
            figures |= {f"{task.name}_{name}": value for name, value in found.items()}
        best = score is not None and score > self.best_score
        if best and score is not None:
            self.best_score, self.best_epoch = score, self.epoch
            self.best_weights = copy.deepcopy(judged.state_dict())
            self.best_objective = copy.deepcopy(self.objective.state_dict())
        counts = figures.pop("confusion", None)
        return trained.judged(figures, confusion=counts, best=best)

    def _judge_classes(
        self, task: ClassTask, model: EmotionModel, outputs: ModelOutputs
    ) -> tuple[dict[str, Any], float | None]:
        """Judge the utterances that have a label, by the head and by the angle to directions."""
        labels = self._of_development(task)
        known = np.flatnonzero(labels.present)
        if not len(known):
            return {}, None
        logits, targets = outputs.heads[task.name][known], labels.values[known]
        truth = [task.classes[target] for target in targets]
        by_head = [task.classes[number] for number in logits.argmax(axis=1)]
        directions, order = self._directions(task, model)
        by_angle = [order[number] for number in angles_to(outputs.embeddings[known], directions).argmin(axis=1)]
        head_counts, angle_counts = confusion(truth, by_head, task.classes), confusion(truth, by_angle, task.classes)
        loss = torch.nn.functional.cross_entropy(torch.from_numpy(logits), torch.from_numpy(targets))
        counts = head_counts if self.objective.judge == "head" else angle_counts
        figures = {
            "loss": float(loss),
            "uar": uar(head_counts),
            "wa": wa(head_counts),
            "uar_angle": uar(angle_counts),
            "wa_angle": wa(angle_counts),
            "confusion": counts.tolist(),
        }
        return figures, task.score({task.chosen_by: uar(counts)})

    def _of_development(self, task: Task) -> Labels:
        if self.development is None:
            raise ValueError("Expected a development set; there is none.")
        return self.development.labels[task.name]

    def _directions(self, task: ClassTask, model: EmotionModel) -> tuple[Any, list[str]]:
        """Class directions of a seeded part of the training set, for judging an epoch at small cost."""
        random = stream(self.seed, "directions")
        chosen = np.concatenate(
            [
                random.permutation(np.flatnonzero(self._numbers == number))[:UTTERANCES_FOR_DIRECTIONS]
                for number in range(task.size)
            ]
        )
        embeddings = run_model(model, self.train_set.select(chosen).inputs).embeddings
        names = [task.classes[number] for number in self._numbers[chosen]]
        order = [label for label in task.classes if label in set(names)]
        return class_directions(embeddings, names, order), order

    def _out_of_patience(self, settings: Stage) -> bool:
        judged = self.best_epoch >= 0
        return settings.patience > 0 and judged and self.epoch - 1 - self.best_epoch >= settings.patience
