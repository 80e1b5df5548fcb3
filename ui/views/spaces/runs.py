"""Runs whose space can be watched as it was learned."""

from pathlib import Path

from ser_core.lessons.space_forming import FOLDER
from ser_core.lessons.triplets_measured import TRIPLETS

SHIPPED = "Watch a space form"  # as the lesson whose run it is


def runs_listed() -> dict[str, Path]:
    """Return the runs that have kept their space, by name: those of the workspace, then the one that ships."""
    return {**own_runs(), SHIPPED: FOLDER / TRIPLETS}


def own_runs() -> dict[str, Path]:
    """Return the runs of the workspace that have kept their space, by name."""
    from ser_core.embeddings.snapshots import has_snapshots
    from ser_core.training.jobs import list_runs

    return {run.name: run for run in list_runs() if has_snapshots(run)}


def title_of(name: str) -> str:
    """Return what a listed run is called: the name that it was given, or that of its lesson."""
    from ser_core.training.run_names import run_title

    return name if name == SHIPPED else run_title(runs_listed()[name])
