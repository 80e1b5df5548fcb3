"""What every fold tells of its training, whatever its model predicts."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from ser_core.checkpoints.environment import ComputingEnvironment
from ser_core.config import FileRecord
from ser_core.errors import ConfigError


@dataclass(frozen=True, kw_only=True)
class FoldRecord(FileRecord, ABC):
    """One fold in a result file; fields that files of earlier releases lack are empty or None.

    Attributes:
        development_speakers: that chose the epoch, and set what is fitted after training.
        speaker_overlap: how many test speakers occur in the other parts.
        core_seconds: computing time, beside ``seconds`` on the clock.
    """

    fold: int
    train_speakers: tuple[str, ...] = ()
    development_speakers: tuple[str, ...] = ()
    test_speakers: tuple[str, ...] = ()
    speaker_overlap: int | None = None
    epochs: int = 0
    seconds: float = 0.0
    core_seconds: float = 0.0
    environment: ComputingEnvironment | None = None

    def __post_init__(self) -> None:
        """Check values beyond their types."""
        if min(self.epochs, self.seconds, self.core_seconds) < 0:
            raise ConfigError("Expected epochs and seconds that are not below zero.")

    @property
    @abstractmethod
    def in_words(self) -> str:
        """How well it did on its test utterances, for a line on the terminal."""

    def as_table(self) -> dict[str, Any]:
        """Return it as JSON, without missing values."""
        return {name: value for name, value in super().as_table().items() if value is not None}
