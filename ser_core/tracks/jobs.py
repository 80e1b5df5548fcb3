"""Recordings that are judged beside the pages, one after another, so that nobody waits for somebody else's hour.

A thread, not a process: it reads what a visitor brought from where it lies in memory, and needs no copy and no file.
All of its long steps leave the interpreter to others.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable

from ser_core.errors import StoppedError
from ser_core.tracks.judging import HowFar, Progress
from ser_core.tracks.track import Track

Work = Callable[[Progress], Track]


class TrackJob:
    """A track that was asked for; made by :class:`TrackJobs`."""

    def __init__(self, work: Work) -> None:
        self._work: Work | None = work
        self._how_far: HowFar | None = None
        self._track: Track | None = None
        self._error: Exception | None = None
        self._stopped = threading.Event()
        self._ended = threading.Event()

    @property
    def how_far(self) -> HowFar | None:
        """How far the work is; ``None`` until it has begun."""
        return self._how_far

    def done(self) -> bool:
        """Tell whether there is a result, good or bad."""
        return self._ended.is_set()

    def failed(self) -> bool:
        """Tell whether it ended without a track."""
        return self.done() and self._track is None

    def stop(self) -> None:
        """Give the work up: it ends at its next step."""
        self._stopped.set()

    def stopped(self) -> bool:
        """Tell whether the work was given up."""
        return self._stopped.is_set()

    def result(self, timeout: float | None = None) -> Track:
        """Wait for the track.

        Raises:
            SerError: if there can be none, or it was given up.
            TimeoutError: if it takes longer.
        """
        if not self._ended.wait(timeout):
            raise TimeoutError
        if self._track is None:
            raise self._error or StoppedError("Expected a judged recording; it was stopped. Judge it anew.")
        return self._track

    def run(self) -> None:
        """Do the work."""
        work, self._work = self._work, None  # what a visitor brought is not held longer than it is needed
        try:
            if work is not None and not self.stopped():
                self._track = work(self._note)
        except Exception as error:  # noqa: BLE001 - handed to the page, which shows it or logs it
            self._error = error
        self._ended.set()

    def _note(self, how_far: HowFar) -> None:
        if self.stopped():
            raise StoppedError("Expected a judged recording; it was stopped. Judge it anew.")
        self._how_far = how_far


class TrackJobs:
    """All tracks of a server: one that is made, those that wait, and the last that were finished."""

    def __init__(self, *, keep: int = 16) -> None:
        """Begin without tracks.

        Args:
            keep: finished tracks that are kept.
        """
        self._keep = keep
        self._jobs: OrderedDict[str, TrackJob] = OrderedDict()
        self._queue: list[TrackJob] = []  # the one that is made, then those that wait
        self._changed = threading.Condition()
        self._worker: threading.Thread | None = None

    def begin(self, key: str, work: Work) -> TrackJob:
        """Ask for a track; one that is there, or on its way, is not made again.

        Args:
            key: names the visitor and all that decides the result.
            work: makes the track, and tells a function how far it is.
        """
        with self._changed:
            job = self._jobs.get(key)
            if job is None or job.stopped() or job.failed():
                job = self._jobs[key] = TrackJob(work)
                self._queue.append(job)
                self._changed.notify()
            if self._worker is None:
                self._worker = threading.Thread(target=self._work_on, name="tracks", daemon=True)
                self._worker.start()
            return job

    def asked(self, key: str) -> TrackJob | None:
        """Return the job of a key, unless there is none or it was given up."""
        with self._changed:
            job = self._jobs.get(key)
            if job is None or job.stopped():
                return None
            self._jobs.move_to_end(key)
            done = [name for name, one in self._jobs.items() if one.done()]
            for name in done[: max(0, len(done) - self._keep)]:
                del self._jobs[name]
            return job

    def forget(self, beginning: str) -> None:
        """Give up and drop every track whose key begins so, when the visitor it belongs to has left."""
        with self._changed:
            for key in [key for key in self._jobs if key.startswith(beginning)]:
                self._jobs.pop(key).stop()

    def before(self, job: TrackJob) -> int:
        """Tell how many recordings are judged before this one."""
        with self._changed:
            ahead = self._queue[: self._queue.index(job)] if job in self._queue else []
            return sum(not one.stopped() for one in ahead)

    def _work_on(self) -> None:
        while True:
            with self._changed:
                while not self._queue:
                    self._changed.wait()
                job = self._queue[0]
            job.run()
            with self._changed:
                self._queue.remove(job)
