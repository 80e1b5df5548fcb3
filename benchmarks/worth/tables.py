"""The tables of what answers are worth for people not heard, from the kept cells alone, as Markdown."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.worth.cells import VERSION
from benchmarks.worth.plan import RESEARCH, SHIPS, TABLES
from ser_core.checkpoints.elsewhere import percent
from ser_core.corpora import CORPORA
from ser_core.evaluation.cross_corpus import StrangerScore
from ser_core.evaluation.metrics import uar
from ser_core.evaluation.statistics import Interval, interval_by_speaker

HEADINGS = {
    SHIPS: "Ships: trained on RAVDESS, its song and EmoDB, less the corpus that is tested",
    RESEARCH: "Research: trained on every corpus at hand, less the one that is tested",
}
COLUMNS = (
    "tested on", "by chance", "UA, without a word about the speaker", "UA after {clips} unlabelled clips, transductive",
    "after {clips} of one emotion, transductive", "calibration error", "of development speakers alone",
    "after the clips", "none of these",
)  # fmt: skip
PARTS = ("unadapted", "adapted", "adapted_in_one_emotion")
BEGIN, END = "<!-- worth: written by benchmarks.worth -->", "<!-- worth: end -->"


@dataclass(frozen=True)
class Row:
    """One corpus in one table, mean over the seeds; shares from 0 to 1.

    Attributes:
        cells: as they were kept, one per seed.
        unadapted: UA among the emotions that training and test share, with its interval by speaker.
        adapted: the same after the clips.
        in_one_emotion: after clips that were spoken in the emotion of the judged one.
    """

    cells: Sequence[Mapping[str, Any]]
    unadapted: Interval
    adapted: Interval
    in_one_emotion: Interval

    @property
    def first(self) -> Mapping[str, Any]:
        """The cell of the first seed, for what all seeds have in common."""
        return self.cells[0]

    @property
    def few_speakers(self) -> int:
        """Speakers with no more clips than are drawn."""
        return int(self.first["adapted"]["few_speakers"])

    def mean(self, part: str, figure: str) -> float:
        """Average a figure of ``unadapted`` or ``adapted`` over the seeds."""
        return sum(float(cell[part][figure]) for cell in self.cells) / len(self.cells)


def kept(folder: Path) -> list[dict[str, Any]]:
    """Read every cell that is kept; those of another version had other figures."""
    cells = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return [cell for cell in cells if cell["version"] == VERSION]


def recipes_of(cells: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name the recipes that cells are of."""
    return sorted({str(cell["recipe"]) for cell in cells})


def rows(cells: Sequence[Mapping[str, Any]], table: str) -> list[Row]:
    """Pool the seeds of each corpus of a table, corpora in the order in which they are listed everywhere."""
    order = list(CORPORA)
    found: dict[str, list[Mapping[str, Any]]] = {}
    for cell in sorted(cells, key=lambda cell: int(cell["seed"])):
        if cell["table"] == table:
            found.setdefault(str(cell["corpus"]), []).append(cell)
    names = sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))
    return [Row(found[name], *(_pooled(found[name], part) for part in PARTS)) for name in names]


def _pooled(cells: Sequence[Mapping[str, Any]], part: str) -> Interval:
    """Score the answers of all seeds together, which is the mean of their scores, with the interval by speaker.

    Of a single speaker there is none: both bounds are NaN.
    """
    truth: list[str] = []
    best: list[str] = []
    speakers: list[str] = []
    for cell in cells:
        for speaker, counts in cell[part]["counts"].items():
            for true, line in zip(cell["present"], counts, strict=True):
                for answered, count in zip(cell["present"], line, strict=True):
                    truth += [true] * count
                    best += [answered] * count
                    speakers += [speaker] * count
    if len(set(speakers)) < 2:
        estimate = sum(float(cell[part]["uar_present"]) for cell in cells) / len(cells)
        return Interval(estimate, math.nan, math.nan)
    return interval_by_speaker(truth, best, speakers, cells[0]["present"], metric=uar)


def summaries(cells: Sequence[Mapping[str, Any]], recipe: str) -> tuple[StrangerScore, ...]:
    """Return what a card keeps of the table of what ships."""
    return tuple(
        StrangerScore(
            corpus=str(row.first["corpus"]),
            title=str(row.first["title"]),
            trained_on=tuple(row.first["trained_on"]),
            seeds=len(row.cells),
            utterances=int(row.first["utterances"]),
            speakers=int(row.first["speakers"]),
            labels=len(row.first["present"]),
            chance=float(row.first["chance"]),
            uar=row.unadapted.estimate,
            uar_interval=_bounds(row.unadapted),
            ece=row.mean("unadapted", "ece"),
            clips=int(row.first["adapted"]["clips"]),
            uar_after=row.adapted.estimate,
            uar_after_interval=_bounds(row.adapted),
            ece_after=row.mean("adapted", "ece"),
        )
        for row in rows([cell for cell in cells if cell["recipe"] == recipe], SHIPS)
    )


def _bounds(found: Interval) -> tuple[float, float] | None:
    return None if math.isnan(found.low) else (found.low, found.high)


def page(cells: Sequence[Mapping[str, Any]]) -> str:
    """Write the page of both tables, for each recipe."""
    return "\n".join(_page(cells)) + "\n"


def _page(cells: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "# What answers are worth for people whom a model never met\n"
    yield "Made by `python -m benchmarks.worth` from the files in `docs/results/people/`; do not edit it by hand.\n"
    yield (
        "A corpus is tested by models that learned from others alone, without anybody who speaks in it: RAVDESS's "
        "actors also sing, so that speech and song are left out together. Two tables, never mixed: what **ships** "
        "learns from corpora whose terms allow that; **research** takes every corpus at hand, and keeps no weights. "
        "UA is the mean recall of the emotions that training and test share, each answer being the best of these, in "
        "percent, mean over the seeds, with a 95 % interval by speaker.\n"
    )
    yield (
        "**After unlabelled clips**: drawn of each speaker 20 times, whatever the emotion; the speaker's *other* clips "
        "are judged ([decision 0030](decisions/0030-calibration-without-labels.md)). These figures are "
        "**transductive**: unlabelled speech of the test speakers was used. **Of one emotion**: as if each speaker "
        "were heard in a single emotion, so that the clips are drawn of those of the judged one's "
        "([decision 0038](decisions/0038-clips-of-one-emotion.md)).\n"
    )
    yield (
        "**Calibration error**: of the probabilities of all emotions that the model knows, in percent. Its temperature "
        "and its ranges were fitted on corpora left out of the training in turn, among RAVDESS, its song and EmoDB "
        "without the tested one ([decision 0034](decisions/0034-worth-refitted.md)); beside it what development "
        "speakers alone would have given. None is ever fitted on EmoTale, on URDU or on a corpus that is tested. "
        "**None of these**: share outside every range, of emotions that the model knows, and of others.\n"
    )
    for recipe in recipes_of(cells):
        own = [cell for cell in cells if cell["recipe"] == recipe]
        yield f"## `{recipe}`\n"
        for table in TABLES:
            if found := rows(own, table):
                yield f"### {HEADINGS[table]}\n"
                yield from _table(found)
    yield "## Measure it\n"
    yield (
        "```\npython -m benchmarks.worth --recipe NAME --corpus ravdess:DIR --corpus ravdess-song:DIR "
        "--corpus emodb:DIR \\\n    --corpus emotale:DIR --corpus urdu:DIR\n```\n"
    )
    yield (
        "It goes on where it was broken off, and does again what was measured with other settings. `--tables ships`, "
        "`--tested emodb`, `--seeds 0` do a part of it; the two tables may be made side by side. `--card NAME` writes "
        "the table of what ships into a model's card. Without `--recipe` the pages alone are written."
    )


def _table(found: Sequence[Row]) -> Iterator[str]:
    columns = [column.format(clips=found[0].first["adapted"]["clips"]) for column in COLUMNS]
    yield f"| {' | '.join(columns)} |"
    yield "|---" * len(columns) + "|"
    for row in found:
        yield f"| {' | '.join(_cells(row))} |"
    yield ""
    for row in found:
        yield f"* {_about(row)}"
    yield ""


def _cells(row: Row) -> tuple[str, ...]:
    unknown = [one for cell in row.cells for one in cell["unadapted"]["unknown"].values()]
    count = sum(one["utterances"] for one in unknown)
    strange = sum(one["utterances"] * one["none_of_these"] for one in unknown) / count if count else None
    others = "" if strange is None else f"; of other emotions {percent(strange)}"
    return (
        f"{row.first['title']}, {row.first['utterances']} by {row.first['speakers']}",
        percent(row.first["chance"]),
        interval_text(row.unadapted),
        interval_text(row.adapted),
        interval_text(row.in_one_emotion),
        percent(row.mean("unadapted", "ece")),
        percent(row.mean("unadapted", "ece_by_development")),
        percent(row.mean("adapted", "ece")),
        f"{percent(row.mean('unadapted', 'none_of_these'))}{others}",
    )


def _about(row: Row) -> str:
    seeds = [str(cell["seed"]) for cell in row.cells]
    each = ", ".join(percent(cell["unadapted"]["uar_present"]) for cell in row.cells)
    fitted = row.first["left_out"]
    how = (
        "fitted on development speakers, since nothing could be left out"
        if fitted is None
        else f"fitted without {' and '.join(one['corpus'] for one in fitted['corpora'])} in turn"
    )
    few = (
        f" {row.few_speakers} of its speakers have no more clips than are drawn: each clip of theirs is judged after "
        "all their others, a single one unadapted."
        if row.few_speakers
        else ""
    )
    return (
        f"{row.first['title']}: {', '.join(row.first['present'])}; trained on {', '.join(row.first['trained_on'])}; "
        f"{how}; seed{'s' if len(seeds) > 1 else ''} {', '.join(seeds)} without clips: {each}.{few}"
    )


def readme_section(cells: Sequence[Mapping[str, Any]]) -> str:
    """Write the README's short tables; empty without cells."""
    lines: list[str] = []
    for table in TABLES:
        for recipe in recipes_of(cells):
            found = rows([cell for cell in cells if cell["recipe"] == recipe], table)
            if not found:
                continue
            clips = found[0].first["adapted"]["clips"]
            lines += [
                f"**{HEADINGS[table]}** (`{recipe}`):\n",
                f"| tested on | by chance | UA, 95 % interval by speaker | after {clips} unlabelled clips | "
                "calibration error |",
                "|---|---|---|---|---|",
                *(
                    f"| {row.first['title']} | {percent(row.first['chance'])} | {interval_text(row.unadapted)} | "
                    f"{interval_text(row.adapted)} | {percent(row.mean('unadapted', 'ece'))} |"
                    for row in found
                ),
                "",
            ]
    if lines:
        lines.append(
            "Trained without the corpus that is tested, and without anybody who speaks in it. *After clips* is "
            "transductive: unlabelled speech of the test speakers was used. [docs/people.md](docs/people.md) has the "
            "rest; `python -m benchmarks.worth` makes it."
        )
    return "\n".join(lines)


def with_section(text: str, section: str) -> str:
    """Put the section between the marks of a text; a text without marks stays as it is."""
    if BEGIN not in text:
        return text
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{section}\n{END}{after}"


def interval_text(found: Interval) -> str:
    """Write a score with its interval, which a single speaker has none of."""
    bounds = _bounds(found)
    spread = "" if bounds is None else f" ({percent(bounds[0])} to {percent(bounds[1])})"
    return f"**{percent(found.estimate)}**{spread}"
