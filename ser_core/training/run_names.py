"""Names that people give to runs: one line in a file of the run's folder."""

import json
from pathlib import Path

from ser_core import plain_json
from ser_core.errors import InputError
from ser_core.storage import write_text_atomically

NAME_FILE = "name.json"
LONGEST = 60  # letters


def run_title(run: Path) -> str:
    """Return the name that a run was given; that of its folder where it has none, or the file cannot be read."""
    try:
        content = plain_json.parsed((run / NAME_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return run.name
    name = content.get("name") if isinstance(content, dict) else None
    return name[:LONGEST] if isinstance(name, str) and name.strip() else run.name


def rename_run(run: Path, name: str) -> None:
    """Give a run a name; an empty one takes it away. Its folder, and so all that points to it, stays.

    Raises:
        InputError: if the name is too long, or holds what cannot be printed.
        StorageError: if it cannot be written.
    """
    name = " ".join(name.split())
    if len(name) > LONGEST or not name.isprintable():
        raise InputError(
            f"Expected a name of at most {LONGEST} letters for the run; got {name[:LONGEST]!r}"
            f"{f' and {len(name) - LONGEST} more' if len(name) > LONGEST else ''}. Give a shorter, plain one."
        )
    write_text_atomically(run / NAME_FILE, json.dumps({"name": name}, ensure_ascii=False) + "\n")
