"""Corpora left out of the training in turn, to fit confidence and "none of these" on people unlike those heard.

Speech that is judged, and everything else by the people who speak it, plays no part in the training of the model that
judges it. Test speakers of the model that is to be fitted play no part in anything.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ser_core import plain_json
from ser_core.checkpoints.card import Card
from ser_core.checkpoints.folder import read_card
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.people import families, people
from ser_core.corpora.protocols import make_folds
from ser_core.corpora.splits import Fold, draw_development, indices_of, speaker_units
from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.left_out import LeftOutAnswers
from ser_core.geometry.angles import angles_to
from ser_core.models.running import run_model
from ser_core.recipes import Recipe
from ser_core.recipes.recipe import settings_of
from ser_core.seeding import stream
from ser_core.storage import write_text_atomically
from ser_core.tasks import ClassTask
from ser_core.training.callbacks import Callback
from ser_core.training.examples import Examples
from ser_core.training.fit import Fitted, fit_fold, require_trainable, trained_fold
from ser_core.training.state import StateSaver

VERSION = 1  # of kept answers


@dataclass(frozen=True)
class LeftOut:
    """One training without a corpus: ``fold.test`` is the speech of that corpus which is judged afterwards."""

    corpus: str
    fold: Fold


def left_out_folds(
    manifest: Manifest, fold: Fold, *, among: Collection[str] | None = None, seed: int = 0
) -> list[LeftOut]:
    """Leave each corpus of a training out in turn, with everything that its speakers say in other corpora.

    Corpora in which the same people speak (RAVDESS's speech and song) are left out together. Where there are no other
    people, one of their corpora at a time is judged by half of them, drawn by the seed, after a training on the others'
    part of the other corpora. Nothing can be left out of a single corpus.

    Args:
        manifest: of all corpora, joined.
        fold: of the model that is to be fitted; its training and development speech is used.
        among: families of corpora (:func:`ser_core.corpora.people.family`) that may be left out; by default all.
        seed: of draws.

    Returns:
        None for a corpus that shares no emotion with the others, or leaves fewer than two to learn; by name.
    """
    kin = families(manifest)
    heard = (*fold.train, *fold.development)
    found = sorted({kin[row] for row in heard})
    if len(found) > 1:
        judged = [[row for row in heard if kin[row] == name] for name in found]
    else:
        judged = _halves(manifest, heard, seed)
    folds = []
    for rows in judged:
        without = _without(manifest, fold, rows, seed)
        if without is not None and (among is None or kin[rows[0]] in among):
            folds.append(LeftOut(_names(manifest, rows), without))
    return folds


def _halves(manifest: Manifest, heard: Sequence[int], seed: int) -> list[list[int]]:
    """Choose of each corpus the utterances of half of its people."""
    spoken = people(manifest)
    found = []
    for corpus in sorted({manifest.utterances[row].corpus or "" for row in heard}):
        own = [row for row in heard if manifest.utterances[row].corpus == corpus]
        persons = sorted({spoken[row] for row in own})
        drawn = set(stream(seed, "left out", corpus).permutation(persons)[: len(persons) // 2])
        found.append([row for row in own if spoken[row] in drawn])
    return found


def _names(manifest: Manifest, rows: Sequence[int]) -> str:
    return "+".join(sorted({manifest.utterances[row].corpus or manifest.corpus for row in rows}))


def _without(manifest: Manifest, fold: Fold, judged: Sequence[int], seed: int) -> Fold | None:
    """Take the judged rows, their corpora and their speakers out of a fold's training and development."""
    spoken, corpora = people(manifest), {manifest.utterances[row].corpus for row in judged}
    who = {spoken[row] for row in judged}

    def kept(rows: Sequence[int]) -> tuple[int, ...]:
        return tuple(row for row in rows if spoken[row] not in who and manifest.utterances[row].corpus not in corpora)

    train, development = kept(fold.train), kept(fold.development)
    if fold.development and not development:
        units = speaker_units(manifest.select(train))
        if len(units) > 1:
            drawn = draw_development(manifest.select(train), units, random=stream(seed, "left out", "development"))
            places = set(indices_of(drawn))
            development = tuple(row for place, row in enumerate(train) if place in places)
            train = tuple(row for place, row in enumerate(train) if place not in places)
    learned = {manifest.utterances[row].emotion for row in train} - {None}
    shared = learned & {manifest.utterances[row].emotion for row in judged}
    return Fold(fold.number, train, development, tuple(sorted(judged))) if len(learned) > 1 and shared else None


def training_fold(folder: Path, manifest: Manifest) -> tuple[Card, Fold, Manifest]:
    """Find the speech that a finished model learned from, among corpora that are opened again.

    Returns its card, its fold as the recipe used it, and the manifest with the card's emotions mapped.

    Raises:
        CheckpointError: if the card is damaged.
        InputError: if the model's first task is not emotions.
        ConfigError: if these are not the corpora, or not the utterances, that it was trained on.
    """
    card = read_card(folder)
    card.require_emotions()
    mapped = manifest.map_emotions(card.mapping)
    if mapped.digest() != card.manifest_digest:
        raise ConfigError(
            f"Expected every utterance that {card.name} was trained, tuned and tested on ({card.corpus}); "
            f"{mapped.corpus} lists others. Name its corpora with --corpus, in the order {card.corpus}."
        )
    folds = {fold.number: fold for fold in make_folds(mapped, card.split.protocol, card.seed)}
    return card, trained_fold(card.settings, folds[card.split.fold]), mapped


def answers_without(
    manifest: Manifest,
    left_out: LeftOut,
    recipe: Recipe,
    examples: Examples,
    *,
    seed: int,
    folder: Path | None = None,
    callbacks: Sequence[Callback] = (),
) -> LeftOutAnswers:
    """Train without a corpus, and judge it; utterances of emotions that were not learned are left out.

    Args:
        manifest: of all corpora, joined.
        left_out: one of :func:`left_out_folds`.
        recipe: to train by.
        examples: of the whole manifest.
        seed: of the training.
        folder: where the answers are kept, and the state of an unfinished training; by default nothing is.
        callbacks: of the training.

    Raises:
        ConfigError: if the recipe cannot be trained on the other corpora.
        Stopped: if a callback asked for it; the same call goes on from there.
    """
    key = _key(manifest, left_out, recipe, seed)
    kept = None if folder is None else _read(folder / f"{key}.json")
    if kept is not None:
        return kept
    state = None if folder is None else folder / f"{key}.safetensors"
    fitted = fit_alone(manifest, left_out.fold, recipe, examples, seed=seed, state=state, callbacks=callbacks)
    answers = _judged(manifest, left_out, examples, fitted)
    if folder is not None and state is not None:
        write_text_atomically(folder / f"{key}.json", json.dumps({"version": VERSION, **answers.as_table()}) + "\n")
        state.unlink(missing_ok=True)
    return answers


def fit_alone(
    manifest: Manifest,
    fold: Fold,
    recipe: Recipe,
    examples: Examples,
    *,
    seed: int,
    state: Path | None = None,
    callbacks: Sequence[Callback] = (),
) -> Fitted:
    """Train on a fold from which nothing but its training and development speech is taken.

    Classes, statistics and everything else are those of that speech: of the rest of the corpora not even the names of
    their emotions are known to the model.

    Args:
        manifest: of all corpora, joined.
        fold: as the recipe uses it (:func:`ser_core.training.fit.trained_fold`).
        recipe: to train by.
        examples: of the whole manifest.
        seed: of the training.
        state: file that keeps the state of an unfinished training, from which it goes on; by default none.
        callbacks: of the training.

    Raises:
        ConfigError: if the recipe cannot be trained on this speech.
        Stopped: if a callback asked for it.
    """
    heard = (*fold.train, *fold.development)
    own = Fold(fold.number, tuple(range(len(fold.train))), tuple(range(len(fold.train), len(heard))), ())
    part = manifest.select(heard)
    require_trainable(part, [own], recipe)
    if state is not None:
        state.parent.mkdir(parents=True, exist_ok=True)
    return fit_fold(
        part,
        own,
        recipe,
        examples.select(heard),
        seed=seed,
        callbacks=[*callbacks, *([] if state is None else [StateSaver(state)])],
        resume=state if state is not None and state.exists() else None,
    )


def _judged(manifest: Manifest, left_out: LeftOut, examples: Examples, fitted: Fitted) -> LeftOutAnswers:
    task, trained = fitted.tasks[0], fitted.trained
    if not isinstance(task, ClassTask):
        raise InputError("Expected a model whose first task is emotions; got another. Choose another recipe.")
    rows = [row for row in left_out.fold.test if manifest.utterances[row].emotion in task.classes]
    outputs = run_model(trained.model, examples.select(rows).inputs)
    return LeftOutAnswers(
        corpus=left_out.corpus,
        labels=task.classes,
        truth=tuple(str(manifest.utterances[row].emotion) for row in rows),
        speakers=tuple(manifest.utterances[row].speaker for row in rows),
        logits=np.asarray(outputs.heads[task.name], dtype=np.float64),
        angles=angles_to(outputs.embeddings, trained.directions),
        ranges=np.asarray(trained.ranges, dtype=np.float64),
        temperature=trained.temperature,
    )


def _key(manifest: Manifest, left_out: LeftOut, recipe: Recipe, seed: int) -> str:
    fold = left_out.fold
    told = [VERSION, manifest.digest(), settings_of(recipe), seed, fold.number, fold.train, fold.development, fold.test]
    return f"{left_out.corpus}-{hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]}"


def _read(path: Path) -> LeftOutAnswers | None:
    """Read kept answers; None if there are none, or no readable ones."""
    try:
        return LeftOutAnswers.from_table(plain_json.read(path))
    except (OSError, LookupError, TypeError, ValueError):
        return None
