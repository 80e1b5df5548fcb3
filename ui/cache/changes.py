"""Version numbers of files, for cache keys."""

import hashlib
import time
from pathlib import Path

from ser_core.paths import changed, is_file


def version(checkpoint: Path) -> int:
    """Return a number that changes when a checkpoint or a file is written again under the same name."""
    written = checkpoint if is_file(checkpoint) else checkpoint / "card.json"
    return changed(written)


def last_change(path: Path) -> tuple[int, ...]:
    """Return numbers that change with the files of a run, or with a result and the predictions beside it."""
    if path.is_dir():
        files = [path / name for name in ("config.toml", "events.jsonl", "checkpoint/card.json", "ended")]
        finished = files[2].exists()
    else:
        files, finished = [path, path.with_name(path.stem + ".predictions.parquet")], True
    changes = [changed(file) for file in files]
    # A run whose process has gone writes nothing that would tell so: it is looked at again and again.
    return (*changes, 0 if finished else int(time.time() / 3))


def digest(data: bytes | memoryview) -> str:
    """Name content by its SHA-256."""
    return hashlib.sha256(data).hexdigest()
