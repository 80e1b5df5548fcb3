"""What a run leaves: a checkpoint with its card and its atlas."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ser_core.checkpoints.atlas import atlas_frame, utterances_frame
from ser_core.checkpoints.card import Card, CardScore, CardSplit, Metrics
from ser_core.checkpoints.store import Checkpoint, save_checkpoint
from ser_core.corpora import CORPORA
from ser_core.corpora.protocols import PROTOCOLS
from ser_core.corpora.splits import speaker_overlap
from ser_core.evaluation.reliability import reliability
from ser_core.inputs import inputs_of
from ser_core.storage import write_atomically
from ser_core.tasks import ClassTask
from ser_core.training.arousal_interval import arousal_interval_of
from ser_core.training.device import training_environment
from ser_core.training.fit import SPLITS, Fitted, back_end_scores, main_back_end, predictions, split_of
from ser_core.training.plan import Plan

if TYPE_CHECKING:
    import pandas


def save_result(folder: Path, plan: Plan, fitted: Fitted, *, name: str, embeddings: Path | None = None) -> Path:
    """Write a fold's model as a checkpoint with its atlas, and the same table as ``embeddings`` if wanted."""
    frame = _judged(plan, fitted)
    tells_emotions = isinstance(fitted.tasks[0], ClassTask)
    card = card_of(plan, fitted, frame, name=name)
    kept = {key: tensors for key, item in inputs_of(plan.recipe).items() if (tensors := item.kept_of(plan.manifest))}
    checkpoint = Checkpoint(**vars(fitted.trained), card=card, kept=kept)
    save_checkpoint(folder, checkpoint, frame if tells_emotions else None)
    if embeddings is not None:
        write_atomically(embeddings, lambda path: frame.to_parquet(path, index=False))
    return folder


def _judged(plan: Plan, fitted: Fitted) -> "pandas.DataFrame":
    """Put the model's judgements of the corpus into a table: of utterances with an emotion, or of all with ratings."""
    manifest, fold, space = plan.manifest, plan.fold, fitted.spaces[-1]
    splits = split_of(fold, len(manifest.utterances))
    if not isinstance(space.task, ClassTask):
        frame = utterances_frame(manifest, splits)
        judged = space.task.predictions(space.heads[space.task.name])
        for name in judged[0]:
            frame[f"predicted_{name}"] = np.array([one[name] for one in judged], dtype=np.float32)
        frame["embedding"] = list(np.asarray(space.embeddings, dtype=np.float32))
        return frame
    rows = np.flatnonzero(space.task.labels(manifest).present)
    return atlas_frame(
        manifest.select(rows),
        labels=space.task.classes,
        splits=[splits[row] for row in rows],
        embeddings=space.embeddings[rows],
        probabilities=space.probabilities[rows],
        angles=space.angles[rows],
        predicted=predictions(manifest, fold, space, main_back_end(plan.recipe), rows.tolist()),
    )


def card_of(plan: Plan, fitted: Fitted, judged: "pandas.DataFrame", *, name: str) -> Card:
    """Describe a fold's model, whose judgements of the corpus are in ``judged``."""
    manifest, fold, recipe = plan.manifest, plan.fold, plan.recipe
    first = fitted.tasks[0]
    labels = first.classes if isinstance(first, ClassTask) else ()
    unheard = judged[judged["split"] == "test"]
    kind = CORPORA.get(manifest.corpus)
    train, development, test = (
        tuple(sorted({manifest.utterances[index].speaker for index in getattr(fold, part)})) for part in SPLITS
    )
    return Card(
        name=name,
        title=f"{recipe.title} · {kind.title if kind else manifest.corpus}",
        recipe=recipe.name,
        settings=recipe,
        labels=labels,
        sample_rate=recipe.front_end.sample_rate,
        embedding_size=recipe.embedding_size,
        back_end=main_back_end(recipe),
        seed=plan.seed,
        epochs=fitted.epochs,
        corpus=manifest.corpus,
        corpus_root=str(manifest.root.absolute()),
        split=CardSplit(
            protocol=plan.protocol,
            fold=fold.number,
            train_speakers=train,
            development_speakers=development,
            test_speakers=test,
            speaker_overlap=speaker_overlap(manifest, fold),
            speaker_independent=PROTOCOLS[plan.protocol].speaker_independent,
        ),
        manifest_digest=manifest.digest(),
        mapping=plan.mapping,
        metrics=metrics_of(plan, fitted),
        reliability=reliability(unheard, labels, fitted.spaces[-1].ranges_kept, seed=plan.seed)
        if labels and len(unheard)
        else None,
        licence=manifest.licence,
        citation=manifest.citation,
        artificial=bool(kind and kind.artificial),
        environment=training_environment(),
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        inputs=recipe.input_kinds,
        tasks=tuple(task.name for task in fitted.tasks),
        heads={task.name: task.as_table() for task in fitted.tasks},
        task_metrics=task_metrics_of(plan, fitted),
        arousal_interval=arousal_interval_of(plan, fitted),
    )


def metrics_of(plan: Plan, fitted: Fitted) -> Metrics:
    """Score every back end on the development and test parts of the fold, as far as there are classes."""
    found = {
        part: back_end_scores(plan.manifest, plan.fold, fitted.spaces[-1], part)
        for part in ("development", "test")
        if getattr(plan.fold, part)
    }
    return {
        part: {back_end: CardScore(one.uar, one.wa, int(one.confusion.sum())) for back_end, one in back_ends.items()}
        for part, back_ends in found.items()
        if back_ends
    }


def task_metrics_of(plan: Plan, fitted: Fitted) -> dict[str, dict[str, dict[str, float]]]:
    """Measure every task but a first one of emotions, on labelled development and test utterances."""
    tasks = fitted.tasks[1:] if isinstance(fitted.tasks[0], ClassTask) else fitted.tasks
    heads = fitted.spaces[-1].heads
    found: dict[str, dict[str, dict[str, float]]] = {}
    for part in ("development", "test"):
        rows = list(getattr(plan.fold, part))
        for task in tasks:
            measured = task.metrics(heads[task.name][rows], task.labels(plan.manifest).select(rows))
            if measured:
                found.setdefault(part, {})[task.name] = measured
    return found
