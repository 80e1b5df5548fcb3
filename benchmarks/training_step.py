"""One step of training, of an earlier commit against the present one: same recipe, utterances and precision.

Each side trains in a process of its own on one thread, and makes a step when it is told to: the sides take turns, and
whoever goes first changes. A step is all from one batch to the next: padding, augmentation, the model forward and
backward, the optimiser. The ends of epochs (judging, saving) are left out. The last line joins all stages, each
weighted by its steps in the recipe.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch

FIRST = "19bd37e"
_PRODUCT = 2048  # rows and columns of the matrices whose product is the ceiling
_WARM_UP = 3  # steps of each side that are not counted


# ------------------------------------------------------------------------------------------- one side, of either commit


def side(run: str, recipe: str, corpus: str, stage: int) -> None:
    """Train in this process; for each line on standard input, make a step and print what it took as JSON."""
    from torch.utils.flop_counter import FlopCounterMode

    from ser_core.training.plan import make_plan
    from ser_core.training.run import train_run

    torch.set_num_threads(1)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    short = [f"stages.{number}.epochs=1" for number in range(stage)]
    plan = make_plan(
        corpus=corpus,
        recipe=recipe,
        protocol="held-out-speakers",
        fold=1,
        seed=0,
        overrides=[*short, f"stages.{stage}.epochs=100000", f"stages.{stage}.patience=0"],
    )
    began: float | None = None
    asked = ""  # what has not been answered
    counter = FlopCounterMode(display=False)
    counting = False

    def value(event: Any, name: str) -> Any:
        return event[name] if isinstance(event, dict) else getattr(event, name)

    def follow(event: Any) -> None:
        nonlocal began, asked, counting
        took, began = None if began is None else time.perf_counter() - began, None
        if counting:
            counter.__exit__(None, None, None)
            counting = False
        if value(event, "kind") != "batch" or value(event, "epoch") <= stage:
            return  # if an epoch has ended within the step, that is made again
        if asked and took is not None:
            flops = counter.get_total_flops() if asked == "count" else 0
            answers.write(json.dumps({"seconds": took, "flops": flops, "batches": value(event, "batches")}) + "\n")
            answers.flush()
            asked = ""
        asked = asked or sys.stdin.readline().strip()
        if not asked:
            os._exit(0)
        if asked == "count":
            counter.__enter__()
            counting = True
        began = time.perf_counter()

    train_run(Path(run), plan, listener=follow)


# ------------------------------------------------------------------------------------------- both sides, taking turns


@dataclass(frozen=True)
class Stage:
    """What a step of a stage takes on both sides, the earlier commit's first.

    Attributes:
        name: of the stage.
        steps: of the stage in the whole recipe, at the earlier commit.
        seconds: median of a step.
        ratio: median of the paired ratios, earlier by present.
        quartiles: of those ratios.
        operations: floating-point operations of a step, in convolutions and matrix products.
    """

    name: str
    steps: int
    seconds: tuple[float, float]
    ratio: float
    quartiles: tuple[float, float]
    operations: tuple[float, float]


class Side:
    """A process that trains with one tree's source."""

    def __init__(self, tree: Path, folder: Path, recipe: Path, corpus: str, stage: int) -> None:
        environment = {
            **os.environ,
            **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"),
            "PYTHONPATH": str(tree),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SER_WORKSPACE": str(folder / "workspace"),
        }
        run = folder / f"run-{stage}"
        command = [sys.executable, __file__, "--side", str(run), str(recipe), corpus, str(stage)]
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tree, text=True
        )

    def step(self, kind: str = "step") -> dict[str, Any]:
        """Have one step made; ``count`` counts its operations, which slows it down."""
        print(kind, file=self.process.stdin, flush=True)
        line = cast(Any, self.process.stdout).readline()
        if not line:
            raise SystemExit("Expected the training to go on; its process has ended. What it printed stands above.")
        return cast(dict[str, Any], json.loads(line))


@contextlib.contextmanager
def both(trees: tuple[Path, Path], scratch: Path, recipe: Path, corpus: str, stage: int) -> Iterator[tuple[Side, Side]]:
    sides: list[Side] = []
    try:
        for tree, name in zip(trees, ("before", "now"), strict=True):
            sides.append(Side(tree, scratch / name, recipe, corpus, stage))
        yield sides[0], sides[1]
    finally:
        for one in sides:
            one.process.kill()
            one.process.wait()


def measured(sides: tuple[Side, Side], name: str, epochs: int, pairs: int) -> Stage:
    """Let both sides take turns."""
    for one in sides:
        for _ in range(_WARM_UP):
            one.step()
    counted = [one.step("count") for one in sides]
    took: list[tuple[float, float]] = []
    for number in range(pairs):
        order = (0, 1) if number % 2 == 0 else (1, 0)  # a machine that slows down favours nobody
        seconds = {place: sides[place].step()["seconds"] for place in order}
        took.append((seconds[0], seconds[1]))
    ratios = [before / now for before, now in took]
    low, middle, high = statistics.quantiles(ratios, n=4)
    before, now = (statistics.median(column) for column in zip(*took, strict=True))
    operations = (float(counted[0]["flops"]), float(counted[1]["flops"]))
    return Stage(name, epochs * counted[0]["batches"], (before, now), middle, (low, high), operations)


def ceiling(dtype: torch.dtype) -> float:
    """Measure the operations per second of a large matrix product on one thread."""
    torch.set_num_threads(1)
    first, second = (torch.randn(_PRODUCT, _PRODUCT).to(dtype) for _ in range(2))
    seconds = []
    for _ in range(9):
        began = time.perf_counter()
        first @ second
        seconds.append(time.perf_counter() - began)
    return 2 * _PRODUCT**3 / statistics.median(seconds)


def told(stage: Stage, highest: float | None) -> str:
    before, now = (1e3 * seconds for seconds in stage.seconds)
    text = (
        f"stage {stage.name}: {before:.1f} ms then, {now:.1f} ms now a step; "
        f"{stage.ratio:.2f} times as fast (quartiles {stage.quartiles[0]:.2f} to {stage.quartiles[1]:.2f})"
    )
    if highest is not None:
        shares = [done / seconds / highest for done, seconds in zip(stage.operations, stage.seconds, strict=True)]
        counts = [done / 1e9 for done in stage.operations]
        text += (
            f"; {counts[0]:.1f} and {counts[1]:.1f} GFLOP in convolutions and products, "
            f"{shares[0]:.0%} and {shares[1]:.0%} of the ceiling"
        )
    return text


def summed(stages: list[Stage]) -> float:
    """How many times as fast all steps of the recipe are together, from the paired ratios."""
    now = [stage.steps * stage.seconds[1] for stage in stages]
    return sum(seconds * stage.ratio for seconds, stage in zip(now, stages, strict=True)) / sum(now)


def main() -> None:
    """Print the steps of every stage on both sides, alone and beside busy programs, and last how many times faster."""
    from benchmarks.golden.checkout import REPOSITORY, checked_out
    from benchmarks.live_latency import busy
    from ser_core.training.device import best_device, has_fast_bfloat16

    parser = argparse.ArgumentParser(prog="python -m benchmarks.training_step", description=__doc__)
    parser.add_argument("--against", default=FIRST, metavar="COMMIT", help="the earlier source (default %(default)s)")
    parser.add_argument(
        "--recipe", default="residual-triplet", help="name, as at that commit, or FILE.toml (default %(default)s)"
    )
    parser.add_argument("--corpus", default="demo", help="KIND:DIR, a table or demo (default %(default)s)")
    parser.add_argument("--pairs", type=int, default=20, help="of steps, of each stage (default %(default)s)")
    parser.add_argument("--busy", type=int, default=2, help="programs that compute beside it; 0 leaves that out")
    given = parser.parse_args()
    device = best_device()
    dtype = torch.bfloat16 if has_fast_bfloat16(device) else torch.float32
    with tempfile.TemporaryDirectory(prefix="training-step-") as scratch, checked_out(given.against) as earlier:
        named = earlier / "ser_core" / "recipes" / f"{given.recipe}.toml"
        recipe = named if named.exists() else Path(given.recipe).absolute()
        settings = tomllib.loads(recipe.read_text(encoding="utf-8"))["stages"]
        alone, beside = [], []
        highest = ceiling(dtype)
        name = str(dtype).removeprefix("torch.")
        print(f"{recipe.stem} on {given.corpus}, {name} on {device}, one thread each, {given.pairs} pairs of steps")
        print(f"ceiling: {highest / 1e9:.0f} GFLOP/s, a {name} product of {_PRODUCT} x {_PRODUCT}")
        for number, stage in enumerate(settings):
            with both((earlier, REPOSITORY), Path(scratch), recipe, given.corpus, number) as sides:
                alone.append(measured(sides, stage["name"], stage["epochs"], given.pairs))
                print(told(alone[-1], highest), flush=True)
                if given.busy:
                    with busy(given.busy):
                        beside.append(measured(sides, stage["name"], stage["epochs"], given.pairs))
                    print(f"beside {given.busy} busy programs, {told(beside[-1], None)}", flush=True)
    if beside:
        print(f"all stages beside {given.busy} busy programs: {summed(beside):.2f} times as fast")
    print(f"{summed(alone):.2f} times")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--side"]:
        side(*sys.argv[2:5], int(sys.argv[5]))
    else:
        main()
