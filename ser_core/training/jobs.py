"""Runs in processes of their own: started, stopped, resumed and watched from anywhere through their folder."""

import contextlib
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from ser_core.checkpoints.card import Metrics
from ser_core.errors import ConfigError
from ser_core.jobs import Progress
from ser_core.jobs.detached import DetachedStarter, last_words, may_be_starting, spawned_at
from ser_core.locks import is_held
from ser_core.paths import changed, is_file, matching
from ser_core.storage import advice_when_full
from ser_core.training.event_log import STOP_FILE, LoggedEvent, read_events
from ser_core.training.events import (
    BatchFigures,
    CorpusReading,
    EpochFigures,
    ModelSaved,
    RunEvent,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
)
from ser_core.training.plan import CONFIG, Plan, make_plan, read_plan, write_config
from ser_core.training.run import CHECKPOINT, LOCK, STATE, check_free, locked
from ser_core.training.run_names import rename_run, run_title
from ser_core.workspace import runs_directory

_ALIVE = ("starting", "reading", "running")
# What a run imports, in the order in which it does: for its first picture, its first step (torch's optimizers import
# torch._dynamo), and before its model is judged.
_STARTER = DetachedStarter(
    "ser_core.training.run", "scipy.signal", "pandas", "torch._dynamo", "sklearn.svm", "sklearn.neighbors"
)
_NOT_STARTED = RunStarted(0, (), "", "", "")


@dataclass(frozen=True)
class RunState:
    """What a run's folder says about it.

    Attributes:
        path: its folder.
        status: ``starting, reading, running, stopped, failed, finished`` or ``lost`` (its process ended without a
            word).
        progress: in epochs of all stages, and what is being done.
        protocol: of the split.
        epoch: epochs done.
        epochs: at most.
        stage: name of the present stage.
        confusion: counts on the development set after the last epoch, rows are truth.
        message: what a person should know.
        checkpoint: folder of the finished model.
        metrics: of the finished model, per part and back end.
        back_end: the one that judges, of the finished model.
        can_resume: whether a stopped or lost run can go on.
        stopping: whether it lives and has been asked to end.
    """

    name: str
    path: Path
    status: str
    progress: Progress
    corpus: str = ""
    recipe: str = ""
    protocol: str = ""
    labels: tuple[str, ...] = ()
    epoch: int = 0
    epochs: int = 0
    stage: str = ""
    history: Sequence[EpochFigures] = ()
    confusion: tuple[tuple[int, ...], ...] | None = None
    message: str = ""
    checkpoint: Path | None = None
    metrics: Metrics = field(default_factory=dict)
    back_end: str = ""
    can_resume: bool = False
    stopping: bool = False

    @property
    def alive(self) -> bool:
        """Whether its process is at work, or about to be."""
        return self.status in _ALIVE


def start_run(
    *,
    corpus: str,
    recipe: str | Path,
    protocol: str = "held-out-speakers",
    fold: int = 1,
    seed: int = 0,
    overrides: Sequence[str] = (),
    mapping: Mapping[str, str] = MappingProxyType({}),
    snapshots: int = 0,
    run_directory: Path | None = None,
) -> Path:
    """Check the settings, then train in a process of its own; returns the run's folder, see :func:`run_state`.

    Raises:
        SerError: if corpus, recipe or split do not fit, or ``run_directory`` holds a run; no process is started then.
    """
    plan = make_plan(
        corpus=corpus,
        recipe=recipe,
        protocol=protocol,
        fold=fold,
        seed=seed,
        overrides=overrides,
        mapping=mapping,
        snapshots=snapshots,
    )
    return _started(plan, run_directory)


def start_run_again(run: Path, *, seed: int) -> Path:
    """Train with the settings of a run under another seed, in a process of its own; returns the new run's folder.

    The new run has the name that the other was given.

    Raises:
        SerError: if the run cannot be read, or its corpus is not there or has changed; no process is started then.
    """
    other = _started(read_plan(run, seed=seed), None)
    if run_title(run) != run.name:
        rename_run(other, run_title(run))
    return other


def _started(plan: Plan, run_directory: Path | None) -> Path:
    run = run_directory or _fresh_directory(f"{plan.manifest.corpus}-{plan.recipe.name}")
    with locked(run):
        check_free(run)
        write_config(run, plan)
    _spawn(run)
    return run


def load_ahead() -> None:
    """Let a process load what training needs, so that the next run begins at once; it ends unused after minutes."""
    _STARTER.load_ahead()


def request_stop(run: Path) -> None:
    """Ask a run to end after its present step; only work since its last epoch is lost."""
    with advice_when_full(run):
        (run / STOP_FILE).touch()


def resume_run(run: Path) -> None:
    """Continue a stopped, failed or lost run in a new process; raises ConfigError for any other."""
    state = run_state(run)
    if state.status in ("starting", "reading", "running", "finished"):
        raise ConfigError(f"Expected a run that was stopped; {run.name} is {state.status}. Start a new one instead.")
    if not (run / CONFIG).is_file():
        raise ConfigError(f"Expected a run at {run} (a folder with {CONFIG}); there is none. Choose one from the list.")
    (run / STOP_FILE).unlink(missing_ok=True)
    _spawn(run)


def list_runs() -> list[Path]:
    """List the runs in the workspace, the newest first."""
    runs = [path for path in matching(runs_directory(), "*") if is_file(path / CONFIG)]
    return sorted(runs, key=lambda path: changed(path / CONFIG), reverse=True)


def run_state(run: Path) -> RunState:
    """Read how a run stands; costs a few milliseconds."""
    state = _state_once(run)
    # Its process may have said its last word and ended after its events were read: read again, now that it is gone.
    return state if state.status != "lost" else _state_once(run)


def _state_once(run: Path) -> RunState:
    events = read_events(run)
    spawned = spawned_at(run)
    recent = [logged.event for logged in events if logged.time >= spawned]
    started = next((logged.event for logged in reversed(events) if isinstance(logged.event, RunStarted)), _NOT_STARTED)
    history = _history(events)
    last = recent[-1] if recent else None
    status, message = _status(run, last)
    checkpoint = run / CHECKPOINT
    return RunState(
        name=run.name,
        path=run,
        status=status,
        corpus=started.corpus,
        recipe=started.recipe,
        protocol=started.protocol,
        labels=started.labels,
        epoch=len(history),
        epochs=started.total_epochs,
        stage=history[-1].stage if history else "",
        progress=_progress(status, history, started.total_epochs, last),
        history=history,
        confusion=next((item.confusion for item in reversed(history) if item.confusion is not None), None),
        message=message,
        checkpoint=checkpoint if (checkpoint / "card.json").is_file() else None,
        metrics=last.metrics if isinstance(last, RunFinished) else {},
        back_end=last.back_end if isinstance(last, RunFinished) else "",
        can_resume=status in ("stopped", "failed", "lost"),
        stopping=status in _ALIVE and (run / STOP_FILE).exists(),
    )


def _history(events: Sequence[LoggedEvent]) -> list[EpochFigures]:
    """The epochs in order; one that was trained again after a resume replaces its former self."""
    epochs: dict[int, EpochFigures] = {}
    for logged in events:
        event = logged.event
        if isinstance(event, RunStarted) and not event.resumed:
            epochs.clear()
        elif isinstance(event, EpochFigures):
            epochs[event.epoch] = event
    return [epochs[number] for number in sorted(epochs)]


def _progress(status: str, history: Sequence[EpochFigures], epochs: int, last: RunEvent | None) -> Progress:
    if status == "finished":
        return Progress(epochs, epochs, 0.0, "Finished")
    if isinstance(last, CorpusReading) and status == "reading":
        return Progress(0.0, words=f"Reading the corpus: {last.done} of {last.total} utterances")
    if status == "starting" or not epochs:
        return Progress(0.0, words="Starting: loading libraries and reading the corpus")
    stage = f", stage {history[-1].stage}" if history else ""
    words = f"Epoch {len(history)} of {epochs}{stage}"
    if status != "running":
        return Progress(len(history), epochs, words=words)
    within = last.batch / max(last.batches, 1) if isinstance(last, BatchFigures) else 0.0
    left = last.seconds_left if isinstance(last, BatchFigures | EpochFigures) else None
    return Progress(len(history) + within, epochs, left, words)


def _status(run: Path, last: RunEvent | None) -> tuple[str, str]:
    if isinstance(last, RunFinished | RunStopped):
        return last.kind, ""
    if isinstance(last, RunFailed):
        return last.kind, last.message
    if is_held(run / LOCK):  # by its process, as long as that lives
        if isinstance(last, CorpusReading):
            return last.kind, ""
        return "running" if isinstance(last, BatchFigures | EpochFigures | ModelSaved) else "starting", ""
    if last is None and may_be_starting(run):
        return "starting", ""
    words = last_words(run)
    state = " It can be resumed." if (run / STATE).exists() else ""
    return "lost", f"The training process ended without a word.{state}{f' Its last words: {words}' if words else ''}"


def _spawn(run: Path) -> None:
    _STARTER.start(["train", "--out", str(run), "--resume", "--heed-stop"], run)


def _fresh_directory(stem: str) -> Path:
    """Make a new folder, also when two visitors start a run in the same second."""
    stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
    for number in range(1, 1000):
        path = runs_directory() / (f"{stamp}-{stem}" if number == 1 else f"{stamp}-{stem}-{number}")
        with advice_when_full(path), contextlib.suppress(FileExistsError):
            path.mkdir(parents=True)
            return path
    raise ConfigError("Expected a free name for the run; a thousand are taken. Delete old runs in the workspace.")
