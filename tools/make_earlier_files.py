"""Have an earlier commit write the files that its users have by now; tests open them with the present source.

python -m tools.make_earlier_files COMMIT

The commit is checked out beside this tree, and its own commands write into ``tests/known_issues/earlier/COMMIT``, laid
out as a workspace: a model, a run that was stopped in its second stage, a result, an evaluation and a sweep that were
stopped, a voice, views; beside them the recipes. Speech is the demo corpus's, artificial. One thread and float32, so
that another computer can go on with it.
"""

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet

from benchmarks.golden import worker
from benchmarks.golden.checkout import REPOSITORY, checked_out

FOLDER = REPOSITORY / "tests" / "known_issues" / "earlier"
CORPUS = "/earlier/corpus/part.csv"  # stands in the files for the path of the table; tests put the present path there
_SPEECH = REPOSITORY / "ser_core" / "corpora" / "demo_speech"
_VOICES = ("voice01", "voice02", "voice03", "voice04")
_EMOTIONS = ("neutral", "sad", "angry")
_SECONDS_AT_MOST = 300.0
_RECIPE = """\
title = "Tiny"
summary = "Small enough to be kept beside a test."
source = "our own"
embedding_size = 8
dropout = 0.1

[front_end]
mel_bands = 16
high_pass_hertz = 75

[encoder_options]
channels = [4, 8]
stem = 4
pooling = "attention"

[[stages]]
name = "softmax"
epochs = 2
learning_rate = 5e-3
weight_decay = 2e-2
batch_size = 8
average = 0.5
keep = "best"

[stages.options]
label_smoothing = 0.1

[stages.augmentation]
stretch = 0.1
gain_decibels = 4.0
mixup = 0.2

[[stages]]
name = "triplet"
objective = "triplet"
epochs = 8
learning_rate = 2e-3
utterances_per_class = 2
average = 0.9

[stages.options]
margin = 0.2
miner = "semi-hard"

[paper]
"stages.1.options.margin" = "Schroff et al. (2015), FaceNet: 0.2"
"""
_SWEEP = """\
title = "Margins"
summary = "Two points, of which the first was done."
source = "our own"
recipe = "quick"
protocol = "leave-one-speaker-out"
seeds = [0]
folds = [1]
overrides = [
    "stages.0.epochs=1", "stages.1.epochs=1", "encoder_options.channels=[4, 8]", "stages.1.utterances_per_class=2",
]

[[axes]]
name = "margin"
key = "stages.1.options.margin"
values = [0.1, 0.2]
"""
_VIEWS = """\
from ser_core.embeddings import view_library
from ser_core.embeddings.pair_view import PairView
from ser_core.embeddings.view import View
from ser_core.embeddings.view_text import OF_ONE, OF_TWO
view_library.keep(
    View(
        space="demo-residual", training=True, split="development", method="UMAP", dimensions=3, sphere=True,
        settings=(("neighbours", 5), ("seed", 3)), colour="speaker", hidden=(("emotion", ("sad", "angry")),),
    ),
    "from the side", OF_ONE,
)
view_library.keep(PairView(colour="emotion"), "both", OF_TWO)
"""


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commit")
    commit = parser.parse_args().commit
    out = FOLDER / commit
    shutil.rmtree(out, ignore_errors=True)
    with checked_out(commit) as tree, tempfile.TemporaryDirectory(prefix="made-") as scratch:
        made = _Maker(tree, Path(scratch), out)
        table = made.corpus()
        made.recipes()
        made.runs(table)
        made.results(table)
        made.voice_and_views()
    _forget_this_computer(out, str(table))
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"{out.relative_to(REPOSITORY)}: {size / 1000:.0f} kB")


class _Maker:
    """Runs commands of a checked-out commit, whose files end up in a folder."""

    def __init__(self, tree: Path, scratch: Path, out: Path) -> None:
        self.tree, self.scratch, self.out = tree, scratch, out
        self.environment = {**os.environ, "OMP_NUM_THREADS": "1", "SER_WORKSPACE": str(scratch / "workspace")}
        self.tiny = out / "tiny.toml"

    def corpus(self) -> Path:
        """List some clips of the demo corpus in a table whose root is the package's folder."""
        head, *rows = (_SPEECH / "manifest.csv").read_text(encoding="utf-8").splitlines()
        wanted = tuple(f"{voice}/{voice}_{emotion}_s" for voice in _VOICES for emotion in _EMOTIONS)
        kept = [row for row in rows if row.startswith(wanted) and "_take1" in row][: 4 * len(wanted)]
        listed = self.scratch / "listed.csv"
        listed.write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
        table = self.out / "corpus" / "part.csv"
        table.parent.mkdir(parents=True)
        self.run(["manifest", str(listed), "--root", str(_SPEECH), "--out", str(table)])
        return table

    def recipes(self) -> None:
        """Copy what ships, and write one of our own."""
        (self.out / "recipes").mkdir()
        for path in sorted((self.tree / "ser_core" / "recipes").glob("*.toml")):
            shutil.copy(path, self.out / "recipes")
        self.tiny.write_text(_RECIPE, encoding="utf-8")

    def runs(self, table: Path) -> None:
        """Train one run to its end, keep its model, and stop another one of the same settings in its second stage."""
        train = ["train", "--corpus", str(table), "--recipe", str(self.tiny), "--protocol", "leave-one-speaker-out"]
        train += ["--fold", "4", "--seed", "7"]
        whole, stopped = self.scratch / "whole", self.scratch / "stopped"
        self.run([*train, "--out", str(whole)])
        shutil.copytree(whole / "checkpoint", self.out / "checkpoints" / "tiny")
        self.run_until(
            [*train, "--snapshots", "2", "--out", str(stopped)],
            lambda: _epochs(stopped) >= 5,
            lambda process: (stopped / "stop").touch(),
        )
        if not 5 <= _epochs(stopped) < 10:
            sys.exit("Expected the run to stop in its second stage; it did not. Run this again.")
        files = ("config.toml", "events.jsonl", "state.safetensors", "recordings.json")
        kept = self.out / "runs" / "stopped"
        (kept / "snapshots").mkdir(parents=True)
        for name in files:
            shutil.copy(stopped / name, kept)
        shutil.copy(stopped / "snapshots" / "epoch-00004.parquet", kept / "snapshots")

    def results(self, table: Path) -> None:
        """Evaluate two folds; the same again and a sweep, each stopped after the first fold."""
        asked = ["evaluate", "--corpus", str(table), "--recipe", str(self.tiny), "--protocol", "leave-one-speaker-out"]
        asked += ["--folds", "1,2", "--workers", "1", "--out"]
        self.run([*asked, str(self.out / "results" / "result.json")])
        first = self.scratch / "stopped.folds" / "fold-1.json"
        self.run_until([*asked, str(self.scratch / "stopped.json")], first.exists, _end)
        others = shutil.ignore_patterns("fold-2*", ".*")
        shutil.copytree(first.parent, self.out / "results" / "stopped.folds", ignore=others)
        swept, listed = self.scratch / "sweep", self.out / "margins.toml"
        listed.write_text(_SWEEP, encoding="utf-8")
        first = swept / "margin=0.1" / "seed-0.json"
        sweep = ["sweep", str(listed), "--corpus", str(table), "--workers", "1", "--out", str(swept)]
        self.run_until(sweep, first.exists, _end)
        others = shutil.ignore_patterns("margin=0.2", "lock*", ".*")
        shutil.copytree(swept, self.out / "sweeps" / "margins", ignore=others)

    def voice_and_views(self) -> None:
        """Make a voice for the model, what the model says of a clip without and with it, and two views."""
        model = str(self.out / "checkpoints" / "tiny")
        clips = [_SPEECH / "voice04" / f"voice04_neutral_s{number}_take1.flac" for number in (1, 2, 3)]
        voice = ["voice", "make", "mine", "--checkpoint", model]
        for clip in clips:
            voice += ["--clip", f"{clip}:neutral"]
        self.run(voice)
        shutil.copytree(self.scratch / "workspace" / "voices", self.out / "voices")
        asked = ["predict", "--checkpoint", model, "--json", str(_SPEECH / "voice04" / "voice04_sad_s1_take1.flac")]
        for name, more in (("plain", []), ("with-voice", ["--voice", "mine"])):
            said = json.loads(self.run([*asked, *more]))
            said[0]["file"] = Path(said[0]["file"]).name
            (self.out / f"predicted-{name}.json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
        views = self.scratch / "views.py"
        views.write_text(f"import sys\nsys.path[0] = {str(self.tree)!r}\n{_VIEWS}", encoding="utf-8")
        subprocess.run([sys.executable, str(views)], cwd=self.tree, env=self.environment, check=True)
        shutil.copytree(self.scratch / "workspace" / "views", self.out / "views")

    def run(self, arguments: list[str]) -> str:
        """Run one command of the commit to its end, and return what it printed."""
        with self._started(arguments) as process:
            said, _ = process.communicate()
            if process.returncode:
                sys.exit(f"{' '.join(arguments)} ended with {process.returncode}")
            return said

    def run_until(
        self, arguments: list[str], reached: Callable[[], bool], end: Callable[["subprocess.Popen[str]"], None]
    ) -> None:
        """Run a command until something is there, and end it."""
        with self._started(arguments) as process:
            began = time.monotonic()
            while not reached() and process.poll() is None and time.monotonic() - began < _SECONDS_AT_MOST:
                time.sleep(0.002)
            end(process)
            process.communicate()

    def _started(self, arguments: list[str]) -> "subprocess.Popen[str]":
        listed = self.scratch / "commands.json"
        listed.write_text(json.dumps([["float32", arguments]]), encoding="utf-8")
        command = [sys.executable, worker.__file__, str(listed)]
        return subprocess.Popen(command, cwd=self.tree, env=self.environment, stdout=subprocess.PIPE, text=True)


def _end(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGTERM)


def _epochs(run: Path) -> int:
    events = run / "events.jsonl"
    return events.read_text(encoding="utf-8").count('"kind": "epoch"') if events.exists() else 0


def _forget_this_computer(out: Path, table: str) -> None:
    """Put a path that is nobody's in the place of this computer's, and the model's digests right again."""
    speech = str(Path(CORPUS).parent)
    for path in sorted(out.rglob("*")):
        if path.suffix in (".json", ".toml", ".jsonl"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(table, CORPUS).replace(str(_SPEECH), speech), encoding="utf-8")
    for path in out.glob("runs/*/snapshots/*.parquet"):
        snapshot = pyarrow.parquet.read_table(path)
        told = {key: text.replace(bytes(_SPEECH), speech.encode()) for key, text in snapshot.schema.metadata.items()}
        pyarrow.parquet.write_table(snapshot.replace_schema_metadata(told), path, compression="zstd")
    model = out / "checkpoints" / "tiny"
    lines = [line.split() for line in (model / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    renewed = [f"{hashlib.sha256((model / name).read_bytes()).hexdigest()}  {name}" for _, name in lines]
    (model / "SHA256SUMS").write_text("\n".join(renewed) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
