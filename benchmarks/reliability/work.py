"""The work that is killed or refused room: a small corpus of the artificial voices, and commands that take seconds."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
VOICES = ("voice01", "voice02", "voice03", "voice04")
TAKES = 3  # of each voice in each emotion
SHORT = (
    "encoder_options.channels=[8, 16]", "front_end.mel_bands=32", "stages.0.epochs=8", "stages.0.patience=0",
    "stages.1.epochs=4", "stages.1.utterances_per_class=2",
)  # fmt: skip
SWEEP = """
title = "Two margins"
summary = "For the benchmark alone."
source = "our own"
recipe = "quick"
protocol = "leave-one-speaker-out"
seeds = [0]
folds = [1, 2]

[[axes]]
name = "margin"
key = "stages.1.options.margin"
values = [0.2, 0.4]
"""


@dataclass(frozen=True)
class Work:
    """A command that can be stopped and goes on.

    Attributes:
        name: for people.
        command: place → arguments, to begin or to go on there.
        done: place → whether it had ended when it was killed; the command would refuse to do it again.
        figures: place → everything it found, but for how long it took.
    """

    name: str
    command: Callable[[Path], list[str]]
    done: Callable[[Path], bool]
    figures: Callable[[Path], Any]


def small_corpus(folder: Path) -> Path:
    """Copy four voices of the demo corpus; returns their table."""
    from ser_core.corpora import open_corpus

    demo, rows = open_corpus("demo"), ["file,speaker,emotion"]
    taken: Counter[tuple[str, str]] = Counter()
    for utterance in demo.utterances:
        told = (utterance.speaker, utterance.emotion)
        taken[told] += 1
        if utterance.speaker in VOICES and taken[told] <= TAKES:
            target = folder / utterance.file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(demo.path(utterance), target)
            rows.append(f"{utterance.file},{utterance.speaker},{utterance.emotion}")
    table = folder / "corpus.csv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return table


def works(corpus: Path) -> tuple[Work, Work, Work]:
    """A run, an evaluation and a sweep on the small corpus."""
    sweep = corpus.with_name("margins.toml")
    sweep.write_text(SWEEP, encoding="utf-8")
    short = [word for assignment in SHORT for word in ("--set", assignment)]
    asked = ["--corpus", str(corpus), "--recipe", "quick", "--protocol", "leave-one-speaker-out", *short]
    alone = ["--workers", "1"]

    def train(place: Path) -> list[str]:
        begun = (place / "config.toml").is_file()
        return ["train", "--out", str(place), *(["--resume"] if begun else asked)]

    def trained(place: Path) -> bool:
        return (place / "checkpoint").is_dir() and not (place / "state.safetensors").exists()

    def evaluate(place: Path) -> list[str]:
        return ["evaluate", "--out", str(place), *asked, *alone]

    def swept(place: Path) -> list[str]:
        return ["sweep", str(sweep), "--corpus", str(corpus), "--out", str(place), *short, *alone]

    return (
        Work("train", train, trained, lambda place: (place / "checkpoint" / "weights.safetensors").read_bytes()),
        Work("evaluate", evaluate, Path.is_file, _result),
        Work("sweep", swept, lambda place: False, _swept),
    )


def start(arguments: list[str], workspace: Path, before: Callable[[], None] | None = None) -> "subprocess.Popen[str]":
    """Start a command of the package in a process of its own; ``before`` runs in it first."""
    environment = {**os.environ, "SER_WORKSPACE": str(workspace), "PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(
        [sys.executable, "-m", "ser_core", *arguments],
        env=environment, preexec_fn=before, text=True, errors="replace",  # noqa: PLW1509 - no thread is running
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def finished(arguments: list[str], workspace: Path) -> float:
    """Run a command to its end; returns seconds; raises SystemExit if it fails."""
    began = time.monotonic()
    process = start(arguments, workspace)
    _, said = process.communicate()
    if process.returncode:
        raise SystemExit(f"Expected {arguments[0]} to end well; got status {process.returncode}: {said[-500:]}")
    return time.monotonic() - began


def leftovers(folder: Path) -> list[str]:
    """List what is still called as if it were being written."""
    return sorted(path.name for path in folder.rglob(".*") if "-writing-" in path.name or path.name.startswith(".tmp"))


def _result(path: Path) -> Any:
    import pandas

    from ser_core.experiments.result import predictions_path

    content = json.loads(path.read_text(encoding="utf-8"))
    for fold in content["folds"]:
        del fold["seconds"], fold["core_seconds"]
    return content, pandas.read_parquet(predictions_path(path)).to_dict("records")


def _swept(folder: Path) -> Any:
    return {path.relative_to(folder).as_posix(): _result(path) for path in sorted(folder.glob("*/seed-*.json"))}
