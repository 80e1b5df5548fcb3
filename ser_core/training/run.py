"""A training run: a folder that holds its settings, its log, its state, and in the end its checkpoint."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from ser_core.corpora.contents import require_same_contents, write_contents
from ser_core.errors import ConfigError, SerError
from ser_core.leftovers import clear_run
from ser_core.locks import ProcessLock
from ser_core.paths import exists, is_folder
from ser_core.tasks import build_tasks
from ser_core.training.device import keep_freed_memory, one_thread, training_environment
from ser_core.training.event_log import EVENTS_FILE, STOP_FILE, EventLog, StopFlag
from ser_core.training.events import (
    CorpusReading,
    ModelSaved,
    RunEvent,
    RunFailed,
    RunFinished,
    RunNote,
    RunStarted,
    RunStopped,
)
from ser_core.training.examples import load_examples
from ser_core.training.fit import SPLITS, fit_fold, main_back_end, parameter_count
from ser_core.training.loop import Stopped
from ser_core.training.plan import CONFIG, Plan, write_config
from ser_core.training.result import metrics_of, save_result, task_metrics_of
from ser_core.training.snapshots import SnapshotTaker
from ser_core.training.state import StateSaver
from ser_core.workspace import cache_directory

STATE, LOCK = "state.safetensors", "lock"
CHECKPOINT, EMBEDDINGS = "checkpoint", "embeddings.parquet"
_SECONDS_FOR_LOCK = 1.0


def train_run(
    run: Path,
    plan: Plan,
    *,
    resume: bool = False,
    heed_stop: bool = False,
    listener: Callable[[RunEvent], None] | None = None,
) -> Path | None:
    """Train in this process, in the folder ``run``; returns the checkpoint's folder, or None if it was stopped.

    Args:
        resume: continue from the saved state.
        heed_stop: whether an existing request to stop counts. It does if the caller may have made it; otherwise it was
            meant for an earlier process.

    Raises:
        ConfigError: if the folder holds a run and ``resume`` is not set, if that run is finished, or if it is in
            use by another process.
        SerError: if training cannot go on; the log says why.
    """
    keep_freed_memory()
    with locked(run), one_thread():
        (_check_unfinished if resume else check_free)(run)
        clear_run(run)
        if not heed_stop:
            (run / STOP_FILE).unlink(missing_ok=True)
        if not (run / CONFIG).exists():
            write_config(run, plan)
        return _train_logged(run, plan, EventLog(run, listener=listener), resume)


def locked(run: Path) -> ProcessLock:
    """Lock a run's folder, which is made if needed, against training and starting by other processes.

    Raises:
        ConfigError: if another process has it, or it is no folder.
        StorageError: if it cannot be written.
    """
    if exists(run) and not is_folder(run):
        raise ConfigError(f"Expected a folder for the run; {run} is a file. Choose another --out.")
    # Who asks whether the run is alive holds its lock for a moment.
    return ProcessLock(run / LOCK, "a training", lambda owner: _taken(run, owner), patience=_SECONDS_FOR_LOCK)


def _taken(run: Path, owner: str) -> ConfigError:
    return ConfigError(
        f"Expected no other process to train {run}; it is held by {owner}. Wait for it, or stop it on the page Train."
    )


def _train_logged(run: Path, plan: Plan, log: EventLog, resume: bool) -> Path | None:
    """Train, stop politely when asked to, and leave word of how it ended."""
    with _stopped_by_signals(run):
        try:
            return _train(run, plan, log, resume)
        except Stopped:
            log.write(RunStopped())
            return None
        except SerError as error:
            log.write(RunFailed(str(error)))
            raise
        except Exception as error:
            log.write(RunFailed(f"{type(error).__name__}: {error}"))
            raise
        finally:
            (run / STOP_FILE).unlink(missing_ok=True)


def _train(run: Path, plan: Plan, log: EventLog, resume: bool) -> Path:
    manifest, recipe, fold = plan.manifest, plan.recipe, plan.fold
    tasks = build_tasks(recipe.tasks, manifest, fold.train)
    state = run / STATE
    log.write(
        RunStarted(
            total_epochs=recipe.epochs,
            labels=manifest.labels,
            corpus=manifest.corpus,
            recipe=recipe.name,
            protocol=plan.protocol,
            fold=fold.number,
            seed=plan.seed,
            parameters=parameter_count(recipe, {task.name: task.size for task in tasks}),
            utterances={name: len(getattr(fold, name)) for name in SPLITS},
            resumed=resume and state.exists(),
            environment=training_environment(),
        )
    )
    if state.exists():
        require_same_contents(run, manifest, what="run")
    else:
        write_contents(run, manifest)
    stop = StopFlag(run)

    def progress(done: int, total: int) -> None:
        log.write(CorpusReading(done, total))
        if stop.should_stop():
            raise Stopped

    examples = load_examples(manifest, recipe, cache=cache_directory(), trained=fold.train, progress=progress)
    for note in examples.notes:
        log.write(RunNote(note))
    every = plan.snapshots
    taken = [SnapshotTaker(run, manifest, fold, examples, every=every, seed=plan.seed)] if every else []
    fitted = fit_fold(
        manifest,
        fold,
        recipe,
        examples,
        seed=plan.seed,
        # A snapshot comes before the state: what is resumed has those of all its epochs.
        callbacks=[log, *taken, StateSaver(state), stop],
        resume=state if resume and state.exists() else None,
    )
    checkpoint = save_result(run / CHECKPOINT, plan, fitted, name=run.name, embeddings=run / EMBEDDINGS)
    log.write(ModelSaved(str(checkpoint)))
    log.write(
        RunFinished(
            metrics_of(plan, fitted), main_back_end(recipe), round(fitted.seconds, 1), task_metrics_of(plan, fitted)
        )
    )
    state.unlink(missing_ok=True)
    return checkpoint


def check_free(run: Path) -> None:
    """Make sure that no run is in a folder; raises ConfigError if one is."""
    if any(exists(run / name) for name in (CONFIG, EVENTS_FILE, CHECKPOINT)):
        raise ConfigError(
            f"Expected a new folder for the run; {run} holds one already. Choose another --out, or add --resume."
        )


def _check_unfinished(run: Path) -> None:
    if (run / CHECKPOINT).exists() and not (run / STATE).exists():
        raise ConfigError(
            f"Expected an unfinished run at {run}; it is finished, its model lies in {run / CHECKPOINT}. "
            "Train another one in a new folder."
        )


@contextlib.contextmanager
def _stopped_by_signals(run: Path) -> Iterator[None]:
    """Let Ctrl-C, a polite kill and a terminal that closes end the run between two steps, as the stop button does."""

    def ask(number: int, frame: object) -> None:
        (run / STOP_FILE).touch()

    former = {}
    for number in _asking_to_end():
        with contextlib.suppress(ValueError):  # only the main thread may listen to signals
            former[number] = signal.signal(number, ask)
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _asking_to_end() -> list[signal.Signals]:
    numbers = [signal.SIGINT, signal.SIGTERM]
    # Windows has no SIGHUP, and nohup has it ignored.
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.append(signal.SIGHUP)
    return numbers
