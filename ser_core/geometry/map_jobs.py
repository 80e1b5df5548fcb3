"""Jobs that compute maps, or place points on them, in processes that can be stopped.

A process, not a thread: the libraries can only be interrupted at their callbacks, and block the whole server while they
compile. A cancelled map frees its core at once.
"""

import hashlib
import os
from dataclasses import asdict
from typing import Any

import numpy as np

from ser_core.errors import MapError
from ser_core.geometry.maps import MapRequest
from ser_core.jobs import Report
from ser_core.jobs.queue import Job, JobQueue
from ser_core.jobs.workers import WorkerEnded, Workers
from ser_core.types import FloatArray, Seconds


class MapJobs(JobQueue[FloatArray]):
    """Queue of map jobs; results are float32, shape ``(B, dimensions)``, or ``(Q, dimensions)`` for new points."""

    def __init__(self, *, at_once: int | None = None, keep: int = 64, patience: Seconds = 60.0) -> None:
        """Keep up to ``keep`` finished maps; ``at_once`` processes compute, by default 2 to 4, as there are cores.

        A map that has not been looked at for ``patience`` may be cancelled.
        """
        super().__init__(
            stopped="Expected a map; it was stopped. Press Compute to start again.",
            at_once=at_once or min(4, max(2, os.cpu_count() or 1)),
            keep=keep,
            patience=patience,
        )
        self._workers = Workers(__name__)

    def begin(
        self, request: MapRequest, embeddings: FloatArray, visitor: str, key: str | None = None
    ) -> Job[FloatArray]:
        """Request a map of embeddings ``(B, D)``; one that exists or is being computed is shared by all visitors.

        ``key`` is ``request.key(embeddings)``, if known. Raises SerError if a parameter is out of range.
        """
        request.check(len(embeddings))
        return self._ask(key or request.key(embeddings), request, (embeddings,), visitor)

    def begin_placing(
        self,
        request: MapRequest,
        new: FloatArray,
        embeddings: FloatArray,
        points: FloatArray,
        visitor: str,
        key: str | None = None,
    ) -> Job[FloatArray]:
        """Request the places of new embeddings ``(Q, D)`` on a map of ``embeddings`` ``(B, D)`` at ``points``.

        See :meth:`ser_core.geometry.maps.MapRequest.place`. ``key`` is ``request.key(embeddings)``, if known. Raises
        SerError if a parameter is out of range.
        """
        request.check(len(embeddings))
        map_key = key or request.key(embeddings)
        placed = hashlib.sha256(np.ascontiguousarray(new).tobytes()).hexdigest()
        return self._ask(f"{map_key}|{placed}", request, (new, embeddings, points), visitor)

    def _ask(self, key: str, request: MapRequest, arrays: tuple[FloatArray, ...], visitor: str) -> Job[FloatArray]:
        def work(job: Job[FloatArray]) -> FloatArray:
            try:
                return self._workers.answer(job, asdict(request), *arrays)
            except WorkerEnded as error:
                raise MapError(
                    f"Expected a map by {request.caption}; the process that computed it has ended, "
                    "most likely for want of memory. Choose fewer utterances, or press Compute to try again."
                ) from error

        return self.ask(key, work, visitor)


def answer(request: dict[str, Any], arrays: tuple[FloatArray, ...], report: Report) -> FloatArray:
    """Compute, in a process of :mod:`ser_core.jobs.worker`, a map of one array, or places of new points from three."""
    settings = tuple((name, value) for name, value in request["settings"])
    wanted = MapRequest(**{**request, "settings": settings})
    try:
        return wanted.points(*arrays, report) if len(arrays) == 1 else wanted.place(*arrays)
    except MemoryError as error:
        raise MapError(
            f"Expected memory for a map of {len(arrays[-1])} utterances; there is not enough. Choose fewer."
        ) from error
