"""Which state of the source code, on which machine and in which precision, made a result or a model."""

import os
import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ser_core.config import FileRecord

_SOURCE = Path(__file__).resolve().parents[2]
_SECONDS_AT_MOST = 10.0


@dataclass(frozen=True)
class ComputingEnvironment(FileRecord):
    """Where something was computed; what files of earlier releases lack is empty, 0 or None.

    ``device`` is ``cpu``, ``cuda`` or ``mps``; ``precision`` ``float32`` or ``bfloat16 autocast``; ``threads`` those of
    one operation on the processor; ``commit`` that of :func:`source_commit`.
    """

    python: str = ""
    torch: str = ""
    numpy: str = ""
    machine: str = ""
    cores: int | None = None
    device: str = ""
    precision: str = ""
    threads: int = 0
    commit: str | None = None

    def in_words(self) -> str:
        """Device, precision and threads in words, as far as known.

        Examples:
            >>> ComputingEnvironment(device="cpu", precision="bfloat16 autocast", threads=1).in_words()
            'cpu, bfloat16 autocast, 1 thread'
            >>> ComputingEnvironment(device="cuda").in_words()
            'cuda'
        """
        threads = f"{self.threads} thread{'s' if self.threads > 1 else ''}" if self.threads else ""
        return ", ".join(filter(None, (self.device, self.precision, threads)))


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


def computing_environment(*, device: str, precision: str, threads: int) -> ComputingEnvironment:
    """Describe this process and its package versions; ``threads`` are those of one operation on the processor."""
    import numpy as np
    import torch

    return ComputingEnvironment(
        python=platform.python_version(),
        torch=torch.__version__,
        numpy=np.__version__,
        machine=platform.machine(),
        cores=os.cpu_count(),
        device=device,
        precision=precision,
        threads=threads,
        commit=source_commit(),
    )


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(_SOURCE), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_SECONDS_AT_MOST)
    return done.stdout.strip()
