"""Frames without sound: training is tested on random numbers that a class shifts."""

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np
import pytest
import torch

from ser_core.features import FrontEnd
from ser_core.models import AUDIO, build_model
from ser_core.recipes import Augmentation, Recipe, Stage
from ser_core.tasks import ClassTask, Labels
from ser_core.training.callbacks import Callback
from ser_core.training.events import BatchFigures, EpochFigures
from ser_core.training.examples import Examples
from ser_core.training.loop import Trainer

LABELS = ("neutral", "happy", "sad")
EMOTIONS = ClassTask("emotion", LABELS)
MakeTrainer = Callable[..., Trainer]

SOFTMAX = Stage(
    "softmax",
    epochs=3,
    learning_rate=5e-3,
    batch_size=8,
    average=0.7,
    augmentation=Augmentation(stretch=0.2, mixup=0.3, time_masks=1),
)
TRIPLET = Stage("triplet", objective="triplet", epochs=2, learning_rate=2e-3, utterances_per_class=4)
PAIRS = Stage("pairs", objective="pairs", epochs=3, batch_size=6, pairs_per_epoch=18, positive_share=0.5, keep="best")
QUICK = Stage("softmax", epochs=4, learning_rate=5e-3, batch_size=8)


def make_examples(count: int, seed: int) -> Examples:
    random = torch.Generator().manual_seed(seed)
    targets = np.arange(count) % len(LABELS)
    lengths = torch.randint(6, 15, (count,), generator=random).tolist()
    frames = [
        torch.randn(length, 8, generator=random) + 0.8 * torch.eye(8)[target]
        for length, target in zip(lengths, targets, strict=True)
    ]
    return Examples({AUDIO: frames}, {"emotion": Labels(targets, targets >= 0)}, np.arange(count) % 4)


@pytest.fixture
def make_trainer() -> MakeTrainer:
    """Return a function that builds the same small trainer again and again."""

    def make(
        stages: Sequence[Stage] = (SOFTMAX, TRIPLET),
        callbacks: Sequence[Callback] = (),
        *,
        development: bool = True,
        seed: int = 3,
    ) -> Trainer:
        recipe = Recipe("r", "t", "s", "o", tuple(stages), FrontEnd(mel_bands=8), embedding_size=6, dropout=0.2)
        train = make_examples(24, seed=1)
        torch.manual_seed(0)
        model = build_model(
            "residual",
            {"channels": [4, 8], "stem": 4, "dropout": 0.1},
            features=8,
            embedding_size=6,
            heads={"emotion": 3},
            dropout=0.2,
        )
        model.set_statistics(train.statistics())
        return Trainer(
            recipe,
            model,
            train,
            make_examples(12, seed=2) if development else None,
            tasks=[EMOTIONS],
            seed=seed,
            callbacks=callbacks,
            device=torch.device("cpu"),
        )

    return make


def assert_same_weights(left: torch.nn.Module, right: torch.nn.Module) -> None:
    one, other = left.state_dict(), right.state_dict()
    assert one.keys() == other.keys()
    for name in one:
        assert torch.equal(one[name], other[name]), name


def without_times(history: Sequence[EpochFigures]) -> list[EpochFigures]:
    return [dataclasses.replace(figures, seconds=None, seconds_left=None) for figures in history]


class StopsAfter(Callback):
    """Asks to stop in the batch after so many epochs, which is then lost."""

    def __init__(self, epochs: int) -> None:
        self.left = epochs
        self.asked_in_batch = 0

    def epoch_ended(self, figures: EpochFigures) -> None:
        self.left -= 1

    def batch_ended(self, figures: BatchFigures) -> None:
        self.asked_in_batch = figures.batch

    def should_stop(self) -> bool:
        return self.left <= 0
