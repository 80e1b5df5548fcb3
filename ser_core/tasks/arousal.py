"""The task that tells how excited an utterance sounds, learned from a proxy for ratings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from torch import Tensor

from ser_core.corpora.manifest import Manifest
from ser_core.errors import ConfigError
from ser_core.evaluation.agreement import concordance, rmse, spearman
from ser_core.tasks.arousal_proxy import CALM, EXCITED, TABLES, ArousalTable, arousal_table
from ser_core.tasks.base import Labels, Task
from ser_core.tasks.ratings import RatingsObjective, RatingsTask
from ser_core.types import FloatArray

AROUSAL = "arousal"


@dataclass(frozen=True)
class ArousalProxyTask(Task):
    """Regression of arousal by a table of emotions and intensities, −1 (calm) to 1 (excited).

    No rating of a corpus is read, also where there are some: they are what the model is measured on.

    ``mean`` and ``deviation`` of the proxy are those of the training utterances; ``table`` is a name in
    :data:`ser_core.tasks.arousal_proxy.TABLES`; ``objective`` as of :class:`RatingsTask`.
    """

    mean: float
    deviation: float
    table: str = TABLES[0]
    objective: RatingsObjective = "ccc"

    chosen_by: ClassVar[str] = "ccc"

    def __post_init__(self) -> None:
        """Check table, mean and deviation; raises ConfigError."""
        arousal_table(self.table)
        if not (CALM <= self.mean <= EXCITED and self.deviation > 0):
            raise ConfigError(
                f"Expected a mean of arousal from -1 to 1 and a deviation above 0; got {self.mean:g} and "
                f"{self.deviation:g}. Train the model again."
            )

    @classmethod
    def build(
        cls,
        manifest: Manifest,
        train: Sequence[int],
        *,
        table: str = TABLES[0],
        objective: RatingsObjective = "ccc",
    ) -> "ArousalProxyTask":
        """Make the task for the training rows of a manifest; mean and deviation are theirs alone.

        Raises:
            ConfigError: for an unknown table, or if all training rows of which it knows emotion and intensity have one
                and the same figure.
        """
        source = arousal_table(table)
        values = _figures(manifest, source)[list(train), 0]
        known = values[~np.isnan(values)]
        if len(np.unique(known)) < 2:
            raise ConfigError(
                f"Expected training utterances with at least two different figures of arousal by {source.title}; got "
                f"{len(known)} utterances with {len(np.unique(known))}. It knows the emotions "
                f"{', '.join((*source.published, *source.chosen))} and the intensities {', '.join(source.steps)}. "
                "Rename yours with --map or in the table, or leave the task arousal out of the recipe."
            )
        return cls(float(known.mean()), float(known.std()), table, objective)

    @property
    def source(self) -> ArousalTable:
        """The table."""
        return arousal_table(self.table)

    @property
    def name(self) -> str:
        """See :class:`Task`."""
        return AROUSAL

    @property
    def columns(self) -> tuple[str, ...]:
        """What is predicted; its labels are made of the columns ``emotion`` and ``intensity``."""
        return (AROUSAL,)

    @property
    def size(self) -> int:
        """See :class:`Task`."""
        return 1

    def labels(self, manifest: Manifest) -> Labels:
        """Look every utterance up in the table; NaN where it has no figure."""
        values = _figures(manifest, self.source)
        return Labels(values, ~np.isnan(values))

    def targets(self, labels: Labels) -> Tensor:
        """See :meth:`RatingsTask.targets`."""
        return self._ratings.targets(labels)

    def loss(self, outputs: Tensor, targets: Tensor, present: Tensor) -> Tensor:
        """See :meth:`RatingsTask.loss`."""
        return self._ratings.loss(outputs, targets, present)

    def metrics(self, outputs: FloatArray, labels: Labels) -> dict[str, float]:
        """Give ``ccc, spearman, rmse`` against the proxy, as far as they are defined."""
        there = labels.present[:, 0]
        if there.sum() < 2:
            return {}
        truth, predicted = labels.values[there, 0], self.arousal(outputs)[there]
        found = {"ccc": concordance, "spearman": spearman, "rmse": rmse}
        measured = {name: measure(truth, predicted) for name, measure in found.items()}
        return {name: value for name, value in measured.items() if not np.isnan(value)}

    def predictions(self, outputs: FloatArray) -> list[dict[str, float]]:
        """Give arousal, −1 to 1."""
        return [{AROUSAL: float(value)} for value in self.arousal(outputs)]

    def arousal(self, outputs: FloatArray) -> FloatArray:
        """Turn outputs of the head ``(B, 1)`` into arousal ``(B,)``, cut off at the ends of the scale."""
        scaled: FloatArray = np.asarray(outputs, dtype=np.float64)[:, 0] * self.deviation + self.mean
        return np.clip(scaled, CALM, EXCITED)

    @property
    def _ratings(self) -> RatingsTask:
        return RatingsTask((AROUSAL,), (self.mean,), (self.deviation,), self.objective)


def _figures(manifest: Manifest, table: ArousalTable) -> FloatArray:
    """Return the table's figure for every utterance, ``(B, 1)``; NaN where there is none."""
    found = [table.arousal(row.emotion, row.intensity) for row in manifest.utterances]
    return np.array(found, dtype=np.float64).reshape(len(found), 1)
