"""How much better is a stranger heard after a few clips of theirs, whatever they felt, without a label?

Nothing is chosen by these speakers: how much clips are believed is the default of every voice. All figures but the
unadapted ones are transductive, since unlabelled speech of the test speakers was used for them.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.own_voice import gains_of_draws
from ser_core.checkpoints.environment import source_commit
from ser_core.checkpoints.listing import find
from ser_core.corpora import CORPORA, open_corpus
from ser_core.evaluation.cross_corpus import corpus_scores
from ser_core.evaluation.metrics import confusion
from ser_core.inference import Atlas, Reader
from ser_core.inference.adapting import DRAWS, Adaptation, AdaptedAnswers, adapted_answers
from ser_core.inference.heard_before import learned_embeddings
from ser_core.inference.scoring import unheard
from ser_core.lessons.strangers_measured import SHIPPED as LESSON
from ser_core.lessons.strangers_measured import measured_of
from ser_core.storage import write_text_atomically
from ser_core.types import IntArray
from ser_core.voices import MODEL_COUNTS

if TYPE_CHECKING:
    import pandas

VERSION = 1
CLIPS = (1, 2, 4, 8, 16, 0)  # of each speaker; 0 are all
MODEL_COUNTS_TRIED = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)
DEFAULT_FOLDER, DEFAULT_PAGE = Path("docs/results/unlabelled"), Path("docs/strangers.md")


def measure(checkpoint: str, corpora: Sequence[str], options: argparse.Namespace) -> dict[str, Any]:
    """Measure a model on corpora that it was not trained on, for each number of clips."""
    reader = Reader.load(checkpoint)
    learned = learned_embeddings(reader, checkpoint)
    found = []
    for spec in corpora:
        manifest = open_corpus(spec)
        table = unheard(reader, manifest, mapping={}, learned_embeddings=learned).table
        rows = [row_of(reader, table, clips, options) for clips in CLIPS]
        plain = corpus_scores(table, reader.labels, reader.checkpoint.ranges, back_end=reader.checkpoint.card.back_end)
        found.append(
            {
                "corpus": manifest.corpus,
                "manifest_digest": manifest.digest(),
                "present": list(plain.present),
                "chance": plain.chance,
                "utterances": plain.overall.utterances,
                "speakers": plain.overall.speakers,
                "clips_by_speaker": sorted(map(int, table["speaker"].value_counts())),
                "unadapted": {
                    "uar_present": plain.overall.uar_present,
                    "uar_present_interval": plain.overall.uar_present_interval,
                    "ece": plain.ece,
                },
                "rows": rows,
            }
        )
    return {
        "version": VERSION,
        "checkpoint": reader.checkpoint.card.name,
        "checkpoint_digest": reader.checkpoint.digest,
        "back_end": reader.checkpoint.card.back_end,
        "draws": options.draws,
        "seed": options.seed,
        "replicates": options.replicates,
        "commit": source_commit(),
        "corpora": found,
    }


def row_of(
    reader: Reader,
    table: "pandas.DataFrame",
    clips: int,
    options: argparse.Namespace,
    *,
    model_counts: float = MODEL_COUNTS,
) -> dict[str, Any]:
    """Score what is heard after so many clips of each speaker, beside the model's own answers to the same ones."""
    draws = options.draws if clips else 1
    adaptation = Adaptation("speaker", clips, draws, seed=options.seed, model_counts=model_counts)
    answers = adapted_answers(reader, table, adaptation)
    card, ranges = reader.checkpoint.card, reader.checkpoint.ranges
    after, before = (
        corpus_scores(part, reader.labels, ranges, back_end=card.back_end) for part in (answers.after, answers.before)
    )
    gains = gains_of_draws(counts_of(reader, answers, after.present), replicates=options.replicates, seed=options.seed)
    return {
        "transductive": True,
        **adaptation.as_table(),
        "few_speakers": answers.few_speakers,
        "few_utterances": answers.few_utterances,
        "before": before.overall.uar_present,
        "after": after.overall.uar_present,
        "after_interval": after.overall.uar_present_interval,
        "gain_interval": [float(np.quantile(gains, level)) for level in (0.025, 0.975)],
        "ece": after.ece,
    }


def counts_of(reader: Reader, answers: AdaptedAnswers, present: Sequence[str]) -> IntArray:
    """Count the best of the present emotions, without and with adaptation: ``(2, draws, S, K, K)``, rows are truth."""
    kind = "angle" if reader.checkpoint.card.back_end == "angle" else "probability"
    known = answers.after["emotion"].isin(reader.labels)
    names = sorted(set(answers.after.loc[known, "speaker"]))
    draws = int(answers.after["draw"].max()) + 1
    found = np.zeros((2, draws, len(names), len(present), len(present)), dtype=np.int64)
    for which, table in enumerate((answers.before, answers.after)):
        rows = table[known]
        figures = rows[[f"{kind}_{label}" for label in present]].to_numpy()
        places = figures.argmin(axis=1) if kind == "angle" else figures.argmax(axis=1)
        rows = rows.assign(best=[present[place] for place in places])
        for (draw, speaker), part in rows.groupby(["draw", "speaker"]):
            found[which, draw, names.index(speaker)] = confusion(part["emotion"], part["best"], present)
    return found


def on_development_speakers(folder: Path, options: argparse.Namespace) -> Iterator[str]:
    """Compare how much clips may be believed, by a model's own development speakers; needs no sound."""
    reader, atlas = Reader.load(folder), Atlas.load(folder)
    table = atlas.frame.assign(embedding=list(atlas.embeddings))
    table = table[table["split"] == "development"].reset_index(drop=True)
    speakers = table["speaker"].nunique()
    yield f"{speakers} development speakers, {len(table)} utterances; UA in percent, transductive, by clips and c"
    yield "\t".join(["clips", "unadapted", *map(str, MODEL_COUNTS_TRIED)])
    for clips in CLIPS:
        rows = [row_of(reader, table, clips, options, model_counts=counts) for counts in MODEL_COUNTS_TRIED]
        scores = [rows[0]["before"], *(row["after"] for row in rows)]
        yield "\t".join([str(clips or "all"), *(f"{100 * score:.1f}" for score in scores)])


def kept(folder: Path) -> list[dict[str, Any]]:
    """Read what is kept of every model, the model of people first."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"), reverse=True)]


def page(contents: Sequence[dict[str, Any]]) -> str:
    """Write what was measured as Markdown."""
    return "\n".join(line for line in _lines(contents)) + "\n"


def _lines(contents: Sequence[dict[str, Any]]) -> Iterator[str]:
    yield "# A stranger, after a few clips without labels\n"
    yield "Made by `python -m benchmarks.unlabelled_clips` from the files beside it; do not edit it by hand.\n"
    yield (
        "Somebody whom a model never met lies elsewhere in its space, whatever they feel: they have another voice, "
        "language or room. The mean of a few of their clips, **whatever they felt**, shows where; `n / (n + 2)` of "
        "that way is taken out after `n` clips, without a label "
        "([decision 0030](decisions/0030-calibration-without-labels.md)), as far as the clips differ as emotions do: a "
        "single one moves nothing ([decision 0038](decisions/0038-clips-of-one-emotion.md)).\n"
    )
    yield (
        "All figures with clips are **transductive**: unlabelled speech of the test speakers was used. Clips are drawn "
        f"of each speaker {contents[0]['draws']} times, whatever the emotion, and the speaker's *other* clips are "
        "judged; with *all*, those are judged that were used. UA is that among the emotions that model and corpus "
        "share, in percent, with a 95 % interval by speaker. The gain is beside the model's own answers to the same "
        "clips; its interval resamples speakers and draws.\n"
    )
    yield (
        "`people`, which judges people by default, is not measured here: it has learned from EmoDB. What eight clips "
        "are worth to models trained as it was, each without the tested corpus, stands in [people.md](people.md).\n"
    )
    for content in contents:
        yield f"## `{content['checkpoint']}`\n"
        for corpus in content["corpora"]:
            yield from _of_corpus(corpus)
    yield "## Measure it\n"
    yield (
        "```\npython -m benchmarks.unlabelled_clips ravdess-residual --corpus emodb:DIR --corpus emotale:DIR "
        "--corpus urdu:DIR\n"
        "python -m ser_core evaluate --checkpoint ravdess-residual --corpus emodb:DIR --adapt speaker --adapt-clips 8 "
        "--out FILE.json\n```"
    )


def _of_corpus(corpus: dict[str, Any]) -> Iterator[str]:
    kind, plain = CORPORA.get(corpus["corpus"]), corpus["unadapted"]
    yield f"### {corpus['corpus'] if kind is None else kind.title}\n"
    yield (
        f"{corpus['utterances']} utterances of {', '.join(corpus['present'])} by {corpus['speakers']} speakers, of "
        f"whom each has {corpus['clips_by_speaker'][0]} to {corpus['clips_by_speaker'][-1]} of any emotion; by "
        f"chance {100 * corpus['chance']:.1f}.\n"
    )
    yield "| clips of each speaker | UA | gain on the same clips | calibration error | speakers with no more |"
    yield "|---|---|---|---|---|"
    yield f"| 0 | {_score(plain['uar_present'], plain['uar_present_interval'])} | | {100 * plain['ece']:.1f} | |"
    for row in corpus["rows"]:
        low, high = row["gain_interval"]
        gain = f"{_signed(row['after'] - row['before'])} ({_signed(low)} to {_signed(high)})"
        few = f"{row['few_speakers']} of {corpus['speakers']}" if row["clips"] else ""
        yield (
            f"| {row['clips'] or 'all'}, transductive | {_score(row['after'], row['after_interval'])} | {gain} | "
            f"{100 * row['ece']:.1f} | {few} |".replace("|  |", "| |")
        )
    yield ""
    if any(row["few_speakers"] for row in corpus["rows"]):
        yield (
            "A speaker with no more clips than are drawn has each judged after all their others, a single one "
            "unadapted.\n"
        )


def _score(value: float, interval: Sequence[float]) -> str:
    return f"**{100 * value:.1f}** ({100 * interval[0]:.1f} to {100 * interval[1]:.1f})"


def _signed(share: float) -> str:
    return f"{100 * share:+.1f}".replace("-", "−")


def main() -> None:
    """Measure, and write the result file; write the page and the lesson's figures from all files that are kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "checkpoint", nargs="?", help="name or folder of the model; without it the page alone is written"
    )
    parser.add_argument("--corpus", action="append", default=[], help="KIND:DIR; repeatable")
    parser.add_argument(
        "--development", action="store_true", help="compare c on the model's development speakers alone"
    )
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--replicates", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--page", type=Path, default=DEFAULT_PAGE)
    parser.add_argument("--lesson", type=Path, default=LESSON, help="file of the figures in the lesson's text")
    options = parser.parse_args()
    if options.development:
        print("\n".join(on_development_speakers(find(options.checkpoint), options)))
        return
    if options.checkpoint is not None:
        content = measure(options.checkpoint, options.corpus, options)
        text = json.dumps(content, indent=1, allow_nan=False) + "\n"
        write_text_atomically(options.folder / f"{content['checkpoint']}.json", text)
    contents = kept(options.folder)
    write_text_atomically(options.page, page(contents))
    lesson = json.dumps(measured_of(contents).as_table(), indent=1, allow_nan=False) + "\n"
    write_text_atomically(options.lesson, lesson)
    print(page(contents))


if __name__ == "__main__":
    main()
