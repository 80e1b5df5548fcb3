"""One training, fitted on corpora left out, and scored on the corpora that it was not trained on."""

import dataclasses
import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas

from benchmarks.worth.plan import FAMILIES_THAT_FIT, GivenCorpus, Training, training_speech
from ser_core import plain_json
from ser_core.checkpoints.environment import source_commit
from ser_core.checkpoints.store import Checkpoint
from ser_core.corpora import CORPORA
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.splits import Fold
from ser_core.evaluation.calibration import expected_calibration_error, softmax
from ser_core.evaluation.cross_corpus import CorpusScores, corpus_scores
from ser_core.evaluation.left_out import FittedOnLeftOut, LeftOutAnswers, fit_on_left_out, widened_ranges
from ser_core.evaluation.metrics import confusion
from ser_core.inference import Reader
from ser_core.inference.adapting import DRAWS, Adaptation, adapted_answers
from ser_core.inference.embedding import embed_corpus
from ser_core.labels import codes
from ser_core.models.running import run_head
from ser_core.recipes import Recipe
from ser_core.recipes.recipe import settings_of
from ser_core.storage import write_atomically, write_text_atomically
from ser_core.training.examples import load_examples
from ser_core.training.fit import Fitted, trained_fold
from ser_core.training.left_out import answers_without, fit_alone, left_out_folds
from ser_core.training.plan import Plan
from ser_core.training.result import card_of
from ser_core.workspace import cache_directory

VERSION = 2
CLIPS = 8  # of each speaker, unlabelled


def place_of(folder: Path, recipe: Recipe, training: Training, tested: str) -> Path:
    """Return where the figures of one cell are kept; its predictions lie beside them."""
    return folder / f"{recipe.name}-{training.table}-{tested}-seed-{training.seed}.json"


def is_done(path: Path, key: str) -> bool:
    """Whether a cell is kept, of these settings and these utterances."""
    try:
        return bool(plain_json.read(path)["key"] == key) and path.with_suffix(".parquet").is_file()
    except (OSError, ValueError, LookupError, TypeError):
        return False


def key_of(recipe: Recipe, training: Training, corpora: Mapping[str, GivenCorpus], tested: str) -> str:
    """Return a digest of everything that decides the figures of a cell."""
    told = [
        VERSION,
        settings_of(recipe),
        training.table,
        training.seed,
        [corpora[name].manifest.digest() for name in (*training.corpora, tested)],
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def measure(training: Training, corpora: Mapping[str, GivenCorpus], recipe: Recipe, folder: Path) -> list[Path]:
    """Train, fit and score what is not kept yet; returns the files of the cells.

    Weights are not kept, but those of a training that was broken off, from where the next call goes on.
    """
    places = {name: place_of(folder, recipe, training, name) for name in training.tested}
    keys = {name: key_of(recipe, training, corpora, name) for name in training.tested}
    missing = [name for name, place in places.items() if not is_done(place, keys[name])]
    if missing:
        work = cache_directory() / "worth"
        state = work / f"{keys[training.tested[0]][:16]}.safetensors"
        manifest, fold = training_speech(corpora, training.corpora)
        fold = trained_fold(recipe, fold)
        examples = load_examples(manifest, recipe, cache=cache_directory())
        fitted = fit_alone(manifest, fold, recipe, examples, seed=training.seed, state=state)
        # One fit for all seeds: what is left out is trained with the first one.
        answers = [
            answers_without(manifest, one, recipe, examples, seed=0, folder=work)
            for one in left_out_folds(manifest, fold, among=FAMILIES_THAT_FIT)
        ]
        reader, found = reader_of(manifest, fold, recipe, fitted, training.seed, answers)
        for name in missing:
            content, predictions = cell(reader, corpora[name].manifest, found, fitted.trained.temperature)
            told = {
                "version": VERSION,
                "key": keys[name],
                "table": training.table,
                "recipe": recipe.name,
                "settings": settings_of(recipe),
                "seed": training.seed,
                "trained_on": list(training.corpora),
                "commit": source_commit(),
                **content,
            }
            write_atomically(places[name].with_suffix(".parquet"), functools.partial(_write, predictions))
            write_text_atomically(places[name], json.dumps(told, indent=1, allow_nan=False) + "\n")
        state.unlink(missing_ok=True)
    return list(places.values())


def reader_of(
    manifest: Manifest, fold: Fold, recipe: Recipe, fitted: Fitted, seed: int, answers: Sequence[LeftOutAnswers]
) -> tuple[Reader, FittedOnLeftOut | None]:
    """Make the model judge, with the temperature and the ranges that were fitted on corpora left out, if any was."""
    heard = (*fold.train, *fold.development)
    part = manifest.select(heard)
    own = Fold(1, tuple(range(len(fold.train))), tuple(range(len(fold.train), len(heard))), ())
    plan = Plan("", part, recipe, {}, "held-out-speakers", own, seed)
    card = card_of(plan, fitted, pandas.DataFrame({"split": []}), name=recipe.name)
    trained = fitted.trained
    if not answers:
        return Reader(Checkpoint(**vars(trained), card=card)), None
    ranges = dict(zip(card.labels, map(float, trained.ranges), strict=True))
    found = fit_on_left_out(answers, temperature=trained.temperature, ranges=ranges)
    trained = dataclasses.replace(
        trained, temperature=found.temperature, ranges=widened_ranges(trained.ranges, found.widened_degrees)
    )
    return Reader(Checkpoint(**vars(trained), card=card)), found


def cell(
    reader: Reader, manifest: Manifest, found: FittedOnLeftOut | None, by_development: float
) -> tuple[dict[str, Any], pandas.DataFrame]:
    """Score one corpus, without a word about the speakers and after clips of theirs; with every prediction."""
    checkpoint = reader.checkpoint
    table = embed_corpus(reader, manifest)
    scores = _scores(reader, table)
    adaptation = Adaptation("speaker", CLIPS, DRAWS)
    answers = adapted_answers(reader, table, adaptation)
    after = _scores(reader, answers.after)
    in_one = _in_one_emotion(reader, table, adaptation)
    after_one = _scores(reader, in_one)
    known = table[table["emotion"].isin(reader.labels)]
    logits = run_head(checkpoint.model, np.stack(known["embedding"].to_list()))
    truth = known["emotion"].tolist()
    own = _columns(known, "angle", reader.labels)[np.arange(len(known)), codes(truth, reader.labels)]
    content = {
        "corpus": manifest.corpus,
        "title": CORPORA[manifest.corpus].title if manifest.corpus in CORPORA else manifest.corpus,
        "manifest_digest": manifest.digest(),
        "labels": list(reader.labels),
        "present": list(scores.present),
        "chance": scores.chance,
        "utterances": scores.overall.utterances,
        "speakers": scores.overall.speakers,
        "back_end": scores.present_back_end,
        "left_out": None if found is None else found.as_table(),
        "unadapted": {
            **_figures(scores),
            "ece_by_development": expected_calibration_error(softmax(logits, by_development), truth, reader.labels),
            "covered": float(np.mean(own <= checkpoint.ranges[codes(truth, reader.labels)])),
            "counts": _counts(table, scores),
        },
        "adapted": {
            "transductive": True,
            **adaptation.as_table(),
            "few_speakers": answers.few_speakers,
            "few_utterances": answers.few_utterances,
            "before": _scores(reader, answers.before).overall.uar_present,
            **_figures(after),
            "counts": _counts(answers.after, after),
        },
        "adapted_in_one_emotion": {
            "transductive": True,
            **adaptation.as_table(),
            **_figures(after_one),
            "counts": _counts(in_one, after_one),
        },
    }
    return content, table.drop(columns="embedding")


def _in_one_emotion(reader: Reader, table: pandas.DataFrame, adaptation: Adaptation) -> pandas.DataFrame:
    """Judge as if every speaker were heard in one emotion: each utterance after others of its speaker and emotion."""
    speakers = table["speaker"].astype(str)
    apart = table.assign(speaker=speakers + " " + table["emotion"].astype(str))
    after = adapted_answers(reader, apart, adaptation).after
    return after.assign(speaker=speakers.iloc[after["utterance"]].to_numpy())


def _write(predictions: pandas.DataFrame, path: Path) -> None:
    predictions.to_parquet(path, index=False)


def _scores(reader: Reader, table: pandas.DataFrame) -> CorpusScores:
    checkpoint = reader.checkpoint
    return corpus_scores(table, reader.labels, checkpoint.ranges, back_end=checkpoint.card.back_end)


def _figures(scores: CorpusScores) -> dict[str, Any]:
    overall = scores.overall
    return {
        "uar": overall.uar,
        "uar_present": overall.uar_present,
        "accuracy": overall.accuracy,
        "confidence": overall.confidence,
        "ece": scores.ece,
        "none_of_these": overall.none_of_these,
        "unknown": {name: dataclasses.asdict(one) for name, one in scores.unknown.items()},
    }


def _counts(table: pandas.DataFrame, scores: CorpusScores) -> dict[str, list[list[int]]]:
    """Count, for each speaker, true emotions (rows) by the best of the present ones."""
    present, kind = scores.present, "angle" if scores.present_back_end == "angle" else "probability"
    known = table[table["emotion"].isin(present)]
    values = _columns(known, kind, present)
    places = values.argmin(axis=1) if kind == "angle" else values.argmax(axis=1)
    known = known.assign(best=[present[place] for place in places])
    return {
        str(speaker): confusion(rows["emotion"], rows["best"], present).tolist()
        for speaker, rows in known.groupby("speaker")
    }


def _columns(table: pandas.DataFrame, kind: str, labels: Sequence[str]) -> np.ndarray:
    return table[[f"{kind}_{label}" for label in labels]].to_numpy(dtype=np.float64)
