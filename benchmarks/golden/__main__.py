"""Compare the present source with an earlier commit, bit for bit: every recipe in training, every shipped checkpoint.

Both trees run the same commands on the same part of the demo corpus, on one thread each: two epochs of every stage of
every recipe for recordings, tested, and every shipped checkpoint that hears over the corpus; first in float32, then
with bfloat16 autocast. The last line sums up; the exit status is 1 if anything differs.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from benchmarks.golden.checkout import REPOSITORY, checked_out
from benchmarks.golden.comparing import comparisons_of_embedding, comparisons_of_fold, difference

FIRST = "19bd37e"
PRECISIONS = ("float32", "bfloat16")
SAID = "output.txt"
_VOICES = ("voice01", "voice02", "voice03", "voice04")  # who trains, who chooses and who tests is drawn
_SENTENCES = ("s1", "s2", "s3", "s4")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.golden", description=__doc__)
    parser.add_argument("--against", default=FIRST, metavar="COMMIT", help="the earlier source (default %(default)s)")
    parser.add_argument("--recipe", action="append", metavar="NAME", help="only this one; can be repeated")
    parser.add_argument("--checkpoint", action="append", metavar="NAME", help="only this one; can be repeated")
    parser.add_argument("--epochs", type=int, default=2, help="of every stage (default %(default)s)")
    given = parser.parse_args()
    everything = not given.recipe and not given.checkpoint
    recipes = given.recipe or (_shipped("ser_core/recipes/*.toml") if everything else [])
    checkpoints = given.checkpoint or (_shipped("checkpoints/*/atlas.parquet") if everything else [])
    with tempfile.TemporaryDirectory(prefix="golden-") as scratch, checked_out(given.against) as earlier:
        corpus = _part_of_the_demo_corpus(Path(scratch) / "corpus")
        sides = {"before": earlier, "now": REPOSITORY}
        running = {}
        for side, tree in sides.items():
            out = Path(scratch) / side
            commands = _commands(tree, out, corpus, recipes, checkpoints, given.epochs)
            running[side] = _started(tree, out, commands)
        failed = [side for side, process in running.items() if process.wait()]
        for side in failed:
            print(
                f"{side} ({sides[side]}) failed:\n{(Path(scratch) / side / SAID).read_text(encoding='utf-8')[-2000:]}"
            )
        if failed:
            return 1
        return _compared(Path(scratch), given.against, recipes, checkpoints)


def _shipped(pattern: str) -> list[str]:
    found = sorted(REPOSITORY.glob(pattern))
    return [path.parent.name if path.suffix == ".parquet" else path.stem for path in found]


def _part_of_the_demo_corpus(folder: Path) -> Path:
    """Copy some voices into a folder with a table of some of their clips."""
    source = REPOSITORY / "ser_core" / "corpora" / "demo_speech"
    for voice in _VOICES:
        shutil.copytree(source / voice, folder / voice)
    head, *rows = (source / "manifest.csv").read_text(encoding="utf-8").splitlines()
    wanted = [f"{voice}/{voice}_" for voice in _VOICES]
    kept = [row for row in rows if row.startswith(tuple(wanted)) and any(f"_{s}_" in row for s in _SENTENCES)]
    table = folder / "part.csv"
    table.write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
    return table


def _commands(
    tree: Path, out: Path, corpus: Path, recipes: list[str], checkpoints: list[str], epochs: int
) -> list[tuple[str, list[str]]]:
    commands = []
    for precision in PRECISIONS:
        for name in recipes:
            folder = out / precision / name
            folder.mkdir(parents=True)
            asked = ["evaluate", "--corpus", str(corpus), "--recipe", name, "--protocol", "held-out-speakers"]
            asked += ["--out", str(folder / "result.json"), "--keep", str(folder / "kept"), "--workers", "1"]
            for setting in _shortened(tree, name, epochs):
                asked += ["--set", setting]
            commands.append((precision, asked))
        for name in checkpoints:
            table = out / precision / f"{name}.parquet"
            table.parent.mkdir(parents=True, exist_ok=True)
            model = str(tree / "checkpoints" / name)
            commands.append((precision, ["embed", "--checkpoint", model, "--corpus", str(corpus), "--out", str(table)]))
    return commands


def _shortened(tree: Path, recipe: str, epochs: int) -> list[str]:
    """Shorten a recipe to some steps of every stage."""
    settings = tomllib.loads((tree / "ser_core" / "recipes" / f"{recipe}.toml").read_text(encoding="utf-8"))
    changes = []
    for number, stage in enumerate(settings["stages"]):
        changes.append(f"stages.{number}.epochs={epochs}")
        if "pairs_per_epoch" in stage:
            changes.append(f"stages.{number}.pairs_per_epoch=64")
    return changes


def _started(tree: Path, out: Path, commands: list[tuple[str, list[str]]]) -> "subprocess.Popen[bytes]":
    out.mkdir(exist_ok=True)
    listed = out / "commands.json"
    listed.write_text(json.dumps(commands), encoding="utf-8")
    environment = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "NUMBA_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SER_WORKSPACE": str(out / "workspace"),
    }
    worker = Path(__file__).with_name("worker.py")
    with (out / SAID).open("wb") as said:
        command = [sys.executable, str(worker), str(listed)]
        return subprocess.Popen(command, cwd=tree, env=environment, stdout=said, stderr=subprocess.STDOUT)


def _compared(scratch: Path, against: str, recipes: list[str], checkpoints: list[str]) -> int:
    differing = compared = 0
    for precision in PRECISIONS:
        before, now = (scratch / side / precision for side in ("before", "now"))
        pairs = {name: comparisons_of_fold(before / name, now / name) for name in recipes}
        for name in checkpoints:
            table = f"{name}.parquet"
            pairs[f"checkpoint {name}"] = comparisons_of_embedding(before / table, now / table)
        for name, comparisons in pairs.items():
            for what, former, present in comparisons:
                found = difference(former, present)
                compared += 1
                differing += bool(found.names)
                word = "DIFFERS" if found.names else "same   "
                print(f"{word} {precision:8} {name}: {what}: {found.line()}")
    print(f"{differing} of {compared} comparisons differ from {against}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
