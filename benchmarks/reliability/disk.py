"""A disk that is full: the system takes no more than some kilobytes of any file, as each command runs."""

import resource
from pathlib import Path

from benchmarks.reliability.work import Work, finished, leftovers, start


def full_disk(works: tuple[Work, ...], corpus: Path, folder: Path, model: str) -> list[str]:
    """Run commands with too little room; each must say so in a line, leave what was there, and succeed afterwards."""
    workspace = folder / "workspace"
    train, evaluate, _ = works
    lines = []
    for work, kilobytes in ((train, 100), (evaluate, 4)):
        reference, place = folder / f"{work.name}-with-room", folder / f"{work.name}-without"
        finished(work.command(reference), workspace)
        told = _refused(work.command(place), workspace, kilobytes)
        finished(work.command(place), workspace)
        same = work.figures(place) == work.figures(reference)
        lines.append(
            _line(work.name, kilobytes, told, f"afterwards it ended {'as' if same else 'NOT as'} with room", folder)
        )
    vectors = folder / "vectors.parquet"
    finished(["embed", "--checkpoint", model, "--corpus", str(corpus), "--out", str(vectors)], workspace)
    for name, kilobytes, arguments, out in (
        ("embed", 8, ["--checkpoint", model, "--corpus", str(corpus)], vectors),
        ("angles", 0, [str(vectors)], folder / "angles.json"),
        ("manifest", 1, ["demo"], folder / "table.csv"),
    ):
        command = [name, *arguments, "--out", str(out)]
        finished(command, workspace)
        before = out.read_bytes()
        told = _refused(command, workspace, kilobytes)
        kept = "the former file is unchanged" if out.read_bytes() == before else "THE FORMER FILE HAS CHANGED"
        lines.append(_line(name, kilobytes, told, kept, folder))
    return lines


def _refused(arguments: list[str], workspace: Path, kilobytes: int) -> list[str]:
    """Run a command that may write files of so many kilobytes at most; returns the lines it ended with."""
    most = 1024 * kilobytes
    process = start(arguments, workspace, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    _, said = process.communicate()
    if process.returncode != 2 or "Traceback" in said:
        raise SystemExit(f"Expected {arguments[0]} to refuse; got status {process.returncode}: {said[-500:]}")
    return said.strip().splitlines()


def _line(name: str, kilobytes: int, told: list[str], afterwards: str, folder: Path) -> str:
    left = len(leftovers(folder))
    return f"{name}, {kilobytes} kB: status 2, “{told[-1][-150:]}”; {afterwards}; {left} half-written files left"
