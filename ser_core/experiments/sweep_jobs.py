"""Sweeps in processes of their own: started, stopped, continued and watched through their folder."""

import itertools
import json
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ser_core import plain_json
from ser_core.corpora import open_corpus
from ser_core.errors import ConfigError
from ser_core.experiments.folds import chosen_folds
from ser_core.experiments.sweep import load_sweep
from ser_core.experiments.sweep_run import COMMAND_FILE, LOCK, SWEEP_FILE
from ser_core.jobs import Progress
from ser_core.jobs.detached import DetachedStarter, last_words, may_be_starting, spawned_at
from ser_core.locks import is_held, owner
from ser_core.paths import changed, exists, is_file
from ser_core.storage import advice_when_full, write_text_atomically
from ser_core.types import Seconds
from ser_core.workspace import sweeps_directory

_STARTER = DetachedStarter()


@dataclass(frozen=True)
class SweepState:
    """How a sweep stands.

    Attributes:
        alive: whether its process is at work, or about to be.
        finished: whether all of its trainings are done.
        progress: in trainings: a point under a seed on a fold.
        message: why it ended before, in its own last words; empty while it works.
        can_stop: whether it can be stopped from here.
        can_continue: whether it can be continued from here: it was started here, and has stopped.
    """

    alive: bool
    finished: bool
    progress: Progress
    message: str = ""
    can_stop: bool = False
    can_continue: bool = False


def start_sweep(name: str, *, corpus: str, seeds: Sequence[int]) -> Path:
    """Check a sweep that ships, then train it in a process of its own; returns its folder in the workspace.

    Args:
        name: of the sweep.
        corpus: as ``sweep --corpus`` takes it.
        seeds: each point is trained once per seed.

    Raises:
        SerError: if there is no such sweep or corpus, or they do not fit; no process is started then.
    """
    sweep = load_sweep(name)
    manifest = open_corpus(corpus)
    for seed in seeds:
        chosen_folds(manifest, sweep.protocol, seed, sweep.folds)
    folder = _fresh(name)
    listed = ",".join(map(str, seeds))
    command = ["sweep", name, "--corpus", corpus, "--seeds", listed, "--out", str(folder)]
    write_text_atomically(folder / COMMAND_FILE, json.dumps(command) + "\n")
    _STARTER.start(command, folder)
    return folder


def continue_sweep(folder: Path) -> None:
    """Start the process of a stopped sweep again; raises ConfigError unless it was started here and has stopped."""
    if not sweep_state(folder).can_continue:
        raise ConfigError(
            f"Expected a sweep that was started here and has stopped; {folder.name} is none. Repeat its command in the "
            "terminal, or start it once more."
        )
    _STARTER.start([str(word) for word in plain_json.read(folder / COMMAND_FILE)], folder)


def stop_sweep(folder: Path) -> None:
    """Ask a sweep's process to end; what is trained is kept. Nothing happens if none is at work."""
    found = owner(folder / LOCK)
    if found is not None:
        os.kill(found.process, signal.SIGTERM)


def sweep_state(folder: Path) -> SweepState:
    """Read how a sweep stands."""
    # Before its files: a process that ends in between is still at work here, rather than stopped before its end.
    held, starting = is_held(folder / LOCK), may_be_starting(folder)
    finished, total = _planned(folder)
    alive = held or (starting and not finished)
    files = [path for path in folder.glob("*/seed-*/fold-*.json") if path.is_file()]
    started_here = is_file(folder / COMMAND_FILE)
    words = f"{len(files)} of {total} trainings" if total else "Starting: loading libraries and reading the corpus"
    progress = Progress(len(files), total, _seconds_left(folder, files, total) if alive else None, words)
    return SweepState(
        alive=alive,
        finished=finished,
        progress=progress,
        message="" if alive or finished else last_words(folder),
        can_stop=held and started_here,
        can_continue=started_here and not alive and not finished,
    )


def _planned(folder: Path) -> tuple[bool, int | None]:
    """Return whether a sweep is done, and how many trainings it has; None where that is not known."""
    try:
        content = plain_json.read(folder / SWEEP_FILE)
        return bool(content["points"]), int(content["trainings"])
    except (OSError, ValueError, LookupError, TypeError):
        return False, None


def _seconds_left(folder: Path, files: Sequence[Path], total: int | None) -> Seconds | None:
    """Estimate from the trainings that were done since the process was started."""
    began = spawned_at(folder)
    done = sum(changed(path) / 1e9 > began for path in files)
    if not total or not done or not began:
        return None
    return max(0.0, (time.time() - began) / done * (total - len(files)))


def _fresh(name: str) -> Path:
    home = sweeps_directory()
    numbered = (home / (name if number == 1 else f"{name}-{number}") for number in itertools.count(1))
    folder = next(path for path in numbered if not exists(path))
    with advice_when_full(folder):
        folder.mkdir(parents=True)
    return folder
