"""The one training loop."""

import copy
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
from ser_core.models import AUDIO, EMOTION, Batch, EmotionModel, Padded, Targets, pad
from ser_core.models.running import run_model
from ser_core.recipes import Recipe, Stage
from ser_core.sampling import PairBatches
from ser_core.seeding import stream, stream_seed
from ser_core.training.algorithms import NotFinite, Progress, build_algorithm
from ser_core.training.augmentation import augment, mix
from ser_core.training.batches import stage_batches
from ser_core.training.callbacks import Callback
from ser_core.training.device import best_device
from ser_core.training.examples import Examples
from ser_core.training.objectives import Objective, ObjectiveContext, build_objective, one_hot
from ser_core.types import IntArray

UTTERANCES_FOR_DIRECTIONS = 10  # per class, for the directions that judge an epoch


class Stopped(Exception):
    """A callback asked the loop to end; the last complete epoch is what can be resumed."""


class Trainer:
    """Trains a model through the stages of a recipe.

    Everything random in an epoch is drawn from streams named after that epoch, so that a run that was stopped and
    resumed between two epochs equals one that was not.

    Attributes:
        stage: number of the present stage.
        epoch: epochs done in that stage.
        history: the figures of every epoch so far.
    """

    def __init__(
        self,
        recipe: Recipe,
        model: EmotionModel,
        train: Examples,
        development: Examples | None,
        *,
        labels: Sequence[str],
        seed: int,
        callbacks: Sequence[Callback] = (),
        device: torch.device | None = None,
    ) -> None:
        """Get ready; nothing is computed yet.

        Args:
            recipe: stages and their settings.
            model: with frame statistics set.
            train: training utterances.
            development: utterances of other speakers that judge every epoch, or none.
            labels: class names in the order of the targets.
            seed: of all random streams.
            callbacks: listeners.
            device: where to compute; by default the GPU if there is one.

        Raises:
            ConfigError: if a stage's objective or batches cannot exist on these utterances.
        """
        self.recipe = recipe
        self.device = device or best_device()
        self.model = model.to(self.device)
        self.train_set = train
        self.development = development
        self.labels = tuple(labels)
        self.seed = seed
        self.callbacks = tuple(callbacks)
        self.stage = 0
        self.epoch = 0
        self.history: list[dict[str, Any]] = []
        self.best_score = -math.inf
        self.best_epoch = -1
        self.best_weights: dict[str, Tensor] | None = None
        self.best_objective: dict[str, Tensor] | None = None
        self._targets = torch.from_numpy(train.targets)
        self._lengths = [item.shape[0] for item in train.inputs[AUDIO]]
        # What cannot work is found before the first step.
        context = ObjectiveContext(
            tuple(np.bincount(train.targets, minlength=len(labels)).tolist()), recipe.embedding_size
        )
        with torch.random.fork_rng(devices=[]):  # some objectives learn weights of their own
            torch.manual_seed(stream_seed(seed, "objectives"))
            self._objectives = [build_objective(stage.objective, stage.options, context) for stage in recipe.stages]
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
        """Return the objective of a stage, with what it has learned so far."""
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

        Each epoch's figures: ``epoch`` (from 1, over all stages), ``stage, train_loss, learning_rate, seconds,
        seconds_left``, the objective's own, and with a development set ``development_loss, development_uar,
        development_wa, development_uar_angle, development_wa_angle, confusion, best``.

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
                figures |= self._judge_epoch(settings)
                seconds = time.monotonic() - began
                self.epoch += 1
                figures |= {"seconds": round(seconds, 3), "seconds_left": self._seconds_left(seconds)}
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

    def _train_epoch(self, settings: Stage) -> dict[str, Any]:
        random = torch.Generator().manual_seed(stream_seed(self.seed, "augmentation", self.stage, self.epoch))
        # Dropout draws from torch's own generator; seeding it per epoch keeps a resumed run exact.
        torch.manual_seed(stream_seed(self.seed, "dropout", self.stage, self.epoch))
        batches = self._batches(self.stage, self.epoch)
        self.model.train()
        losses: list[float] = []
        sums: dict[str, float] = {}
        rate, began = 0.0, time.monotonic()
        for number, chosen in enumerate(batches):
            progress = Progress(self.epoch * len(batches) + number, settings.epochs * len(batches))
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
        return {
            "epoch": self.epochs_done + 1,
            "stage": settings.name,
            "train_loss": float(np.mean(losses)),
            "learning_rate": rate,
            **means,
        }

    def _diverged(self, settings: Stage, problem: NotFinite) -> TrainingError:
        return TrainingError(
            f"Expected a loss and a gradient that are finite; got {problem.loss:g} and {problem.gradient:g} in epoch "
            f"{self.epochs_done + 1}, stage {settings.name!r}: training has diverged. Train anew with a lower "
            f"stages.{self.stage}.learning_rate (now {settings.learning_rate:g}) or milder options of the stage; "
            "what was kept before this epoch is unchanged."
        )

    def _tell_batch(self, batch: int, batches: int, loss: float, began: float) -> None:
        per_batch = (time.monotonic() - began) / batch
        left = per_batch * (batches - batch) + self._later_batches() * per_batch
        figures = {
            "epoch": self.epochs_done + 1,
            "batch": batch,
            "batches": batches,
            "loss": loss,
            "seconds_left": round(left, 1),
        }
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
            self.train_set.targets.tolist(),
            self._lengths,
            classes=len(self.labels),
            pairs=self._objectives[stage].pairs,
            random=stream(self.seed, "batches", stage, epoch),
        )

    def _batch(self, chosen: IntArray, settings: Stage, random: torch.Generator) -> Batch:
        mean, deviation = self.model.frame_mean.cpu(), self.model.frame_deviation.cpu()
        frames, lengths = pad([(self.train_set.inputs[AUDIO][index] - mean) / deviation for index in chosen])
        frames, lengths = augment(frames, lengths, settings.augmentation, random, level_unit=1.0 / deviation)
        shares = one_hot(self._targets[torch.from_numpy(chosen)], len(self.labels))
        targets = Targets(shares, torch.ones(len(chosen), dtype=torch.bool))
        batch = Batch({AUDIO: Padded(frames, lengths)}, {EMOTION: targets}, chosen)
        if settings.augmentation.mixup and self.objective.mixes and len(chosen) > 1:
            batch = mix(batch, settings.augmentation.mixup, random)
        return batch.to(self.device)

    def _judge_epoch(self, settings: Stage) -> dict[str, Any]:
        if self.development is None or not len(self.development):
            return {}
        judged = self.algorithm.judged
        outputs = run_model(judged, self.development.inputs)
        logits = outputs.heads[EMOTION]
        truth = [self.labels[target] for target in self.development.targets]
        by_head = [self.labels[number] for number in logits.argmax(axis=1)]
        directions, order = self._directions(judged)
        by_angle = [order[number] for number in angles_to(outputs.embeddings, directions).argmin(axis=1)]
        head_counts, angle_counts = confusion(truth, by_head, self.labels), confusion(truth, by_angle, self.labels)
        loss = torch.nn.functional.cross_entropy(torch.from_numpy(logits), torch.from_numpy(self.development.targets))
        counts = head_counts if self.objective.judge == "head" else angle_counts
        score = uar(counts)
        best = score > self.best_score
        if best:
            self.best_score, self.best_epoch = score, self.epoch
            self.best_weights = copy.deepcopy(judged.state_dict())
            self.best_objective = copy.deepcopy(self.objective.state_dict())
        return {
            "development_loss": float(loss),
            "development_uar": uar(head_counts),
            "development_wa": wa(head_counts),
            "development_uar_angle": uar(angle_counts),
            "development_wa_angle": wa(angle_counts),
            "confusion": counts.tolist(),
            "best": best,
        }

    def _directions(self, model: EmotionModel) -> tuple[Any, list[str]]:
        """Class directions of a seeded part of the training set, for judging an epoch at small cost."""
        random = stream(self.seed, "directions")
        chosen = np.concatenate(
            [
                random.permutation(np.flatnonzero(self.train_set.targets == number))[:UTTERANCES_FOR_DIRECTIONS]
                for number in range(len(self.labels))
            ]
        )
        embeddings = run_model(model, self.train_set.select(chosen).inputs).embeddings
        names = [self.labels[number] for number in self.train_set.targets[chosen]]
        order = [label for label in self.labels if label in set(names)]
        return class_directions(embeddings, names, order), order

    def _out_of_patience(self, settings: Stage) -> bool:
        judged = self.best_epoch >= 0
        return settings.patience > 0 and judged and self.epoch - 1 - self.best_epoch >= settings.patience
