"""Regression task: arousal, valence or dominance as numbers on the corpus's own scale."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
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
RatingsObjective = Literal["ccc", "mse", "mae"]


@dataclass(frozen=True)
class RatingsTask(Task):
    """Regression of ratings.

    The head gives ratings in units of the training utterances' deviation from their mean, so that none outweighs
    another by its scale; predictions are put back on the corpus's scale.

    Means and standard deviations, ``R`` each, are those of the training utterances. ``objective`` is ``ccc``, one minus
    the concordance correlation coefficient of the batch, ``mse``, the mean squared error, or ``mae``, the mean absolute
    one. The loss is the sum of its values for the dimensions, each times its own of ``weights``, 0 or more; without
    weights their mean.

    References:
        Atmaja and Akagi (2020), "Multitask learning and multistage fusion for dimensional audiovisual emotion
        recognition", ICASSP: one weight for all dimensions, two that leave the rest of 1 to the third, or three.
    """

    dimensions: tuple[str, ...]
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    objective: RatingsObjective = "ccc"
    weights: tuple[float, ...] = ()

    chosen_by: ClassVar[str] = "ccc"

    def __post_init__(self) -> None:
        """Check that each dimension has a mean, a deviation and, if any has, a weight; raises ConfigError if not."""
        _require_dimensions(self.dimensions)
        if not len(self.dimensions) == len(self.means) == len(self.deviations) or min(self.deviations) <= 0:
            raise ConfigError(
                f"Expected a mean and a deviation above 0 for each of {', '.join(self.dimensions)}; got "
                f"{list(self.means)} and {list(self.deviations)}. Train the model again."
            )
        _require_weights(self.weights, self.dimensions)

    @classmethod
    def build(
        cls,
        manifest: Manifest,
        train: Sequence[int],
        *,
        dimensions: tuple[str, ...] = DIMENSIONS,
        objective: RatingsObjective = "ccc",
        weights: tuple[float, ...] = (),
    ) -> "RatingsTask":
        """Make the task for the training rows of a manifest; means and deviations are theirs alone.

        Raises:
            ConfigError: for an unknown dimension, or one whose ratings of training utterances are all equal or missing;
                for weights that are not one number for each, 0 or more.
        """
        _require_dimensions(dimensions)
        _require_weights(weights, dimensions)
        rated = _ratings(manifest, dimensions)[list(train)]
        for place, name in enumerate(dimensions):
            known = rated[:, place][~np.isnan(rated[:, place])]
            if len(np.unique(known)) < 2:
                raise ConfigError(
                    f"Expected training utterances with at least two different values of {name}; got {len(known)} with "
                    f"a value. Fill that column of the table in, or leave {name} out of the task's dimensions."
                )
        means, deviations = np.nanmean(rated, axis=0), np.nanstd(rated, axis=0)
        return cls(tuple(dimensions), tuple(means.tolist()), tuple(deviations.tolist()), objective, weights)

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
        values = self.ratings(manifest)
        return Labels(values, ~np.isnan(values))

    def ratings(self, manifest: Manifest) -> FloatArray:
        """Return the ratings of every utterance, ``(B, R)``; NaN where there is none."""
        return _ratings(manifest, self.dimensions)

    def targets(self, labels: Labels) -> Tensor:
        """Give ratings as deviations from the training mean."""
        scaled = (labels.values - np.array(self.means)) / np.array(self.deviations)
        return torch.from_numpy(np.where(labels.present, scaled, 0.0)).to(torch.float32)

    def loss(self, outputs: Tensor, targets: Tensor, present: Tensor) -> Tensor:
        """Average the objective over the dimensions that are rated in this batch, for ``ccc`` at least twice.

        With weights it is the weighted mean, times the sum of all weights: a batch in which a dimension is not rated
        counts as much as any other.
        """
        of_batch = _OF_BATCH[self.objective]
        least = 2 if self.objective == "ccc" else 1
        values = {
            place: of_batch(outputs[rated, place], targets[rated, place])
            for place, rated in enumerate(present.unbind(dim=1))
            if int(rated.sum()) >= least
        }
        if not values:
            return outputs.sum() * 0
        if not self.weights:
            return torch.stack(list(values.values())).mean()
        weighted = torch.stack([self.weights[place] * value for place, value in values.items()]).sum()
        there = sum(self.weights[place] for place in values)
        return weighted * (sum(self.weights) / there) if there else weighted

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


def _absolute_error(predicted: Tensor, truth: Tensor) -> Tensor:
    return (predicted - truth).abs().mean()


_OF_BATCH: Mapping[RatingsObjective, Callable[[Tensor, Tensor], Tensor]] = MappingProxyType(
    {"ccc": concordance_loss, "mse": _squared_error, "mae": _absolute_error}
)


def _require_dimensions(dimensions: Sequence[str]) -> None:
    if not dimensions or len(set(dimensions)) < len(dimensions) or not set(dimensions) <= set(DIMENSIONS):
        raise ConfigError(
            f"Expected some of {', '.join(DIMENSIONS)} as dimensions of the ratings, each once; got "
            f"{', '.join(dimensions) or 'none'}. Correct the recipe's [[tasks]]."
        )


def _require_weights(weights: Sequence[float], dimensions: Sequence[str]) -> None:
    wrong = len(weights) != len(dimensions) or not all(weight >= 0 for weight in weights) or not any(weights)
    if weights and wrong:
        raise ConfigError(
            f"Expected one weight for each of {', '.join(dimensions)}, 0 or more and one of them above 0, or no "
            f"weights; got {', '.join(f'{weight:g}' for weight in weights)}. Correct the recipe's [[tasks]]."
        )
