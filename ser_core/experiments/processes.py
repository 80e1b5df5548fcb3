"""Folds side by side, each in a process of its own."""

import concurrent.futures
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ser_core.experiments.folds import FoldResult, Task, run_fold
from ser_core.training.device import best_device

_SECONDS_BETWEEN_LOOKS = 0.5


def shares_of_machine(workers: int, tasks: int) -> tuple[int, int]:
    """Decide how many processes work, and with how many threads each.

    Args:
        workers: wanted processes; 0 takes one per core, or one alone where a GPU does the work.
        tasks: how many there are.

    Returns:
        Processes, and threads of each.
    """
    cores = os.cpu_count() or 1
    workers = workers or (1 if best_device().type != "cpu" else cores)
    workers = max(1, min(workers, tasks))
    return workers, max(1, cores // workers)


def side_by_side(
    tasks: Sequence[Task], workers: int, listener: Callable[[dict[str, Any]], None] | None
) -> Iterator[tuple[Task, FoldResult]]:
    """Yield tasks and their results as they are done; what has not begun is left when the caller stops."""
    if workers == 1:
        for task in tasks:
            yield task, run_fold(task, listener)
        return
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, concurrent.futures.ProcessPoolExecutor(workers, mp_context=context) as pool:
        events = manager.Queue()
        tell = None if listener is None else events.put
        asked = {pool.submit(run_fold, task, tell): task for task in tasks}
        waiting = set(asked)
        try:
            while waiting:
                done, waiting = concurrent.futures.wait(waiting, timeout=_SECONDS_BETWEEN_LOOKS)
                while listener is not None and not events.empty():
                    listener(events.get())
                for future in done:
                    yield asked[future], future.result()
        finally:
            for future in waiting:
                future.cancel()
