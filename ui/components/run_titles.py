"""The name that a run was given, wherever it or its model is chosen."""

from ser_core.training.run_names import run_title
from ser_core.workspace import runs_directory

OF_RUNS = "runs/"


def title_of(name: str) -> str:
    """Turn ``runs/FOLDER`` into the name that the run was given, or its folder's; other names stay."""
    return run_title(runs_directory() / name.removeprefix(OF_RUNS)) if name.startswith(OF_RUNS) else name
