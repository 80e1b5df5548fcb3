"""The log of a run: one JSON object a line, which a terminal and a page can follow while it grows."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ser_core import plain_json
from ser_core.checkpoints.card import Metrics
from ser_core.config import FileRecord
from ser_core.errors import ConfigError
from ser_core.storage import advice_when_full
from ser_core.training.callbacks import Callback

EVENTS_FILE = "events.jsonl"
STOP_FILE = "stop"
_SECONDS_BETWEEN_BATCHES = 0.5
_NUMBER = (int, float)
# What the event of a kind cannot do without, for whoever follows the log.
_NEEDED: Mapping[str, Mapping[str, tuple[type, ...]]] = MappingProxyType(
    {
        "started": {"total_epochs": (int,), "labels": (list,), "corpus": (str,), "recipe": (str,), "protocol": (str,)},
        "reading": {"done": (int,), "total": (int,)},
        "note": {"text": (str,)},
        "batch": {"batch": (int,), "batches": (int,)},
        "epoch": {"epoch": (int,), "stage": (str,)},
    }
)
# What it may have, and then of this kind; null stands for what JSON cannot say.
_KNOWN: Mapping[str, tuple[type, ...]] = MappingProxyType(
    {
        "time": _NUMBER,
        "seconds_left": _NUMBER,
        "train_loss": _NUMBER,
        "development_uar": _NUMBER,
        "development_wa": _NUMBER,
        "development_uar_angle": _NUMBER,
        "confusion": (list,),
    }
)


@dataclass(frozen=True)
class Finished(FileRecord):
    """The end of a run that left a model.

    Attributes:
        metrics: scores by part and back end.
        task_metrics: part → task → metric → value, of every task but the emotions that are told first.
        back_end: the one that judges.
        seconds: that training took.
    """

    metrics: Metrics
    back_end: str = ""
    seconds: float = 0.0
    task_metrics: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)


class EventLog(Callback):
    """Appends what happens to ``events.jsonl``; batches at most twice a second."""

    def __init__(self, run: Path, *, listener: Callable[[dict[str, Any]], None] | None = None) -> None:
        """Write into the folder ``run``; tell ``listener`` the same, each batch included."""
        self.path = run / EVENTS_FILE
        self.listener = listener
        self._last_batch = 0.0
        self._complete_last_line()

    def write(self, kind: str, **figures: Any) -> None:
        """Append one event."""
        event = {"time": round(time.time(), 3), "kind": kind, **figures}
        # One write of a whole line: a reader never sees half of it as long as it ends at the last line break.
        with advice_when_full(self.path), self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(event, allow_nan=False) + "\n")
        if self.listener is not None:
            self.listener(event)

    def _complete_last_line(self) -> None:
        """End a line that a crash left unfinished, so that the next event stands on one of its own."""
        content = self.path.read_bytes() if self.path.is_file() else b""
        if content and not content.endswith(b"\n"):
            with advice_when_full(self.path), self.path.open("a", encoding="utf-8") as file:
                file.write("\n")

    def batch_ended(self, figures: dict[str, Any]) -> None:
        """Write the batch if half a second has passed since the last one."""
        now = time.monotonic()
        if now - self._last_batch >= _SECONDS_BETWEEN_BATCHES:
            self._last_batch = now
            self.write("batch", **_plain(figures))
        elif self.listener is not None:
            self.listener({"kind": "batch", **figures})

    def epoch_ended(self, figures: dict[str, Any]) -> None:
        """Write the epoch."""
        self.write("epoch", **_plain(figures))


class StopFlag(Callback):
    """Ends training when a file called ``stop`` is in the run's folder."""

    def __init__(self, run: Path) -> None:
        """Watch the folder ``run``."""
        self.path = run / STOP_FILE

    def should_stop(self) -> bool:
        """Tell whether the flag is there."""
        return self.path.exists()


def read_events(run: Path) -> list[dict[str, Any]]:
    """Read the complete lines of a run's log; an unfinished last line and damaged lines are left out.

    A line is damaged, too, that lacks what an event of its kind needs.
    """
    try:
        text = (run / EVENTS_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    events = []
    for line in text[: text.rfind("\n") + 1].splitlines():
        try:
            event = plain_json.parsed(line)
        except ValueError:
            continue
        if _is_event(event):
            events.append(event)
    return events


def _is_event(found: Any) -> bool:
    if not isinstance(found, dict) or not isinstance(found.get("kind"), str) or found.get("time", 0.0) is None:
        return False
    if found["kind"] == "finished":
        try:
            Finished.from_table(found)
        except ConfigError:
            return False
    needed = _NEEDED.get(found["kind"], {})
    return all(isinstance(found.get(name), kinds) for name, kinds in needed.items()) and all(
        found.get(name) is None or isinstance(found[name], kinds) for name, kinds in _KNOWN.items()
    )


def _plain(figures: dict[str, Any]) -> dict[str, Any]:
    """Replace what JSON cannot say (NaN, infinity) by null."""
    return {
        name: None if isinstance(value, float) and not abs(value) < float("inf") else value
        for name, value in figures.items()
    }
