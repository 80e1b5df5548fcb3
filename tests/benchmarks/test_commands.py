"""The commands that the benchmarks' page gives can be typed as they stand there."""

import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "benchmarks" / "README.md").read_text(encoding="utf-8")


def test_every_benchmark_has_its_command_on_the_page():
    told = set(re.findall(r"^\| `python -m benchmarks\.(\w+)", PAGE, re.MULTILINE))
    folder = REPOSITORY / "benchmarks"
    packages = {path.parent.name for path in folder.glob("*/__main__.py")}
    assert told == {path.stem for path in folder.glob("*.py")} | packages


def test_the_step_of_triplet_loss_is_compared_with_the_library_in_the_same_run():
    (words,) = re.findall(r"`python (-m benchmarks\.triplet_step)`", PAGE)
    command = [sys.executable, *words.split(), "--batch", "16", "--size", "4", "--rounds", "2", "--steps", "1"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert re.search(r"ratio \d+\.\d\d \(quartiles", done.stdout)
