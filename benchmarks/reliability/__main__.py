"""What survives what: killed processes, a full disk, ten visitors; see ``docs/reliability.md``.

Needs Linux and requirements-dev.txt; the visitors need Chromium. Nothing outside a temporary folder is written.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY)]

PARTS = ("kills", "disk", "visitors")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--kills", type=int, default=10, help="of each of train, evaluate and sweep [10]")
    parser.add_argument("--writes", type=int, default=200, help="kills of a process that writes [200]")
    parser.add_argument("--visitors", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=3.0, help="that the visitors stay [3]")
    parser.add_argument("--model", default="demo-residual", help="for the full disk [demo-residual]")
    parser.add_argument("--seed", type=int, default=0, help="of the moments of kills [0]")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"expected parts among {', '.join(PARTS)}; got {', '.join(unknown)}")
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory(prefix="reliability-") as name:
        for part in given.parts or PARTS:
            began = time.monotonic()
            for line in measured(part, Path(name), given):
                print(line, flush=True)
            print(f"({part}: {time.monotonic() - began:.0f} s)", flush=True)


def measured(part: str, folder: Path, given: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of one part."""
    if part == "visitors":
        from benchmarks.reliability.visitors import ten_visitors

        yield from ten_visitors(folder / "visitors", visitors=given.visitors, minutes=given.minutes)
        return
    from benchmarks.reliability.disk import full_disk
    from benchmarks.reliability.kills import killed_work, killed_writing
    from benchmarks.reliability.work import small_corpus, works

    corpus = small_corpus(folder / f"corpus-{part}")
    if part == "disk":
        yield from full_disk(works(corpus), corpus, folder / "disk", given.model)
        return
    yield killed_writing(folder / "writes", given.writes, given.seed)
    for work in works(corpus):
        yield killed_work(work, folder / "kills", given.kills, given.seed)


if __name__ == "__main__":
    main()
