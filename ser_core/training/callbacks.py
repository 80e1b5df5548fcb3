"""What listens to a training run, at named moments of the one loop."""

from typing import Any

from ser_core.training.events import BatchFigures, EpochFigures


class Callback:
    """Base: listens to nothing. Subclasses override the moments that they need."""

    def training_begins(self, trainer: Any) -> None:
        """The trainer is about to train, from its first epoch or from the state that was restored."""

    def batch_ended(self, figures: BatchFigures) -> None:
        """A step was made."""

    def epoch_ended(self, figures: EpochFigures) -> None:
        """An epoch was trained and judged."""

    def state_reached(self, trainer: Any) -> None:
        """The trainer is between two epochs, where its state can be saved."""

    def should_stop(self) -> bool:
        """Asked after every batch; true ends the run before its next step."""
        return False
