"""The log of a run: one JSON object a line, which a terminal and a page can follow while it grows."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ser_core import plain_json
from ser_core.errors import ConfigError
from ser_core.storage import advice_when_full
from ser_core.training.callbacks import Callback
from ser_core.training.events import KINDS, BatchFigures, EpochFigures, RunEvent

EVENTS_FILE = "events.jsonl"
STOP_FILE = "stop"
_SECONDS_BETWEEN_BATCHES = 0.5


@dataclass(frozen=True)
class LoggedEvent:
    """A line of the log; ``time`` in seconds since 1970."""

    time: float
    event: RunEvent


class EventLog(Callback):
    """Appends what happens to ``events.jsonl``; batches at most twice a second."""

    def __init__(self, run: Path, *, listener: Callable[[RunEvent], None] | None = None) -> None:
        """Write into the folder ``run``, and call ``listener`` with every event, each batch included."""
        self.path = run / EVENTS_FILE
        self.listener = listener
        self._last_batch = 0.0
        self._complete_last_line()

    def write(self, event: RunEvent) -> None:
        """Append one event."""
        line = {"time": round(time.time(), 3), "kind": event.kind, **event.as_table()}
        # One write of a whole line: a reader never sees half of it as long as it ends at the last line break.
        with advice_when_full(self.path), self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, allow_nan=False) + "\n")
        if self.listener is not None:
            self.listener(event)

    def _complete_last_line(self) -> None:
        """End a line that a crash left unfinished, so that the next event stands on one of its own."""
        content = self.path.read_bytes() if self.path.is_file() else b""
        if content and not content.endswith(b"\n"):
            with advice_when_full(self.path), self.path.open("a", encoding="utf-8") as file:
                file.write("\n")

    def batch_ended(self, figures: BatchFigures) -> None:
        """Write the batch if half a second has passed since the last one."""
        now = time.monotonic()
        if now - self._last_batch >= _SECONDS_BETWEEN_BATCHES:
            self._last_batch = now
            self.write(figures)
        elif self.listener is not None:
            self.listener(figures)

    def epoch_ended(self, figures: EpochFigures) -> None:
        """Write the epoch."""
        self.write(figures)


class StopFlag(Callback):
    """Ends training when a file called ``stop`` is in the run's folder."""

    def __init__(self, run: Path) -> None:
        """Watch the folder ``run``."""
        self.path = run / STOP_FILE

    def should_stop(self) -> bool:
        """Return whether the flag is there."""
        return self.path.exists()


def read_events(run: Path) -> list[LoggedEvent]:
    """Read the complete lines of a run's log.

    An unfinished last line, lines that are damaged or lack a field, and events of later releases are left out.
    """
    try:
        text = (run / EVENTS_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    events = []
    for line in text[: text.rfind("\n") + 1].splitlines():
        try:
            table = plain_json.parsed(line)
            event = KINDS[table["kind"]].from_table(table)
            events.append(LoggedEvent(float(table.get("time", 0.0)), event))
        except (ValueError, LookupError, TypeError, ConfigError):
            continue
    return events
