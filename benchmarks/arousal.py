"""How well does the arousal that a model tells, learned from a proxy, agree with ratings by people?

No rating is used to train, to choose or to scale anything. Beside the model's head stand what needs no head (the
table's figures under the model's probabilities of emotions), the table itself, told the played emotion, and one rater
against the others.
"""

import argparse
import csv
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.checkpoints.environment import source_commit
from ser_core.corpora import CORPORA, open_corpus
from ser_core.corpora.manifest import Manifest
from ser_core.errors import InputError
from ser_core.evaluation.agreement import concordance, spearman
from ser_core.evaluation.rating_agreement import on_model_scale
from ser_core.evaluation.statistics import jackknife_by_speaker
from ser_core.inference import Reader
from ser_core.inference.heard_before import learned_embeddings
from ser_core.inference.scoring import arousal_agreement, unheard
from ser_core.storage import write_text_atomically
from ser_core.tasks.arousal_proxy import TABLES, arousal_table
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

VERSION = 1
DEFAULT_FOLDER, DEFAULT_PAGE = Path("docs/results/arousal"), Path("docs/arousal.md")
_ANNOTATORS = ("a1_A", "a2_A", "a3_A")  # of EmoTale's annotations.csv


def measure(checkpoint: str, corpora: Sequence[str]) -> dict[str, Any]:
    """Measure a model on corpora with ratings, without speakers that it learned from."""
    reader = Reader.load(checkpoint)
    learned = learned_embeddings(reader, checkpoint)
    found = []
    for spec in corpora:
        manifest = open_corpus(spec)
        table = unheard(reader, manifest, mapping={}, learned_embeddings=learned).table
        found.append(measured(reader, manifest, table))
    return {
        "version": VERSION,
        "checkpoint": reader.checkpoint.card.name,
        "checkpoint_digest": reader.checkpoint.digest,
        "proxy": TABLES[0],
        "commit": source_commit(),
        "corpora": found,
    }


def measured(reader: Reader, manifest: Manifest, table: "pandas.DataFrame") -> dict[str, Any]:
    """Measure what a model tells of the utterances in a table; raises InputError for a corpus without ratings."""
    kind = CORPORA.get(manifest.corpus)
    if kind is None or kind.rating_scale is None or "arousal" not in table:
        raise InputError(
            f"Expected a corpus with ratings of arousal on a known scale "
            f"({', '.join(name for name, one in CORPORA.items() if one.rating_scale)}); got {manifest.corpus}."
        )
    rated = table[table["arousal"].notna()].reset_index(drop=True)
    truth = on_model_scale(rated["arousal"].to_numpy(dtype=np.float64), kind.rating_scale)
    speakers = rated["speaker"].astype(str).tolist()
    head = arousal_agreement(reader.checkpoint.card, manifest, rated)
    raters = _by_raters(manifest, rated, kind.rating_scale)
    return {
        "corpus": manifest.corpus,
        "manifest_digest": manifest.digest(),
        "utterances": len(rated),
        "speakers": len(set(speakers)),
        "scale": list(kind.rating_scale),
        "head": None if head is None else head.as_table(),
        "probabilities": agreed(truth, by_probabilities(rated, reader.labels), speakers),
        "played": agreed(truth, by_played_emotion(rated), speakers),
        "raters": None if raters is None else [agreed(others, one, speakers) for one, others in raters],
    }


def by_probabilities(table: "pandas.DataFrame", labels: Sequence[str]) -> FloatArray:
    """Average the table's figures under a model's probabilities, over the emotions that have one: ``(B,)``."""
    figures = {label: arousal_table(TABLES[0]).arousal(label, None) for label in labels}
    known = [label for label in labels if figures[label] is not None]
    shares = table[[f"probability_{label}" for label in known]].to_numpy(dtype=np.float64)
    return np.asarray(shares @ np.array([figures[label] for label in known]) / shares.sum(axis=1))


def by_played_emotion(table: "pandas.DataFrame") -> FloatArray:
    """Look the played emotion of every utterance up, ``(B,)``; NaN without a figure."""
    return np.array([arousal_table(TABLES[0]).arousal(emotion, None) for emotion in table["emotion"]], dtype=np.float64)


def agreed(truth: FloatArray, predicted: FloatArray, speakers: Sequence[str]) -> dict[str, Any]:
    """Measure concordance and rank correlation, with 95 % intervals by speaker, where there is a prediction."""
    there = ~np.isnan(predicted)
    truth, predicted = truth[there], predicted[there]
    names = [name for name, known in zip(speakers, there, strict=True) if known]

    def one(how: Callable[[FloatArray, FloatArray], float]) -> dict[str, Any]:
        value = how(truth, predicted)
        interval = jackknife_by_speaker(lambda rows: how(truth[rows], predicted[rows]), names)
        return {"value": None if np.isnan(value) else value, "interval": interval}

    return {"ccc": one(concordance), "spearman": one(spearman)}


def _by_raters(
    manifest: Manifest, table: "pandas.DataFrame", scale: Sequence[float]
) -> list[tuple[FloatArray, FloatArray]] | None:
    """Return each rater's ratings and the mean of the others', on the model's scale; None without the raters' own."""
    path = manifest.root / "annotations.csv"
    if manifest.corpus != "emotale" or not path.is_file():
        return None
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = {Path(row["file"]).stem: [float(row[name]) for name in _ANNOTATORS] for row in csv.DictReader(stream)}
    given = on_model_scale(np.array([rows[Path(file).stem] for file in table["file"]]), scale)  # (B, 3)
    return [(given[:, one], np.delete(given, one, axis=1).mean(axis=1)) for one in range(given.shape[1])]


def kept(folder: Path) -> list[dict[str, Any]]:
    """Read what is kept of every model."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def page(contents: Sequence[dict[str, Any]]) -> str:
    """Write what was measured as Markdown."""
    return "\n".join(_lines(contents)) + "\n"


def _lines(contents: Sequence[dict[str, Any]]) -> Iterator[str]:
    yield "# How excited a voice sounds, against ratings by people\n"
    yield "Made by `python -m benchmarks.arousal` from the files in `docs/results/arousal/`; do not edit it by hand.\n"
    yield (
        "No corpus that a shipped model learns from was rated. A model that tells arousal learned a **proxy**: the "
        f"figure that {arousal_table(TABLES[0]).title} tell of each played emotion, from −1 (calm) to 1 (excited) "
        "([decision 0033](decisions/0033-arousal-by-proxy.md)). Here it stands against ratings by people, by which "
        "nothing was trained, chosen or scaled: they are moved onto the same scale by the two ends of their own.\n"
    )
    yield (
        "CCC is the concordance coefficient, which a shift or a scale lowers; Spearman's sees the order alone. "
        "95 % intervals by speaker (jackknife). Without a head, the table's figures are averaged under the model's "
        "probabilities of emotions.\n"
    )
    for content in contents:
        for corpus in content["corpora"]:
            yield from _of_corpus(content["checkpoint"], corpus)
    yield "## Train it\n"
    yield (
        "In a recipe of one's own, beside the emotion; intensities of the corpus are used where it has some:\n\n"
        '```toml\n[[tasks]]\nkind = "emotion"\n\n[[tasks]]\nkind = "arousal"\nweight = 0.5\n```\n'
    )
    yield "## Measure it\n"
    yield (
        "```\npython -m benchmarks.arousal MODEL --corpus emotale:DIR\n"
        "python -m ser_core evaluate --checkpoint MODEL --corpus emotale:DIR --out FILE.json\n```"
    )


def _of_corpus(checkpoint: str, corpus: dict[str, Any]) -> Iterator[str]:
    yield f"## `{checkpoint}` on {CORPORA[corpus['corpus']].title}\n"
    low, high = corpus["scale"]
    yield (
        f"{corpus['utterances']} utterances by {corpus['speakers']} speakers whom it has not heard, rated from {low:g} "
        f"to {high:g}.\n"
    )
    yield "| told by | CCC | Spearman | ratings inside the interval |"
    yield "|---|---|---|---|"
    head = corpus["head"]
    if head is not None:
        inside = (
            f"{100 * head['covered']:.1f} % ({100 * head['level']:.0f} % of the proxy promised; mean width "
            f"{head['width']:.2f} of 2)"
        )
        figures = (_figure(head[name], head[f"{name}_interval"]) for name in ("ccc", "spearman"))
        yield f"| **its head of arousal** | {' | '.join(figures)} | {inside} |"
    told = {
        "its probabilities of emotions": corpus["probabilities"],
        "the table, told the played emotion": corpus["played"],
    }
    for name, found in told.items():
        yield f"| {name} | {_both(found)} | |"
    for number, found in enumerate(corpus["raters"] or (), start=1):
        yield f"| rater {number}, against the mean of the others | {_both(found)} | |"
    yield ""


def _both(found: dict[str, Any]) -> str:
    return " | ".join(_figure(found[name]["value"], found[name]["interval"]) for name in ("ccc", "spearman"))


def _figure(value: float | None, interval: Sequence[float] | None) -> str:
    if value is None:
        return "undefined"
    ends = "" if interval is None else f" ({interval[0]:.2f} to {interval[1]:.2f})"
    return f"{value:.2f}{ends}".replace("-", "−")


def main() -> None:
    """Measure, and write the result file; write the page from all files that are kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "checkpoint", nargs="?", help="name or folder of the model; without it the page alone is written"
    )
    parser.add_argument("--corpus", action="append", default=[], help="KIND:DIR of a corpus with ratings; repeatable")
    parser.add_argument("--folder", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--page", type=Path, default=DEFAULT_PAGE)
    options = parser.parse_args()
    if options.checkpoint is not None:
        content = measure(options.checkpoint, options.corpus)
        text = json.dumps(content, indent=1, allow_nan=False) + "\n"
        write_text_atomically(options.folder / f"{content['checkpoint']}.json", text)
    text = page(kept(options.folder))
    write_text_atomically(options.page, text)
    print(text)


if __name__ == "__main__":
    main()
