"""Tasks side by side, in processes that end with the one that started them."""

import concurrent.futures
import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.managers import SyncManager
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from ser_core.errors import TrainingError

Task = TypeVar("Task")
Result = TypeVar("Result")
Listener = Callable[[Any], None]

_SECONDS_BETWEEN_LOOKS = 0.5


def side_by_side(
    run: Callable[[Task, Listener | None], Result], tasks: Sequence[Task], workers: int, listener: Listener | None
) -> Iterator[tuple[Task, Result]]:
    """Yield tasks with their results as they finish; the rest is cancelled when the caller stops.

    ``run`` does a task, and reports to a listener in this process; it is a function of a module, so that a new process
    finds it. With one worker it runs in this process.

    Raises:
        TrainingError: if one of the processes is killed.
    """
    if workers == 1:
        for task in tasks:
            yield task, run(task, listener)
        return
    context = multiprocessing.get_context("spawn")
    with contextlib.ExitStack() as opened:
        with _terminal_ignored():
            manager = SyncManager(ctx=context)
            manager.start(initializer=end_with_parent)
            events = opened.enter_context(manager).Queue()
            others = set(multiprocessing.active_children())
            asked: dict[Future[Result], Task] = {}
            pool = opened.enter_context(ProcessPoolExecutor(workers, context, initializer=end_with_parent))
            opened.callback(_give_up, asked, others)
            tell = None if listener is None else events.put
            for task in tasks:
                asked[pool.submit(run, task, tell)] = task
            team = set(multiprocessing.active_children()) - others
        waiting = set(asked)
        try:
            while waiting:
                done, waiting = concurrent.futures.wait(waiting, timeout=_SECONDS_BETWEEN_LOOKS)
                while listener is not None and not events.empty():
                    listener(events.get())
                for future in done:
                    yield asked[future], future.result()
                # The pool itself may notice only when another of its processes is done.
                if waiting and not all(worker.is_alive() for worker in team):
                    raise BrokenProcessPool
        except BrokenProcessPool as error:
            raise TrainingError(
                f"Expected {workers} processes to work side by side; the system ended one of them, most likely because "
                "there was too little memory. Repeat the command with fewer --workers; what is done is kept."
            ) from error


def _give_up(asked: Collection["Future[Any]"], others: Set[BaseProcess]) -> None:
    """End the processes, except ``others``, if their results are no longer awaited."""
    if not all(future.done() for future in asked):
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()


@contextlib.contextmanager
def _terminal_ignored() -> Iterator[None]:
    """Let processes that are started meanwhile ignore Ctrl-C and a terminal that closes: this one ends them."""
    numbers = [signal.SIGINT, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    former = {}
    with contextlib.suppress(ValueError):  # only the main thread may listen to signals
        former = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def end_with_parent() -> None:
    """End this process when its parent process ends, also if that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent,), daemon=True).start()


def _outlive(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
