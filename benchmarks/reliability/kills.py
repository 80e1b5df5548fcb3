"""Killed without warning, again and again: does what goes on afterwards end as if nothing had happened?"""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.reliability.work import REPOSITORY, Work, finished, leftovers, start

_EARLIEST = 0.3  # of the time that the whole takes: before, libraries are loaded
_LATER = 0.1  # for every kill of a pass
_SIZE = 1_000_000
# Writes two files that belong together, over and over, each full of one figure.
_WRITER = """
import itertools, pathlib, sys
from ser_core.storage import write_text, write_together
table, figures = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
for number in itertools.count(int(sys.argv[3])):
    text = f"{number:09d}\\n" * (int(sys.argv[4]) // 10)
    write_together({table: lambda path: write_text(path, text), figures: lambda path: write_text(path, text)})
    print(number, flush=True)
"""


def killed_work(work: Work, folder: Path, kills: int, seed: int) -> str:
    """Kill a command at random moments, let it go on until it ends, and compare; until there were enough kills."""
    workspace = folder / "workspace"
    reference = folder / f"{work.name}-undisturbed"
    finished(work.command(reference), workspace)  # fills the cache of frames, as every later one finds it
    seconds = finished(work.command(folder / f"{work.name}-timed"), workspace)
    expected, draw = work.figures(reference), random.Random(seed)
    done = passes = equal = left = 0
    while done < kills:
        passes += 1
        place, tried = folder / f"{work.name}-{passes}", 0
        while not work.done(place):
            process = start(work.command(place), workspace)
            try:
                # Later and later, so that a computer that has become busier gets further too.
                _, said = process.communicate(timeout=draw.uniform(_EARLIEST, 1.0 + _LATER * tried) * seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                done, tried = done + 1, tried + 1
                continue
            if process.returncode:
                raise SystemExit(f"Expected {work.name} to go on; got status {process.returncode}: {said[-500:]}")
            break
        equal += work.figures(place) == expected
        left += len(leftovers(place) if place.is_dir() else leftovers(folder))
    return (
        f"{work.name}: killed {done} times in {passes} passes ({seconds:.0f} s undisturbed); {equal} of {passes} ended "
        f"with the same figures, bit for bit; {left} half-written files left"
    )


def killed_writing(folder: Path, kills: int, seed: int) -> str:
    """Kill a process that replaces two files over and over; count those that are not whole."""
    folder.mkdir(parents=True)
    draw, torn, apart, last = random.Random(seed), 0, 0, 0
    table, figures = folder / "table.txt", folder / "figures.txt"
    for _ in range(kills):
        command = [sys.executable, "-c", _WRITER, str(table), str(figures), str(last + 1), str(_SIZE)]
        process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()  # both are there
        time.sleep(draw.uniform(0.0, 0.05))
        process.kill()
        process.communicate()
        found = [path.read_text(encoding="utf-8") for path in (table, figures)]
        torn += sum(len(text) != _SIZE or len(set(text.split("\n")[:-1])) != 1 for text in found)
        torn += found[1] > found[0]  # the second stands for both
        apart += found[0] > found[1]
        last = int(found[0][:9])
    return (
        f"write: killed {kills} times while two files of 1 MB were replaced over and over: {torn} not whole, "
        f"of {apart} pairs the first was new and the second, which stands for both, still the former"
    )
