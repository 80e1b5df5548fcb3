"""Regression task: arousal, valence or dominance as numbers on the corpus's own scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
import torch
from torch import Tensor

from ser_core.corpora.manifest import Manifest
from ser_core.errors import ConfigError
from ser_core.evaluation.agreement import concordance, pearson, rmse
from ser_core.losses import concordance_loss
from ser_core.tasks.base import Labels, Task
from ser_core.types import FloatArray

RATINGS = "ratings"
DIMENSIONS = ("arousal", "valence", "dominance")


@dataclass(frozen=True)
class RatingsTask(Task):
    """Regression of ratings.

    The head gives ratings in units of the training utterances' deviation from their mean, so that none outweighs
    another by its scale; predictions are put back on the corpus's scale.

    Means and standard deviations, ``R`` each, are those of the training utterances. ``objective`` is ``ccc``, one minus
    the concordance correlation coefficient of the batch, or ``mse``, the mean squared error.
    """

    dimensions: tuple[str, ...]
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    objective: Literal["ccc", "mse"] = "ccc"

    chosen_by: ClassVar[str] = "ccc"

    def __post_init__(self) -> None:
        """Check that there is one mean and one deviation for every dimension; raises ConfigError if not."""
        _require_dimensions(self.dimensions)
        if not len(self.dimensions) == len(self.means) == len(self.deviations) or min(self.deviations) <= 0:
            raise ConfigError(
                f"Expected a mean and a deviation above 0 for each of {', '.join(self.dimensions)}; got "
                f"{list(self.means)} and {list(self.deviations)}. Train the model again."
            )

    @classmethod
    def build(
        cls,
        manifest: Manifest,
        train: Sequence[int],
        *,
        dimensions: tuple[str, ...] = DIMENSIONS,
        objective: Literal["ccc", "mse"] = "ccc",
    ) -> "RatingsTask":
        """Make the task for the training rows of a manifest; means and deviations are theirs alone.

        Raises:
            ConfigError: for an unknown dimension, or one whose ratings of training utterances are all equal or missing.
        """
        _require_dimensions(dimensions)
        rated = _ratings(manifest, dimensions)[list(train)]
        for place, name in enumerate(dimensions):
            known = rated[:, place][~np.isnan(rated[:, place])]
            if len(np.unique(known)) < 2:
                raise ConfigError(
                    f"Expected training utterances with at least two different values of {name}; got {len(known)} with "
                    f"a value. Fill that column of the table in, or leave {name} out of the task's dimensions."
                )
        means, deviations = np.nanmean(rated, axis=0), np.nanstd(rated, axis=0)
        return cls(tuple(dimensions), tuple(means.tolist()), tuple(deviations.tolist()), objective)

    @property
    def name(self) -> str:
        """See :class:`Task`."""
        return RATINGS

    @property
    def columns(self) -> tuple[str, ...]:
        """See :class:`Task`."""
        return self.dimensions

    @property
    def size(self) -> int:
        """See :class:`Task`."""
        return len(self.dimensions)

    def labels(self, manifest: Manifest) -> Labels:
        """Read the ratings on the corpus's scale."""
        values = _ratings(manifest, self.dimensions)
        return Labels(values, ~np.isnan(values))

    def targets(self, labels: Labels) -> Tensor:
        """Give ratings as deviations from the training mean."""
        scaled = (labels.values - np.array(self.means)) / np.array(self.deviations)
        return torch.from_numpy(np.where(labels.present, scaled, 0.0)).to(torch.float32)

    def loss(self, outputs: Tensor, targets: Tensor, present: Tensor) -> Tensor:
        """Average the objective over the dimensions that are rated in this batch, for ``ccc`` at least twice."""
        of_batch = concordance_loss if self.objective == "ccc" else _squared_error
        least = 2 if self.objective == "ccc" else 1
        values = [
            of_batch(outputs[rated, place], targets[rated, place])
            for place, rated in enumerate(present.unbind(dim=1))
            if int(rated.sum()) >= least
        ]
        return torch.stack(values).mean() if values else outputs.sum() * 0

    def metrics(self, outputs: FloatArray, labels: Labels) -> dict[str, float]:
        """Give ``ccc`` (the mean over dimensions) and ``ccc_<dimension>, rmse_<dimension>, pearson_<dimension>``."""
        found: dict[str, float] = {}
        rated = self._on_scale(outputs)
        for place, name in enumerate(self.dimensions):
            there = labels.present[:, place]
            if there.sum() >= 2:
                truth, predicted = labels.values[there, place], rated[there, place]
                for metric, measure in (("ccc", concordance), ("rmse", rmse), ("pearson", pearson)):
                    found[f"{metric}_{name}"] = measure(truth, predicted)
        found = {name: value for name, value in found.items() if not np.isnan(value)}
        each = [value for name, value in found.items() if name.startswith("ccc_")]
        return {"ccc": float(np.mean(each)), **found} if each else found

    def predictions(self, outputs: FloatArray) -> list[dict[str, float]]:
        """Give the value of each rating, on the corpus's scale."""
        return [dict(zip(self.dimensions, map(float, row), strict=True)) for row in self._on_scale(outputs)]

    def _on_scale(self, outputs: FloatArray) -> FloatArray:
        scaled: FloatArray = np.asarray(outputs, dtype=np.float64) * np.array(self.deviations) + np.array(self.means)
        return scaled


def _ratings(manifest: Manifest, dimensions: Sequence[str]) -> FloatArray:
    """Return the ratings of every utterance, ``(B, R)``; NaN where there is none."""
    cells = [[getattr(row, name) for name in dimensions] for row in manifest.utterances]
    return np.array(cells, dtype=np.float64).reshape(len(cells), len(dimensions))


def _squared_error(predicted: Tensor, truth: Tensor) -> Tensor:
    return (predicted - truth).square().mean()


def _require_dimensions(dimensions: Sequence[str]) -> None:
    if not dimensions or len(set(dimensions)) < len(dimensions) or not set(dimensions) <= set(DIMENSIONS):
        raise ConfigError(
            f"Expected some of {', '.join(DIMENSIONS)} as dimensions of the ratings, each once; got "
            f"{', '.join(dimensions) or 'none'}. Correct the recipe's [[tasks]]."
        )
