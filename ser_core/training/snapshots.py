"""Snapshots of the space that a run keeps every few epochs."""

from pathlib import Path

import numpy as np

from ser_core.checkpoints.atlas import utterances_frame
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.splits import Fold
from ser_core.embeddings.snapshots import NUMBER_BYTES, delete_snapshots_after, save_snapshot
from ser_core.models.running import run_model
from ser_core.recipes import Recipe
from ser_core.seeding import stream
from ser_core.training.callbacks import Callback
from ser_core.training.examples import Examples
from ser_core.training.fit import split_of
from ser_core.training.loop import Trainer
from ser_core.types import IntArray

_METADATA_BYTES, _FORM_BYTES = 20, 8000  # about what parquet needs for the names of an utterance, and for itself
MOST_TRAINING = 1000  # training utterances in a snapshot; of development ones all are kept
MOST_SNAPSHOTS, MOST_BYTES = 60, 20_000_000  # of a run for which nobody said how many


class SnapshotTaker(Callback):
    """Keeps the embeddings of development and some training utterances every few epochs.

    They are those of the weights that judge the epoch, the running average. Nothing is drawn from torch's generator and
    no weight is changed, so that training is the same with and without.
    """

    def __init__(self, run: Path, manifest: Manifest, fold: Fold, examples: Examples, *, every: int, seed: int) -> None:
        """Keep a snapshot every ``every`` epochs, at least one, before training and after each stage.

        ``seed`` decides which training utterances are kept, where there are too many.
        """
        self.run = run
        self.manifest = manifest
        self.every = every
        rows = chosen_rows(fold, seed=seed)
        self.inputs = examples.select(rows).inputs
        self.metadata = utterances_frame(manifest, split_of(fold, len(manifest.utterances))).iloc[rows]

    def training_begins(self, trainer: Trainer) -> None:
        """Keep the space before training; on resuming, forget the epochs that are to be trained again."""
        delete_snapshots_after(self.run, trainer.epochs_done)
        if not trainer.epochs_done:
            self._keep(trainer)

    def state_reached(self, trainer: Trainer) -> None:
        """Keep the space of an epoch that is due."""
        if trainer.epoch and (trainer.epochs_done % self.every == 0 or trainer.stage_is_over):
            self._keep(trainer)

    def _keep(self, trainer: Trainer) -> None:
        embeddings = run_model(trainer.algorithm.judged, self.inputs).embeddings
        save_snapshot(
            self.run,
            self.metadata,
            embeddings,
            epoch=trainer.epochs_done,
            stage=trainer.recipe.stages[trainer.stage].name,
            corpus=self.manifest.corpus,
            corpus_root=str(self.manifest.root.absolute()),
        )


def chosen_rows(fold: Fold, *, seed: int) -> IntArray:
    """Return the rows of a snapshot, rising: all development, and at most :data:`MOST_TRAINING` training utterances."""
    training = np.array(fold.train, dtype=np.int64)
    if len(training) > MOST_TRAINING:
        training = stream(seed, "snapshots", fold.number).choice(training, MOST_TRAINING, replace=False)
    return np.sort(np.concatenate([training, np.array(fold.development, dtype=np.int64)]))


def usual_interval(recipe: Recipe, fold: Fold) -> int:
    """Return how many epochs lie between two snapshots where nobody chooses: one, or as many more as keep them small.

    That is at most :data:`MOST_SNAPSHOTS` files and about :data:`MOST_BYTES` together, as far as epochs can be left
    out.
    """
    for every in range(1, recipe.epochs + 1):
        count, size = snapshot_size(recipe, fold, every)
        if count <= MOST_SNAPSHOTS and count * size <= MOST_BYTES:
            return every
    return recipe.epochs


def size_text(recipe: Recipe, fold: Fold, every: int) -> str:
    """Describe the disk space that a run's snapshots will need; see :func:`snapshot_size`."""
    count, size = snapshot_size(recipe, fold, every)
    rows = len(chosen_rows(fold, seed=0))
    return (
        f"at most {count} files of {rows} utterances and about {size / 1000:,.0f} kB each, "
        f"{count * size / 1e6:,.1f} MB together"
    )


def snapshot_size(recipe: Recipe, fold: Fold, every: int) -> tuple[int, int]:
    """Return how many snapshots a run will have at most, and about how many bytes each takes."""
    epochs, ends = 0, set()
    for stage in recipe.stages:
        epochs += stage.epochs
        ends.add(epochs)
    count = len({0, *range(every, epochs + 1, every)} | ends)
    rows = len(chosen_rows(fold, seed=0))
    return count, rows * (recipe.embedding_size * NUMBER_BYTES + _METADATA_BYTES) + _FORM_BYTES
