"""Which state of the source code, on which machine, made a result."""

import os
import platform
import subprocess
from pathlib import Path
from typing import Any

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


def environment() -> dict[str, Any]:
    """Describe where a result was computed: versions, machine, device, and :func:`source_commit`."""
    import numpy as np
    import torch

    from ser_core.training.device import best_device

    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "device": best_device().type,
        "commit": source_commit(),
    }


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(_SOURCE), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_SECONDS_AT_MOST)
    return done.stdout.strip()
