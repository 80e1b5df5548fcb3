"""Keep what `evaluate --checkpoint` measured of the models that ship: as files, in their cards, in the README's table.

python -m ser_core evaluate --checkpoint ravdess-residual --corpus ravdess:DIR … --out scores.json
python -m tools.keep_elsewhere scores.json …
"""

import argparse
import json
from pathlib import Path

from ser_core.checkpoints.elsewhere import percent
from ser_core.checkpoints.measuring import add_scores
from ser_core.evaluation.cross_corpus import CrossCorpusSummary
from ser_core.reproduction.saving import without_folder

REPOSITORY = Path(__file__).resolve().parents[1]
KEPT = REPOSITORY / "docs" / "results" / "elsewhere"
BEGIN, END = "<!-- elsewhere: written by tools/keep_elsewhere.py -->", "<!-- elsewhere: end -->"
HEADINGS = (
    "model", "corpus", "UA among shared emotions, 95 % interval", "by chance", "UA of its answers", "mean confidence",
    "accuracy", "calibration error", "none of these",
)  # fmt: skip


def main() -> None:
    """Write files, cards and table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scores", type=Path, nargs="*", help="files of evaluate --checkpoint; none: the table alone")
    KEPT.mkdir(parents=True, exist_ok=True)
    for path in parser.parse_args().scores:
        folder, _ = add_scores(path)
        content = json.loads(path.read_text(encoding="utf-8"))
        for corpus in content["corpora"]:  # folders of this computer are nobody's business
            corpus["corpus_option"] = without_folder(corpus["corpus_option"])
        (KEPT / f"{folder.name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    readme = REPOSITORY / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")


def table() -> str:
    """Return the README's table, from the kept files alone."""
    lines = [HEADINGS, ("---",) * len(HEADINGS)]
    for path in sorted(KEPT.glob("*.json"), reverse=True):
        content = json.loads(path.read_text(encoding="utf-8"))
        lines += [
            _row(content["checkpoint"], CrossCorpusSummary.from_table(one, "elsewhere")) for one in content["elsewhere"]
        ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _row(model: str, one: CrossCorpusSummary) -> tuple[str, ...]:
    where = ", other speakers" if one.trained_on else ""
    interval = one.uar_present_interval
    spread = "" if interval is None else f" ({percent(interval[0])} to {percent(interval[1])})"
    return (
        f"`{model}`",
        f"{one.title}{where} ({one.utterances} by {one.speakers})",
        f"**{percent(one.uar_present)}**{spread}",
        *map(percent, (one.chance, one.uar, one.confidence, one.accuracy, one.ece, one.none_of_these)),
    )


if __name__ == "__main__":
    main()
