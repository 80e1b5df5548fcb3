"""What a fold that was interrupted goes on from: its state after the last complete epoch, and the time spent on it."""

import json
import shutil
import time
from pathlib import Path

from ser_core import plain_json
from ser_core.errors import ConfigError, reason_of
from ser_core.storage import write_text_atomically
from ser_core.training.callbacks import Callback
from ser_core.training.loop import Trainer
from ser_core.training.state import save_state
from ser_core.types import Seconds


class UnfinishedFold(Callback):
    """Keeps the state of a fold after every epoch in ``fold-N.unfinished`` beside the file of the fold.

    It also holds the outputs after finished stages; ``state`` exists if the fold was interrupted.
    """

    def __init__(self, fold: Path) -> None:
        """Continue from what is kept beside the file of the finished fold.

        Raises:
            ConfigError: if the time spent cannot be read.
        """
        self.folder = _folder(fold)
        self.state = self.folder / "state.safetensors"
        self._spent = self.folder / "spent.json"
        self._began = _clocks()
        if self.state.exists():
            try:
                before = [float(plain_json.read(self._spent)[name]) for name in ("seconds", "core_seconds")]
            except (OSError, ValueError, LookupError, TypeError) as error:
                raise self.damaged(error) from error
            self._began = (self._began[0] - before[0], self._began[1] - before[1])

    @property
    def spent(self) -> tuple[Seconds, Seconds]:
        """Time by the clock and of the processor, that before interruptions included."""
        now = _clocks()
        return now[0] - self._began[0], now[1] - self._began[1]

    def state_reached(self, trainer: Trainer) -> None:
        """Save; the state comes last and stands for both files."""
        seconds, core_seconds = self.spent
        write_text_atomically(self._spent, json.dumps({"seconds": seconds, "core_seconds": core_seconds}))
        save_state(trainer, self.state)

    def damaged(self, error: Exception) -> ConfigError:
        """Say that the fold cannot go on."""
        return ConfigError(
            f"Expected the state of a fold that was interrupted in {self.folder}; got: {reason_of(error)}. Delete that "
            "folder to have the fold trained from its beginning."
        )


def delete_unfinished(fold: Path) -> None:
    """Delete the kept state of a finished fold."""
    shutil.rmtree(_folder(fold), ignore_errors=True)


def _folder(fold: Path) -> Path:
    return fold.with_suffix(".unfinished")


def _clocks() -> tuple[Seconds, Seconds]:
    return time.monotonic(), time.process_time()
