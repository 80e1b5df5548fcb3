"""Maps computed, and points placed on them, each in a process that can be ended: nobody waits for what nobody wants.

A process, not a thread: the libraries can be stopped at no other place than where they look up, and hold the whole
server up while they compile. Whoever gives a map up frees its core at once.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np

from ser_core import errors
from ser_core.errors import MapError, SerError
from ser_core.geometry.map_messages import receive, send
from ser_core.geometry.maps import Request
from ser_core.types import FloatArray

_WAITING, _RUNNING, _DONE, _FAILED, _STOPPED = "waiting", "running", "done", "failed", "stopped"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


@dataclass(frozen=True)
class HowFar:
    """How far a map is.

    Attributes:
        share: of the work that is done, 0 to 1.
        seconds_left: by the pace so far; ``None`` where unknown.
        before: maps that are computed first, while this one waits for its turn.
    """

    share: float
    seconds_left: float | None
    before: int


class MapJob:
    """A map, or a place on one, that was asked for; made by :class:`MapJobs`."""

    def __init__(self, key: str, request: Request, arrays: tuple[FloatArray, ...]) -> None:
        self.key = key
        self.request = request
        self._arrays = arrays  # what it is computed from; none once it is done
        self._visitors: set[str] = set()
        self._status = _WAITING
        self._share = 0.0
        self._first: tuple[float, float] | None = None  # when the points were moving, and the share at that time
        self._looked = time.monotonic()
        self._points: FloatArray | None = None
        self._error: Exception | None = None
        self._process: _Process | None = None
        self._ended = threading.Event()

    def done(self) -> bool:
        """Tell whether there is a result, good or bad."""
        return self._ended.is_set()

    def failed(self) -> bool:
        """Tell whether it ended without a map."""
        return self.done() and self._points is None

    def result(self, timeout: float | None = None) -> FloatArray:
        """Wait for the map, or for the places of new points.

        Returns:
            float32, shape ``(B, dimensions)``; ``(Q, dimensions)`` of new points.

        Raises:
            SerError: if no map can be made, or it was given up.
            TimeoutError: if it takes longer.
        """
        if not self._ended.wait(timeout):
            raise TimeoutError
        if self._points is None:
            raise self._error or MapError("Expected a map; it was stopped. Press Compute to begin anew.")
        return self._points


class MapJobs:
    """All maps of a server: those that are computed, those that wait, and the last that were finished.

    A visitor has one map computed at a time, so that whoever asks for many holds up nobody. Where all places are taken,
    a map that nobody has looked at for a while gives way to one that somebody waits for.
    """

    def __init__(self, *, at_once: int | None = None, keep: int = 64, patience: float = 60.0) -> None:
        """Begin without maps.

        Args:
            at_once: processes that compute at the same time; by default 2 to 4, as there are cores.
            keep: finished maps that are kept.
            patience: seconds after which a map that nobody has looked at may give way.
        """
        self._at_once = at_once or min(4, max(2, os.cpu_count() or 1))
        self._keep = keep
        self._patience = patience
        self._jobs: OrderedDict[str, MapJob] = OrderedDict()
        self._idle: list[_Process] = []
        self._lock = threading.RLock()

    def begin(self, request: Request, embeddings: FloatArray, visitor: str, key: str | None = None) -> MapJob:
        """Ask for a map; one that is there, or on its way, is not computed again.

        Args:
            request: what is asked for.
            embeddings: shape ``(B, D)``.
            visitor: who asks; whoever asks for the same as another waits for the same.
            key: ``request.key(embeddings)``, if known.

        Raises:
            SerError: if a parameter is out of range.
        """
        request.check(len(embeddings))
        return self._begin(request, (embeddings,), visitor, key or request.key(embeddings))

    def begin_placing(
        self,
        request: Request,
        new: FloatArray,
        embeddings: FloatArray,
        points: FloatArray,
        visitor: str,
        key: str | None = None,
    ) -> MapJob:
        """Ask for the places of new embeddings on a map, as :meth:`ser_core.geometry.maps.Request.place` finds them.

        Args:
            request: of the map.
            new: shape ``(Q, D)``.
            embeddings: those on the map, shape ``(B, D)``.
            points: where they are.
            visitor: who asks.
            key: ``request.key(embeddings)``, if known.

        Raises:
            SerError: if a parameter is out of range.
        """
        request.check(len(embeddings))
        map_key = key or request.key(embeddings)
        placed = hashlib.sha256(np.ascontiguousarray(new).tobytes()).hexdigest()
        return self._begin(request, (new, embeddings, points), visitor, f"{map_key}|{placed}")

    def _begin(self, request: Request, arrays: tuple[FloatArray, ...], visitor: str, key: str) -> MapJob:
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                job = self._jobs[key] = MapJob(key, request, arrays)
            self._jobs.move_to_end(key)
            job._looked = time.monotonic()
            if not job.done():
                job._visitors.add(visitor)
            self._start_waiting()
            self._drop_oldest()
        return job

    def how_far(self, job: MapJob) -> HowFar:
        """Tell how far a map is; asking for it shows that somebody still waits."""
        with self._lock:
            job._looked = time.monotonic()
            self._start_waiting()
            before = 0
            if job._status == _WAITING:
                waiting = [one for one in self._jobs.values() if one._status == _WAITING]
                before = len(self._running()) + waiting.index(job) if job in waiting else 0
            if job._first is None or job._share <= job._first[1]:
                return HowFar(job._share, None, before)
            began, share = job._first
            pace = (time.monotonic() - began) / (job._share - share)
            return HowFar(job._share, max(0.0, pace * (1 - job._share)), before)

    def leave(self, job: MapJob, visitor: str) -> None:
        """Give a map up; when nobody else waits for it, it is stopped and its core free."""
        with self._lock:
            job._visitors.discard(visitor)
            if not job._visitors and not job.done():
                self._stop(job)
                self._start_waiting()

    def forget_failed(self, key: str) -> None:
        """Have a map that failed computed anew when it is asked for again."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and job.failed():
                del self._jobs[key]

    def close(self) -> None:
        """Stop everything."""
        with self._lock:
            for job in [one for one in self._jobs.values() if not one.done()]:
                self._stop(job)
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def _running(self) -> list[MapJob]:
        return [job for job in self._jobs.values() if job._status == _RUNNING]

    def _start_waiting(self) -> None:
        for job in [one for one in self._jobs.values() if one._status == _WAITING]:
            running = self._running()
            if any(job._visitors & other._visitors for other in running):
                continue
            if len(running) >= self._at_once:
                longest = min(running, key=lambda one: one._looked)
                if time.monotonic() - longest._looked < self._patience:
                    return
                self._stop(longest)
            job._status = _RUNNING
            threading.Thread(target=self._compute, args=(job,), name="map", daemon=True).start()

    def _drop_oldest(self) -> None:
        finished = [key for key, job in self._jobs.items() if job.done()]
        for key in finished[: max(0, len(finished) - self._keep)]:
            del self._jobs[key]

    def _stop(self, job: MapJob) -> None:
        job._status = _STOPPED
        job._arrays = ()
        self._jobs.pop(job.key, None)
        if job._process is not None:
            job._process.kill()
        job._ended.set()

    def _compute(self, job: MapJob) -> None:
        points, error = None, None
        try:
            points = self._by_process(job)
        except Exception as raised:  # noqa: BLE001 - handed to the page, which shows it or logs it
            error = raised
        with self._lock:
            if job._status == _RUNNING:
                job._points, job._error, job._arrays, job._process = points, error, (), None
                job._share = 1.0
                job._status = _DONE if points is not None else _FAILED
                job._ended.set()
            self._start_waiting()

    def _by_process(self, job: MapJob) -> FloatArray:
        for _ in range(2):
            with self._lock:
                arrays = job._arrays
                if job._status != _RUNNING or not arrays:
                    raise MapError("Expected a map; it was stopped. Press Compute to begin anew.")
                process = self._idle.pop() if self._idle else _Process()
                job._process = process
            fresh = not process.used
            try:
                points = process.computed(job.request, arrays, lambda share: self._note(job, share))
            except (EOFError, OSError):
                process.kill()
                if not fresh and job._status == _RUNNING and job._share == 0.0:
                    continue  # it has left after a long time without work, just before it was asked
                break
            except SerError:
                self._give_back(job, process)
                raise
            except BaseException:
                process.kill()
                raise
            self._give_back(job, process)
            return points
        raise MapError(
            f"Expected a map by {job.request.caption}; the process that computed it has ended, "
            "most likely for want of memory. Choose fewer utterances, or press Compute to try again."
        )

    def _note(self, job: MapJob, share: float) -> None:
        with self._lock:
            # The pace counts from the second word on: before that, UMAP compiles.
            if job._first is None and job._share > 0:
                job._first = (time.monotonic(), share)
            job._share = share

    def _give_back(self, job: MapJob, process: "_Process") -> None:
        """Keep one process with its libraries loaded: the next map begins seconds earlier."""
        with self._lock:
            if job._status != _RUNNING:
                return  # it was stopped, and its process with it
            job._process = None
            if not self._idle and process.alive():
                self._idle.append(process)
                return
        process.end()


class _Process:
    """One process of :mod:`ser_core.geometry.map_worker`, on one core."""

    def __init__(self) -> None:
        package = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
        self.used = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ser_core.geometry.map_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **dict.fromkeys(_THREADS, "1"), "PYTHONPATH": path},
        )

    def computed(self, request: Request, arrays: tuple[FloatArray, ...], note: Any) -> FloatArray:
        """Have a map computed, or new points placed on one.

        Raises:
            SerError: if none can be made.
            EOFError, OSError: if the process has ended.
            RuntimeError: on a bug, which the process has logged.
        """
        self.used = True
        send(cast(BinaryIO, self._process.stdin), asdict(request), *arrays)
        while True:
            told, found = receive(cast(BinaryIO, self._process.stdout))
            if found:
                return found[0]
            if "share" in told:
                note(float(told["share"]))
                continue
            kind = getattr(errors, told["kind"], RuntimeError)
            raise kind(told["error"])

    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process now, whatever it does."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """Let the process end: it waits for a request, and is told that none will come."""
        with contextlib.suppress(OSError):
            cast(BinaryIO, self._process.stdin).close()
        self._process.wait()
