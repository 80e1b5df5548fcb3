"""Runs whose space can be watched as it was learned."""

from pathlib import Path


def runs_listed() -> dict[str, Path]:
    """Return the runs that have kept their space, by name."""
    from ser_core.embeddings.snapshots import has_snapshots
    from ser_core.training.jobs import list_runs

    return {run.name: run for run in list_runs() if has_snapshots(run)}
