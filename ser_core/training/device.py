"""Where training computes and in which precision."""

import contextlib
from contextlib import AbstractContextManager
from pathlib import Path

import torch

from ser_core.checkpoints.environment import ComputingEnvironment, computing_environment


def best_device() -> torch.device:
    """Return the GPU if there is one, else the processor."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def has_fast_bfloat16(device: torch.device) -> bool:
    """Tell whether the device multiplies bfloat16 numbers in hardware.

    On processors that emulate it, autocast makes training slower than float32.
    """
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


def _processor_flags() -> set[str]:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return set()
    return {flag for line in lines if line.startswith(("flags", "Features")) for flag in line.split()}
