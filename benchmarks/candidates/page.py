"""The page of candidates, from what is kept alone, as Markdown."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.candidates.measuring import BASE, Candidate, place_of
from ser_core.evaluation.seeds import difference_of_counts, mean_of_counts
from ser_core.evaluation.statistics import Interval
from ser_core.types import IntArray
from ser_core.written_numbers import fixed

CHOSEN_BY = ("emodb", "ravdess")  # whose mean decides; song is told beside them
TOLD = {"emodb": "EmoDB", "ravdess": "RAVDESS", "ravdess-song": "song"}


@dataclass(frozen=True)
class Row:
    """A candidate's counts by corpus, ``(seeds, S, K, K)``, without a word about the speakers and after clips."""

    candidate: Candidate
    unadapted: Mapping[str, IntArray]
    adapted: Mapping[str, IntArray]


def row_of(candidate: Candidate, folder: Path) -> Row | None:
    """Read what is kept of a candidate; None if nothing is."""
    path = place_of(folder, candidate)
    if not path.is_file():
        return None
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    parts = (_counts(cells, part) for part in ("unadapted", "adapted"))
    return Row(candidate, *parts)


def _counts(cells: Sequence[Mapping[str, Any]], part: str) -> dict[str, IntArray]:
    found: dict[str, list[IntArray]] = {}
    for cell in sorted(cells, key=lambda one: int(one["seed"])):
        speakers = sorted(cell[part])
        found.setdefault(str(cell["corpus"]), []).append(np.array([cell[part][name] for name in speakers]))
    return {name: np.stack(counts) for name, counts in found.items()}


def gain(first: Mapping[str, IntArray], second: Mapping[str, IntArray]) -> Interval:
    """Compare two candidates: mean of the differences on the corpora that choose, second minus first.

    Nobody speaks in two of these corpora, so that the squares of half-widths add up.
    """
    found = [difference_of_counts(first[name], second[name]) for name in CHOSEN_BY]
    estimate = sum(one.estimate for one in found) / len(found)
    reach = math.hypot(*((one.high - one.low) / 2 for one in found)) / len(found)
    return Interval(estimate, estimate - reach, estimate + reach)


def verdict(found: Interval) -> str:
    """Say whether a candidate helped."""
    if found.low > 0:
        return "helped"
    return "made it worse" if found.high < 0 else "not shown to help"


def page(rows: Sequence[Row]) -> str:
    """Write the page; the first row is what the others are compared with."""
    return "\n".join(_page(rows)) + "\n"


def _page(rows: Sequence[Row]) -> Iterator[str]:
    yield "# What was tried for people whom the model has not met\n"
    yield "Made by `python -m benchmarks.candidates` from `docs/results/candidates/`; do not edit it by hand.\n"
    yield (
        f"Each candidate is the recipe `{BASE}` with some settings changed. It learns from RAVDESS and its song and is "
        "tested on EmoDB, and learns from EmoDB and is tested on RAVDESS and on its song, with seeds 0, 1 and 2. UA is "
        "the mean recall of the emotions that training and test share, in percent, mean over the seeds; in brackets "
        "after eight unlabelled clips of each speaker (transductive). **The mean gain on EmoDB and RAVDESS** without "
        "clips decides, with a 95 % interval over speakers and seeds. EmoTale, URDU and the Korean corpus chose "
        "nothing. Among many candidates some look better by chance: of twenty that change nothing, one interval is "
        "expected to exclude zero.\n"
    )
    yield "| candidate | question | EmoDB | RAVDESS | song | mean gain | |\n|---|---|---|---|---|---|---|"
    first = rows[0]
    for row in rows:
        scores = " | ".join(_score(row, name) for name in TOLD)
        told = "| |" if row is first else _gain(gain(first.unadapted, row.unadapted))
        yield f"| `{row.candidate.name}` | {row.candidate.question} | {scores} {told}"
    yield "\n## Settings\n"
    for row in rows:
        settings = " ".join(f"`{one}`" for one in row.candidate.set) or "none changed"
        yield f"* `{row.candidate.name}`: {settings}"
    yield "\n## Measure it\n"
    yield (
        "```\npython -m benchmarks.candidates --corpus ravdess:DIR --corpus ravdess-song:DIR --corpus emodb:DIR\n```\n"
    )
    yield (
        "`--only NAME` measures some of them; what is kept with the same settings is not measured again. A candidate "
        f"becomes a recipe by `--recipe {BASE} --set KEY=VALUE …`."
    )


def _score(row: Row, name: str) -> str:
    before, after = (100 * mean_of_counts(part[name]).estimate for part in (row.unadapted, row.adapted))
    return f"{before:.1f} ({after:.1f})"


def _gain(found: Interval) -> str:
    low, estimate, high = (fixed(100 * value, 1, signed=True) for value in (found.low, found.estimate, found.high))
    return f"| {estimate} ({low} to {high}) | {verdict(found)} |"
