"""Queue of work for visitors of a server: shared by key, a few at once, cancelled when no visitor waits for it."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeAlias, TypeVar, cast

from ser_core.errors import StoppedError
from ser_core.jobs.progress import Progress
from ser_core.types import Seconds

Result = TypeVar("Result")
_WAITING, _RUNNING, _DONE, _FAILED, _STOPPED = "waiting", "running", "done", "failed", "stopped"


class Job(Generic[Result]):
    """Requested work; made by :class:`JobQueue`. ``key`` identifies the result; ``progress`` is the last reported."""

    def __init__(self, key: str, work: "Work[Result]", visitor: str, stopped: str) -> None:
        self.key = key
        self.progress = Progress(0.0)
        self._work: Work[Result] | None = work  # and all that it holds; none once it has begun
        self._visitors = {visitor}
        self._stopped_words = stopped
        self._status = _WAITING
        self._looked = time.monotonic()
        self._result: Result | None = None
        self._error: Exception | None = None
        self._kill: Callable[[], None] | None = None
        self._ended = threading.Event()

    def done(self) -> bool:
        """Return whether there is a result or an error."""
        return self._ended.is_set()

    def failed(self) -> bool:
        """Tell whether it ended without a result."""
        return self.done() and self._status != _DONE

    def stopped(self) -> bool:
        """Tell whether it was given up."""
        return self._status == _STOPPED

    def result(self, timeout: Seconds | None = None) -> Result:
        """Wait for the result.

        Raises:
            SerError: if there can be none.
            StoppedError: if it was cancelled.
            TimeoutError: if it takes longer.
        """
        if not self._ended.wait(timeout):
            raise TimeoutError
        if self._status != _DONE:
            raise self._error or StoppedError(self._stopped_words)
        return cast(Result, self._result)

    def report(self, progress: Progress) -> None:
        """Note how far the work is; called by the work; raises StoppedError if it was given up, which ends the work."""
        if self.stopped():
            raise StoppedError(self._stopped_words)
        self.progress = progress

    def kill_by(self, kill: Callable[[], None] | None) -> None:
        """Set the function that ends the work at once if it is cancelled; called by work that waits for a process.

        Raises:
            StoppedError: if it was cancelled before.
        """
        self._kill = kill
        if self.stopped():
            if kill is not None:
                kill()
            raise StoppedError(self._stopped_words)

    def _stop(self) -> None:
        self._status = _STOPPED
        self._work = None
        kill = self._kill
        if kill is not None:
            kill()
        self._ended.set()

    def _finish(self, result: Result | None, error: Exception | None) -> None:
        if not self.stopped():
            self._result, self._error = result, error
            self._status = _DONE if error is None else _FAILED
            self._ended.set()


Work: TypeAlias = Callable[[Job[Result]], Result]


class JobQueue(Generic[Result]):
    """All jobs of one kind on a server: running, waiting, and the last that were finished.

    A visitor has one running job at a time, so that one with many jobs does not delay others. Where all places are
    taken, a job that was not looked at for a while gives way to one with a waiting visitor.
    """

    def __init__(self, *, stopped: str, at_once: int = 1, keep: int = 64, patience: Seconds = float("inf")) -> None:
        """Begin without jobs.

        Args:
            stopped: message for a cancelled job: what was expected, what came, what to do.
            at_once: jobs that run at the same time.
            keep: finished jobs that are kept.
            patience: time after which a job that was not looked at may give way.
        """
        self._stopped = stopped
        self._at_once = at_once
        self._keep = keep
        self._patience = patience
        self._jobs: OrderedDict[str, Job[Result]] = OrderedDict()
        self._at_work: list[Job[Result]] = []  # those given up included, until their threads end
        self._lock = threading.RLock()

    def ask(self, key: str, work: Work[Result], visitor: str) -> Job[Result]:
        """Request work, once per key for all visitors.

        ``key`` identifies the result; ``work`` computes it in a thread of its own, and reports to its job.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                job = self._jobs[key] = Job(key, work, visitor, self._stopped)
            job._visitors.add(visitor)
            self._look(job)
        return job

    def find(self, key: str) -> Job[Result] | None:
        """Return the job of a key, unless there is none or it was cancelled; this counts as looking at it."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None:
                self._look(job)
            return job

    def before(self, job: Job[Result]) -> int:
        """Tell how many jobs come before one that waits; looking shows that somebody waits."""
        with self._lock:
            job._looked = time.monotonic()
            self._start_waiting()
            waiting = [one for one in self._jobs.values() if one._status == _WAITING]
            return len(self._running()) + waiting.index(job) if job in waiting else 0

    def leave(self, job: Job[Result], visitor: str) -> None:
        """Leave a job; without other visitors it is stopped."""
        with self._lock:
            job._visitors.discard(visitor)
            if not job._visitors and not job.done():
                self._stop(job)
                self._start_waiting()

    def forget(self, visitor: str) -> None:
        """Leave and drop the jobs of a visitor who is gone, unless others requested them, too."""
        with self._lock:
            for job in [one for one in self._jobs.values() if visitor in one._visitors]:
                self.leave(job, visitor)
                if not job._visitors:
                    self._jobs.pop(job.key, None)

    def forget_failed(self, key: str) -> None:
        """Let a failed job run again when it is requested."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and job.failed():
                del self._jobs[key]

    def _look(self, job: Job[Result]) -> None:
        if job.done():
            self._jobs.move_to_end(job.key)
        job._looked = time.monotonic()
        self._start_waiting()
        finished = [key for key, one in self._jobs.items() if one.done()]
        for key in finished[: max(0, len(finished) - self._keep)]:
            del self._jobs[key]

    def _running(self) -> list[Job[Result]]:
        return [job for job in self._at_work if job._status == _RUNNING]

    def _start_waiting(self) -> None:
        for job in [one for one in self._jobs.values() if one._status == _WAITING]:
            running = self._running()
            if any(job._visitors & other._visitors for other in running):
                continue
            if len(self._at_work) >= self._at_once:
                if len(running) < len(self._at_work):
                    return  # the place of one that was given up is free in a moment
                longest = min(running, key=lambda one: one._looked)
                if time.monotonic() - longest._looked >= self._patience:
                    self._stop(longest)
                return
            work, job._work = job._work, None
            job._status = _RUNNING
            self._at_work.append(job)
            threading.Thread(target=self._work_on, args=(job, work), name="job", daemon=True).start()

    def _work_on(self, job: Job[Result], work: Work[Result]) -> None:
        result, error = None, None
        try:
            result = work(job)
        except Exception as raised:  # noqa: BLE001 - handed to the page, which shows it or logs it
            error = raised
        with self._lock:
            job._finish(result, error)
            self._at_work.remove(job)
            self._start_waiting()

    def _stop(self, job: Job[Result]) -> None:
        self._jobs.pop(job.key, None)
        job._stop()
