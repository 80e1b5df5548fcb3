"""What listens to a training run, at named moments of the one loop."""

from typing import Any


class Callback:
    """Base: listens to nothing. Subclasses override the moments that they need."""

    def started(self, figures: dict[str, Any]) -> None:
        """Training begins, or goes on after a stop."""

    def training_begins(self, trainer: Any) -> None:
        """The trainer is about to train, from its first epoch or from the state that was restored."""

    def batch_ended(self, figures: dict[str, Any]) -> None:
        """A step was made: ``epoch, batch, batches, loss, seconds_left``."""

    def epoch_ended(self, figures: dict[str, Any]) -> None:
        """An epoch was trained and judged; see :meth:`ser_core.training.loop.Trainer.run`."""

    def state_reached(self, trainer: Any) -> None:
        """The trainer is between two epochs, where its state can be saved."""

    def should_stop(self) -> bool:
        """Asked after every batch; true ends the run before its next step."""
        return False
