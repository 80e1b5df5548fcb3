"""Runs trained once more under other seeds, one after another, in the background of a server."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from ser_core.errors import StoppedError, TrainingError
from ser_core.jobs import Pace, Progress
from ser_core.jobs.queue import Job, JobQueue
from ser_core.training.jobs import request_stop, run_state, start_run_again
from ser_core.types import Seconds

Runs: TypeAlias = tuple[Path, ...]
_SECONDS_BETWEEN_LOOKS: Seconds = 0.5


def seeds_queue() -> JobQueue[Runs]:
    """Return a queue for :func:`train_more_seeds`: one run trains at a time, also for several visitors."""
    return JobQueue(stopped="Expected the runs under further seeds; they were stopped. Press the button again.")


def train_more_seeds(missing: Mapping[Path, Sequence[int]], job: Job[Runs]) -> Runs:
    """Train each run again under its missing seeds, seed by seed; returns the folders of the new runs.

    Args:
        missing: run → seeds.
        job: receives the progress in runs; giving it up stops the run at work, and what has ended is kept.

    Raises:
        SerError: if a run cannot be started.
        StoppedError: if it is given up.
        TrainingError: if one of the runs ends without a model.
    """
    rounds = max(map(len, missing.values()), default=0)
    asked = [(run, seeds[number]) for number in range(rounds) for run, seeds in missing.items() if number < len(seeds)]
    pace = Pace()
    made: list[Path] = []
    for run, seed in asked:
        job.report(Progress(len(made), len(asked), words=f"Training {len(made) + 1} of {len(asked)} begins"))
        new = start_run_again(run, seed=seed)
        while (state := run_state(new)).alive:
            done = len(made) + state.progress.share
            words = f"Training {len(made) + 1} of {len(asked)}: {state.progress.words}"
            try:
                job.report(Progress(done, len(asked), pace.seconds_left(done, len(asked)), words))
            except StoppedError:
                request_stop(new)
                raise
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        if state.status != "finished":
            raise TrainingError(
                f"Expected the run {new.name} to finish; it is {state.status}. {state.message} See it on the page "
                "Train, then press the button again."
            )
        made.append(new)
    return tuple(made)
