"""Runs in processes of their own: started, stopped, resumed and watched from anywhere through their folder."""

import contextlib
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ser_core.checkpoints.card import Metrics
from ser_core.errors import ConfigError
from ser_core.jobs import Progress
from ser_core.jobs.detached import last_words, may_be_starting, spawned_at, start_detached
from ser_core.locks import is_held
from ser_core.paths import changed, is_file, matching
from ser_core.storage import advice_when_full
from ser_core.training.events import STOP_FILE, Finished, read_events
from ser_core.training.plan import CONFIG, make_plan, write_config
from ser_core.training.run import CHECKPOINT, LOCK, STATE, check_free, locked
from ser_core.workspace import runs_directory

_ALIVE = ("starting", "reading", "running")


@dataclass(frozen=True)
class RunState:
    """What a run's folder says about it.

    Attributes:
        name: of its folder.
        path: its folder.
        status: ``starting, reading, running, stopped, failed, finished`` or ``lost`` (its process ended without a
            word).
        progress: in epochs of all stages, and what is being done.
        corpus: short name.
        recipe: name.
        protocol: of the split.
        labels: classes.
        epoch: epochs done.
        epochs: at most.
        stage: name of the present stage.
        history: figures of each epoch.
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
    history: list[dict[str, Any]] = field(default_factory=list)
    confusion: list[list[int]] | None = None
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
    """Check the settings, then train in a process of its own.

    Returns:
        The run's folder; :func:`run_state` tells how it goes.

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
    run = run_directory or _fresh_directory(f"{plan.manifest.corpus}-{plan.recipe.name}")
    with locked(run):
        check_free(run)
        write_config(run, plan)
    _spawn(run)
    return run


def request_stop(run: Path) -> None:
    """Ask a run to end after its present step; what it has done since its last epoch is lost, nothing else."""
    with advice_when_full(run):
        (run / STOP_FILE).touch()


def resume_run(run: Path) -> None:
    """Let a stopped, failed or lost run go on in a new process.

    Raises:
        ConfigError: if it is running, finished, or no run at all.
    """
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
    events = read_events(run)
    spawned = spawned_at(run)
    recent = [event for event in events if event.get("time", 0.0) >= spawned]
    facts: dict[str, Any] = {"corpus": "", "recipe": "", "protocol": "", "labels": [], "total_epochs": 0}
    for event in events:
        if event["kind"] == "started":
            facts |= event
    history = _history(events)
    last: dict[str, Any] = recent[-1] if recent else {"kind": "none"}
    status, message = _status(run, last)
    done = status == "finished"
    end = Finished.from_table(last) if done else None
    epochs = int(facts["total_epochs"])
    checkpoint = run / CHECKPOINT
    return RunState(
        name=run.name,
        path=run,
        status=status,
        corpus=facts["corpus"],
        recipe=facts["recipe"],
        protocol=facts["protocol"],
        labels=tuple(facts["labels"]),
        epoch=len(history),
        epochs=epochs,
        stage=history[-1]["stage"] if history else "",
        progress=_progress(status, history, epochs, last),
        history=history,
        confusion=next((item["confusion"] for item in reversed(history) if "confusion" in item), None),
        message=message,
        checkpoint=checkpoint if (checkpoint / "card.json").is_file() else None,
        metrics=end.metrics if end else {},
        back_end=end.back_end if end else "",
        can_resume=status in ("stopped", "failed", "lost"),
        stopping=status in _ALIVE and (run / STOP_FILE).exists(),
    )


def _history(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The epochs in order; one that was trained again after a resume replaces its former self."""
    epochs: dict[int, dict[str, Any]] = {}
    for event in events:
        if event["kind"] == "started" and not event.get("resumed"):
            epochs.clear()
        elif event["kind"] == "epoch":
            epochs[int(event["epoch"])] = {key: value for key, value in event.items() if key not in ("kind", "time")}
    return [epochs[number] for number in sorted(epochs)]


def _progress(status: str, history: list[dict[str, Any]], epochs: int, last: dict[str, Any]) -> Progress:
    if status == "finished":
        return Progress(epochs, epochs, 0.0, "Finished")
    if status == "reading":
        return Progress(0.0, words=f"Reading the corpus: {last['done']} of {last['total']} utterances")
    if status == "starting" or not epochs:
        return Progress(0.0, words="Starting: loading libraries and reading the corpus")
    stage = f", stage {history[-1]['stage']}" if history else ""
    words = f"Epoch {len(history)} of {epochs}{stage}"
    if status != "running":
        return Progress(len(history), epochs, words=words)
    within = last["batch"] / max(last["batches"], 1) if last["kind"] == "batch" else 0.0
    return Progress(len(history) + within, epochs, last.get("seconds_left"), words)


def _status(run: Path, last: dict[str, Any]) -> tuple[str, str]:
    kind = last["kind"]
    if kind in ("finished", "stopped"):
        return kind, ""
    if kind == "failed":
        return kind, str(last.get("message", ""))
    if is_held(run / LOCK):  # by its process, as long as that lives
        return kind if kind == "reading" else "running" if kind in ("epoch", "batch", "saved") else "starting", ""
    if kind == "none" and may_be_starting(run):
        return "starting", ""
    words = last_words(run)
    state = " It can be resumed." if (run / STATE).exists() else ""
    return "lost", f"The training process ended without a word.{state}{f' Its last words: {words}' if words else ''}"


def _spawn(run: Path) -> None:
    start_detached(["train", "--out", str(run), "--resume", "--heed-stop"], run)


def _fresh_directory(stem: str) -> Path:
    """Make a folder that nobody else has, also when two visitors start a run in the same second."""
    stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
    for number in range(1, 1000):
        path = runs_directory() / (f"{stamp}-{stem}" if number == 1 else f"{stamp}-{stem}-{number}")
        with advice_when_full(path), contextlib.suppress(FileExistsError):
            path.mkdir(parents=True)
            return path
    raise ConfigError("Expected a free name for the run; a thousand are taken. Delete old runs in the workspace.")
