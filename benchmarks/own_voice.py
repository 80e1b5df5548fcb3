"""How much better is a voice heard that the model has not been trained on, once it knows a few clips of it?

For every left-out speaker some clips are drawn; a voice is made of them, and the speaker's other clips are judged
without and with it. Nothing is chosen by these speakers: how much clips are believed is the default of every voice.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas

from ser_core.checkpoints.environment import source_commit
from ser_core.checkpoints.folder import read_card
from ser_core.corpora import open_corpus
from ser_core.errors import InputError
from ser_core.evaluation.back_ends import BACK_ENDS, BackEndInputs
from ser_core.evaluation.metrics import confusion, uar
from ser_core.evaluation.statistics import scores_of
from ser_core.inference import Atlas, Reader
from ser_core.inference.embedding import embed_corpus
from ser_core.models.running import run_head
from ser_core.seeding import stream
from ser_core.storage import write_atomically, write_text_atomically
from ser_core.types import FloatArray, IntArray
from ser_core.voices import MODEL_COUNTS, NEUTRAL, Voice, VoiceClip
from ser_core.workspace import cache_directory

VERSION = 1
PLANS = ((NEUTRAL, 1), (NEUTRAL, 3), ("few-shot", 3), ("few-shot", 4), ("few-shot", 5))  # method, clips
JUDGES = ("angle", "head")
TROUBLE = ("sad", "angry")  # what everyday voices are said to be heard as
DEFAULT_OUT, DEFAULT_PAGE = Path("docs/results/voices/own-voice.json"), Path("docs/own-voice.md")


@dataclass(frozen=True)
class Spoken:
    """Utterances of speakers whom a model has not heard.

    Attributes:
        reader: of the model.
        speakers: one per utterance, ``B`` of them.
        emotions: one per utterance, all of them known to the model.
        embeddings: as the model computes them, shape ``(B, D)``.
    """

    reader: Reader
    speakers: list[str]
    emotions: list[str]
    embeddings: FloatArray


def of_atlas(folder: Path, part: str) -> Spoken:
    """Take the utterances of a part from the table beside a model; nothing is computed again."""
    card = read_card(folder)
    if not card.split.speaker_independent:
        raise InputError(
            f"Expected a model whose test speakers were not heard in training; {folder} was trained on "
            f"{card.split.protocol}. Train it on the protocol emobox or speaker-k-fold."
        )
    atlas = Atlas.load(folder)
    return _spoken(Reader.load(folder), atlas.frame, atlas.embeddings, (atlas.frame["split"] == part).to_numpy())


def of_corpus(folder: Path, corpus: str) -> Spoken:
    """Let a model hear another corpus, once: what it computes is kept among the files that can be deleted."""
    reader, manifest = Reader.load(folder), open_corpus(corpus)
    path = cache_directory() / "own-voice" / f"{reader.checkpoint.digest[:16]}-{manifest.digest()[:16]}.parquet"
    if not path.is_file():
        frame = embed_corpus(reader, manifest)
        write_atomically(path, lambda temporary: frame.to_parquet(temporary, index=False))
    frame = pandas.read_parquet(path)
    vectors = np.stack(frame["embedding"].to_list()).astype(np.float32)
    return _spoken(reader, frame, vectors, np.ones(len(frame), dtype=bool))


def _spoken(reader: Reader, frame: pandas.DataFrame, vectors: FloatArray, chosen: Any) -> Spoken:
    kept = chosen & frame["emotion"].isin(reader.labels).to_numpy()
    rows = frame[kept]
    return Spoken(reader, rows["speaker"].astype(str).to_list(), rows["emotion"].to_list(), vectors[kept])


def drawn(emotions: Sequence[str], method: str, count: int, random: np.random.Generator) -> list[int] | None:
    """Draw the clips that a person gives, as places in the list; ``None`` where too few would be left to judge.

    For a neutral shift they are neutral; for few-shot one of each emotion, neutral first, the others in any order, and
    round again. Of every emotion at least one clip is left.
    """
    waiting = {emotion: [n for n, one in enumerate(emotions) if one == emotion] for emotion in dict.fromkeys(emotions)}
    for places in waiting.values():
        random.shuffle(places)
    others = [emotion for emotion in waiting if emotion != NEUTRAL]
    random.shuffle(others)
    turns = [NEUTRAL] if method == NEUTRAL else [NEUTRAL, *others]
    given: list[int] = []
    while len(given) < count:
        can_give = [emotion for emotion in turns if len(waiting.get(emotion, ())) > 1]
        if not can_give:
            return None
        given += [waiting[emotion].pop() for emotion in can_give[: count - len(given)]]
    return given


def judged(reader: Reader, embeddings: FloatArray) -> dict[str, list[str]]:
    """Let both judges choose an emotion for each embedding."""
    _, probabilities, angles = reader.figures(embeddings, run_head(reader.checkpoint.model, embeddings))
    evidence = BackEndInputs(order=reader.labels, probabilities=probabilities, angles=angles)
    return {judge: BACK_ENDS[judge](evidence).tolist() for judge in JUDGES}


def counts_of(
    spoken: Spoken, method: str, count: int, *, draws: int, seed: int, model_counts: float = MODEL_COUNTS
) -> dict[str, IntArray]:
    """Count what is heard without and with the voice.

    Returns:
        By judge: shape ``(2, draws, S, K, K)``, without and with the voice; rows are truth. A speaker with too few
        clips has zeros.
    """
    reader, names = spoken.reader, sorted(set(spoken.speakers))
    checkpoint, labels = reader.checkpoint, reader.labels
    found = {judge: np.zeros((2, draws, len(names), len(labels), len(labels)), dtype=np.int64) for judge in JUDGES}
    for place, name in enumerate(names):
        rows = [number for number, speaker in enumerate(spoken.speakers) if speaker == name]
        emotions, vectors = [spoken.emotions[row] for row in rows], spoken.embeddings[rows]
        before = judged(reader, vectors)
        for draw in range(draws):
            given = drawn(emotions, method, count, stream(seed, "own voice", name, method, count, draw))
            if given is None:
                break
            clips = tuple(VoiceClip(str(number), emotions[number], 1.0, vectors[number]) for number in given)
            voice = Voice(name, method, checkpoint.card.name, checkpoint.digest, clips, model_counts)
            rest = [number for number in range(len(rows)) if number not in given]
            truth = [emotions[number] for number in rest]
            after = judged(Reader(checkpoint, voice), vectors[rest])
            for judge in JUDGES:
                found[judge][0, draw, place] = confusion(truth, [before[judge][number] for number in rest], labels)
                found[judge][1, draw, place] = confusion(truth, after[judge], labels)
    return found


def gains_of_draws(counts: IntArray, *, replicates: int, seed: int) -> FloatArray:
    """Draw speakers and the draws of clips again, both systems alike: the gain in UAR of each, ``(replicates,)``.

    Unlike the seeds of a training, the draws of clips are many and cost nothing, so that a plain bootstrap is enough.
    """
    draws, speakers = counts.shape[1:3]
    of_speakers = stream(seed, "bootstrap speakers").multinomial(
        speakers, np.full(speakers, 1 / speakers), size=replicates
    )
    of_draws = stream(seed, "paired seeds").multinomial(draws, np.full(draws, 1 / draws), size=replicates)
    flat = counts.reshape(*counts.shape[:3], -1).astype(np.float64)
    each = np.empty((2, draws, replicates))
    for which, draw in np.ndindex(2, draws):
        sums = (of_speakers @ flat[which, draw]).reshape(replicates, *counts.shape[3:])
        each[which, draw] = scores_of(sums, uar)
    gains = (each[1] - each[0]).T  # (replicates, draws)
    entering = of_draws * np.isfinite(gains)
    kept = entering.sum(axis=1) > 0
    return (entering * np.nan_to_num(gains))[kept].sum(axis=1) / entering[kept].sum(axis=1)


def row_of(counts: IntArray, labels: Sequence[str], *, replicates: int, seed: int) -> dict[str, Any] | None:
    """Sum up what was counted, ``(2, draws, S, K, K)``; ``None`` where fewer than two speakers had enough clips."""
    counts = counts[:, :, counts[0].sum(axis=(0, 2, 3)) > 0]
    speakers = counts.shape[2]
    if speakers < 2:
        return None
    gains = gains_of_draws(counts, replicates=replicates, seed=seed)
    beyond = min(np.count_nonzero(gains <= 0), np.count_nonzero(gains >= 0))
    before, after = (float(np.mean([uar(draw.sum(axis=0)) for draw in of])) for of in counts)
    by_speaker = [[uar(counts[which, :, place].sum(axis=0)) for place in range(speakers)] for which in (0, 1)]
    row = {
        "speakers": speakers,
        "before": before,
        "after": after,
        "difference": after - before,
        "low": float(np.quantile(gains, 0.025)),
        "high": float(np.quantile(gains, 0.975)),
        "p_value": min(1.0, 2 * (beyond + 1) / (len(gains) + 1)),
        "speakers_better": sum(second > first for first, second in zip(*by_speaker, strict=True)),
    }
    if NEUTRAL in labels and counts[0].sum(axis=(0, 1))[labels.index(NEUTRAL)].sum():
        row["neutral_as_trouble"] = [_neutral_as_trouble(of.sum(axis=(0, 1)), labels) for of in counts]
    return row


def _neutral_as_trouble(counts: IntArray, labels: Sequence[str]) -> float:
    heard = counts[labels.index(NEUTRAL)]
    return float(sum(heard[labels.index(label)] for label in TROUBLE if label in labels) / heard.sum())


def measure(folders: Sequence[Path], other: Sequence[str], options: argparse.Namespace) -> dict[str, Any]:
    """Measure every plan on the models' own left-out speakers, and on the speakers of other corpora."""
    own = [of_atlas(folder, options.part) for folder in folders]
    labels = own[0].reader.labels
    if any(spoken.reader.labels != labels for spoken in own):
        raise InputError("Expected models of the same emotions; got others. Give the folds of one evaluation.")
    heard = [speaker for spoken in own for speaker in set(spoken.speakers)]
    if len(heard) != len(set(heard)):
        raise InputError("Expected each speaker to be left out by one model; got some twice. Give each fold once.")
    # Of the folds, each has speakers of its own; another corpus is heard by every model, like a draw.
    worlds = [(own[0].reader.checkpoint.card.corpus, own, 2)]
    worlds += [(corpus.partition(":")[0], [of_corpus(folder, corpus) for folder in folders], 1) for corpus in other]
    rows: list[dict[str, Any]] = []
    for name, spoken, axis in worlds:
        for method, count in PLANS:
            each = [
                counts_of(one, method, count, draws=options.draws, seed=options.seed, model_counts=options.model_counts)
                for one in spoken
            ]
            for judge in JUDGES:
                together = np.concatenate([found[judge] for found in each], axis=axis)
                row = row_of(together, labels, replicates=options.replicates, seed=options.seed)
                if row is not None:
                    rows.append({"corpus": name, "method": method, "clips": count, "judge": judge, **row})
    return {
        "version": VERSION,
        "part": options.part,
        "draws": options.draws,
        "seed": options.seed,
        "replicates": options.replicates,
        "model_counts": options.model_counts,
        "commit": source_commit(),
        "models": [_model(spoken) for spoken in own],
        "corpora": {name: sorted(set(spoken[0].emotions), key=labels.index) for name, spoken, _ in worlds},
        "rows": rows,
    }


def _model(spoken: Spoken) -> dict[str, Any]:
    card = spoken.reader.checkpoint.card
    told = {key: getattr(card, key) for key in ("name", "corpus", "recipe", "seed")}
    split = {key: getattr(card.split, key) for key in ("protocol", "fold")}
    return {**told, **split, "digest": spoken.reader.checkpoint.digest, "speakers": sorted(set(spoken.speakers))}


def page(content: dict[str, Any]) -> str:
    """Write what was measured as Markdown."""
    return "\n".join(_lines(content)) + "\n"


def _lines(content: dict[str, Any]) -> Iterator[str]:
    models = content["models"]
    share = "`n / (n + {:g})`".format(content["model_counts"])
    yield "# Knowing a voice: what a few clips change\n"
    yield "Made by `python -m benchmarks.own_voice` from a result file beside it; do not edit it by hand.\n"
    yield (
        f"Of every speaker whom a model has not heard, clips are drawn {content['draws']} times; a voice is made of "
        "them as the page *Your voice* does, and **the speaker's other clips** are judged without and with it. "
        f"Of what `n` clips say, {share} is believed; this was fixed beforehand, not by these speakers. "
        "UA is that of all speakers together, in percent, averaged over the draws; the gain is its difference on the "
        "same clips, with a 95 % interval from a bootstrap paired by speaker and draw. *Neutral clips heard as sad or "
        "angry* are counted among the judged clips.\n"
    )
    yield (
        f"{len(models)} model{'' if len(models) == 1 else 's'}: recipe `{models[0]['recipe']}` on "
        f"{models[0]['corpus']}, protocol `{models[0]['protocol']}`, fold"
        f"{'' if len(models) == 1 else 's'} {', '.join(str(model['fold']) for model in models)}, seed "
        f"{models[0]['seed']}; {content['part']} speakers. Commit `{content['commit'] or 'unknown'}`.\n"
    )
    for corpus, emotions in content["corpora"].items():
        yield f"## {corpus}\n"
        if corpus == models[0]["corpus"]:
            yield f"Each speaker is judged by the model that did not hear them. Emotions: {', '.join(emotions)}.\n"
        else:
            yield (
                f"Another corpus, on which nothing was trained, judged by every model. Of its emotions those that the "
                f"models know: {', '.join(emotions)}; the models may still answer any of theirs.\n"
            )
        yield "| method | clips | judged by | speakers | UA before | UA after | gain | better | neutral as sad, angry |"
        yield "|---|---|---|---|---|---|---|---|---|"
        yield from (_line(row) for row in content["rows"] if row["corpus"] == corpus)
        yield ""


def _line(row: dict[str, Any]) -> str:
    trouble = row.get("neutral_as_trouble")
    cells = [
        row["method"],
        str(row["clips"]),
        row["judge"],
        str(row["speakers"]),
        f"{100 * row['before']:.1f}",
        f"{100 * row['after']:.1f}",
        f"{100 * row['difference']:+.1f} [{100 * row['low']:+.1f}, {100 * row['high']:+.1f}]".replace("-", "−"),
        f"{row['speakers_better']} of {row['speakers']}",
        "" if trouble is None else f"{100 * trouble[0]:.0f} % → {100 * trouble[1]:.0f} %",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure, and write the result file and the page made of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="+", type=Path, help="folders of `evaluate --keep`, one per fold")
    parser.add_argument("--other", action="append", default=[], help="KIND:DIR of another corpus; repeatable")
    parser.add_argument("--part", choices=("test", "development"), default="test")
    parser.add_argument("--model-counts", type=float, default=MODEL_COUNTS, help="for choosing on development speakers")
    parser.add_argument("--draws", type=int, default=20)
    parser.add_argument("--replicates", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    parser.add_argument("--page", type=Path, default=DEFAULT_PAGE)
    options = parser.parse_args()
    content = measure(options.models, options.other, options)
    write_text_atomically(options.out, json.dumps(content, indent=2, allow_nan=False) + "\n")
    write_text_atomically(options.page, page(content))
    print(page(content))


if __name__ == "__main__":
    main()
