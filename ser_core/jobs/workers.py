"""Processes beside this one that answer requests: started when they are needed, killed when a job is given up."""

import contextlib
import subprocess
import sys
import threading
from functools import partial
from typing import Any, BinaryIO, cast

from ser_core import errors
from ser_core.errors import StoppedError
from ser_core.jobs.detached import environment
from ser_core.jobs.progress import Progress
from ser_core.jobs.queue import Job
from ser_core.jobs.worker import receive, send
from ser_core.types import FloatArray, Seconds

_IDLE_SECONDS: Seconds = 300.0  # without a request: then the memory is worth more than the libraries in it


class WorkerEnded(Exception):
    """The process that did the work has ended, most likely for want of memory."""


class Workers:
    """Processes of :mod:`ser_core.jobs.worker`; one stays with its libraries loaded, for the next job."""

    def __init__(self, module: str) -> None:
        """Prepare processes of a module with the function ``answer``; none is started yet."""
        self._module = module
        self._idle: subprocess.Popen[bytes] | None = None
        self._leave: threading.Timer | None = None
        self._lock = threading.Lock()

    def answer(self, job: Job[Any], request: dict[str, Any], *arrays: FloatArray) -> FloatArray:
        """Do a job in a process of its own, which is killed if the job is cancelled.

        Raises:
            SerError: if there is no answer.
            WorkerEnded: if the process has ended.
            RuntimeError: on a bug, which the process has logged.
        """
        worker = self._taken() or subprocess.Popen(
            [sys.executable, "-m", "ser_core.jobs.worker", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
        )
        try:
            job.kill_by(partial(_kill, worker))
            send(cast(BinaryIO, worker.stdin), {"request": request}, *arrays)
            message, found = receive(cast(BinaryIO, worker.stdout))
            while "progress" in message:
                job.report(Progress(**message["progress"]))
                message, found = receive(cast(BinaryIO, worker.stdout))
            job.kill_by(None)
        except (EOFError, OSError) as error:
            _kill(worker)
            raise WorkerEnded from error
        except StoppedError:
            _kill(worker)
            raise
        self._keep(worker)
        if found:
            return found[0]
        raise getattr(errors, message["kind"], RuntimeError)(message["error"])

    def _taken(self) -> "subprocess.Popen[bytes] | None":
        with self._lock:
            worker, self._idle = self._idle, None
            if self._leave is not None:
                self._leave.cancel()
        return worker if worker is not None and worker.poll() is None else None

    def _keep(self, worker: "subprocess.Popen[bytes]") -> None:
        with self._lock:
            former, self._idle = self._idle, worker
            if self._leave is not None:
                self._leave.cancel()
            self._leave = threading.Timer(_IDLE_SECONDS, self._end_idle, (worker,))
            self._leave.daemon = True
            self._leave.start()
        if former is not None:
            _kill(former)

    def _end_idle(self, worker: "subprocess.Popen[bytes]") -> None:
        with self._lock:
            if self._idle is not worker:
                return
            self._idle = None
        _kill(worker)


def _kill(worker: "subprocess.Popen[bytes]") -> None:
    """End a process now, whatever it does."""
    with contextlib.suppress(OSError):
        worker.kill()
    worker.wait()
