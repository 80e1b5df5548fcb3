"""What a run leaves: a checkpoint with its card and its atlas."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ser_core.checkpoints.atlas import atlas_frame
from ser_core.checkpoints.card import EMOTION, Card, CardScore, CardSplit, Metrics
from ser_core.checkpoints.store import Checkpoint, save_checkpoint
from ser_core.corpora import CORPORA
from ser_core.corpora.protocols import PROTOCOLS
from ser_core.corpora.splits import speaker_overlap
from ser_core.evaluation.reliability import reliability
from ser_core.storage import write_atomically
from ser_core.training.fit import SPLITS, Fitted, back_end_scores, main_back_end, predictions, split_of
from ser_core.training.plan import Plan

if TYPE_CHECKING:
    import pandas


def save_result(folder: Path, plan: Plan, fitted: Fitted, *, name: str, embeddings: Path | None = None) -> Path:
    """Write a fold's model as a checkpoint with its atlas, and the same table as ``embeddings`` if wanted."""
    manifest, fold, space = plan.manifest, plan.fold, fitted.spaces[-1]
    labels = manifest.labels
    frame = atlas_frame(
        manifest,
        labels=labels,
        splits=split_of(fold, len(manifest.utterances)),
        embeddings=space.embeddings,
        probabilities=space.probabilities,
        angles=space.angles,
        predicted=predictions(manifest, fold, space, main_back_end(plan.recipe), range(len(manifest.utterances))),
    )
    card = card_of(plan, fitted, frame, name=name)
    save_checkpoint(folder, Checkpoint(**vars(fitted.trained), card=card), frame)
    if embeddings is not None:
        write_atomically(embeddings, lambda path: frame.to_parquet(path, index=False))
    return folder


def card_of(plan: Plan, fitted: Fitted, atlas: "pandas.DataFrame", *, name: str) -> Card:
    """Describe a fold's model, whose judgements of the corpus are in ``atlas``."""
    manifest, fold, recipe = plan.manifest, plan.fold, plan.recipe
    unheard = atlas[atlas["split"] == "test"]
    kind = CORPORA.get(manifest.corpus)
    train, development, test = (
        tuple(sorted({manifest.utterances[index].speaker for index in getattr(fold, part)})) for part in SPLITS
    )
    return Card(
        name=name,
        title=f"{recipe.title} · {kind.title if kind else manifest.corpus}",
        recipe=recipe.name,
        settings=recipe,
        labels=manifest.labels,
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
        reliability=reliability(unheard, manifest.labels, fitted.spaces[-1].ranges_kept, seed=plan.seed)
        if len(unheard)
        else None,
        licence=manifest.licence,
        citation=manifest.citation,
        artificial=bool(kind and kind.artificial),
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        inputs=(recipe.front_end.kind,),
        heads={EMOTION: manifest.labels},
    )


def metrics_of(plan: Plan, fitted: Fitted) -> Metrics:
    """Score every back end on the development and test parts of the fold."""
    return {
        part: {
            back_end: CardScore(found.uar, found.wa, int(found.confusion.sum()))
            for back_end, found in back_end_scores(plan.manifest, plan.fold, fitted.spaces[-1], part).items()
        }
        for part in ("development", "test")
        if getattr(plan.fold, part)
    }
