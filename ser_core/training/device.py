"""Where training computes, in which precision, and on how many cores."""

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import torch
from threadpoolctl import threadpool_limits

from ser_core.checkpoints.environment import ComputingEnvironment, computing_environment

_BYTES_PER_PROCESS = 3 << 30  # a fold of residual-triplet on RAVDESS takes 2.4 GB at most

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h


def best_device() -> torch.device:
    """Return the GPU if there is one, else the processor."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def processes_at_once(wanted: int, tasks: int) -> int:
    """Return how many processes train side by side, each on one thread: at most ``wanted`` and ``tasks``.

    0 takes one per core, as far as there is memory, or one alone where a GPU does the work.
    """
    fitting = min(os.cpu_count() or 1, _free_bytes() // _BYTES_PER_PROCESS) if best_device().type == "cpu" else 1
    return max(1, min(wanted or fitting, tasks))


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Let the processor's part of the work run on one thread.

    Threads of one step wait for each other in every layer: beside a browser, a step of 84 ms took 282 to 1,700 ms on
    two threads, and 87 to 173 ms on one. Folds use the cores side by side instead, and since sums are then added in one
    order, results are the same bit for bit however many processes there are.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with threadpool_limits(1):
            yield
    finally:
        torch.set_num_threads(before)


def keep_freed_memory() -> None:
    """Let this process keep the memory that a step frees for the next step, where the C library is glibc.

    Every step takes and frees the same tens of megabytes. By default glibc gives them back to the system each time,
    which clears every page again before the next. The process keeps as much as it needed at most, up to 1 GiB.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, 32 * 2**20)  # larger tensors are still given back; glibc takes no more
        mallopt(_M_TRIM_THRESHOLD, 2**30)


def has_fast_bfloat16(device: torch.device) -> bool:
    """Return whether the device multiplies bfloat16 in hardware; emulated, it is slower than float32."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    if device.type == "cpu":
        return bool({"avx512_bf16", "amx_bf16", "bf16"} & _processor_flags())
    return False


def autocast(device: torch.device) -> AbstractContextManager[object]:
    """Compute in bfloat16 where that is fast, else change nothing."""
    if has_fast_bfloat16(device):
        return torch.autocast(device.type, dtype=torch.bfloat16)
    return contextlib.nullcontext()


def training_environment() -> ComputingEnvironment:
    """Describe where and how this process trains."""
    device = best_device()
    precision = "bfloat16 autocast" if has_fast_bfloat16(device) else "float32"
    return computing_environment(device=device.type, precision=precision, threads=torch.get_num_threads())


def _free_bytes() -> int:
    """Return the free memory in bytes on Linux; elsewhere more than any process needs."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable"))
    except (OSError, ValueError, StopIteration):
        return 1 << 62


def _processor_flags() -> set[str]:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return set()
    return {flag for line in lines if line.startswith(("flags", "Features")) for flag in line.split()}
