"""Which state of the source code made a result."""

import subprocess
from pathlib import Path

_SOURCE = Path(__file__).resolve().parents[2]
_SECONDS_AT_MOST = 10.0


def source_commit() -> str | None:
    """Return the commit of the source, with ``+`` after it if files of the package differ from it; None without git."""
    if not (_SOURCE / ".git").exists():
        return None
    try:
        commit = _git("rev-parse", "--short=10", "HEAD")
        changed = _git("status", "--porcelain", "--", "ser_core")
    except (OSError, subprocess.SubprocessError):
        return None
    return commit + ("+" if changed else "")


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(_SOURCE), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_SECONDS_AT_MOST)
    return done.stdout.strip()
