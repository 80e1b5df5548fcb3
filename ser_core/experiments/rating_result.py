"""Result files of recipes that predict ratings: scores of all folds, and their origin; written and read."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ser_core import plain_json
from ser_core.config import FileRecord
from ser_core.corpora.manifest import Manifest
from ser_core.errors import ConfigError, reason_of
from ser_core.evaluation.agreement import concordance
from ser_core.evaluation.statistics import jackknife_by_speaker
from ser_core.experiments.places import ResultLocation
from ser_core.experiments.rating_folds import (
    RatingFoldResult,
    RatingFoldScores,
    RatingScores,
    ccc_in_words,
    mean_ccc,
    rating_scores,
)
from ser_core.experiments.result import VERSION, deviation, every_prediction, origin_of
from ser_core.recipes import Recipe
from ser_core.tasks import RATINGS
from ser_core.training.device import training_environment


@dataclass(frozen=True)
class FoldMean(FileRecord):
    """Mean and standard deviation over the folds in which a score is defined; None in none, and over one fold."""

    mean: float | None
    std: float | None

    @property
    def in_words(self) -> str:
        """Both with three decimals.

        Examples:
            >>> FoldMean(0.5, 0.0625).in_words
            '0.500 ± 0.062'
        """
        if self.mean is None:
            return "undefined"
        return f"{self.mean:.3f}" if self.std is None else f"{self.mean:.3f} ± {self.std:.3f}"


@dataclass(frozen=True)
class DimensionScores(FileRecord):
    """How well one dimension is predicted.

    Attributes:
        ccc: over the folds; likewise ``pearson`` and ``rmse``.
        pooled: over the test utterances of all folds at once.
        ccc_interval_by_speaker: 95 % around the pooled CCC, jackknife; None for fewer than three speakers.
    """

    ccc: FoldMean
    pearson: FoldMean
    rmse: FoldMean
    pooled: RatingScores
    ccc_interval_by_speaker: tuple[float, ...] | None = None


@dataclass(frozen=True)
class RatingsResult(FileRecord):
    """What a recipe scored over the folds of a protocol with one seed; with its origin, a result file.

    Attributes:
        ccc: mean of the dimensions, over the folds.
        pooled_ccc: mean over the dimensions of the CCC over the test utterances of all folds at once.
    """

    recipe: str
    folds: tuple[RatingFoldScores, ...]
    dimensions: Mapping[str, DimensionScores]
    ccc: FoldMean
    pooled_ccc: float | None

    @property
    def in_words(self) -> str:
        """Concordance over all test utterances."""
        return f"CCC {ccc_in_words(self.pooled_ccc, {name: of.pooled.ccc for name, of in self.dimensions.items()})}"


def rating_result_of(
    manifest: Manifest,
    recipe: Recipe,
    protocol: str,
    seed: int,
    results: Sequence[RatingFoldResult],
    *,
    corpus: str,
    mapping: Mapping[str, str],
    partial: bool,
) -> dict[str, Any]:
    """Combine folds, at least one, into the content of a result file; arguments as of ``result_of``."""
    folds = tuple(result.fold for result in results)
    table = every_prediction(results)
    names = tuple(folds[0].ratings)
    pooled = rating_scores(table, names)
    dimensions = {}
    for name in names:
        rated = table[table[name].notna()]
        truth, predicted = (rated[column].to_numpy(dtype=np.float64) for column in (name, f"predicted_{name}"))
        of_folds = [fold.ratings[name] for fold in folds]
        dimensions[name] = DimensionScores(
            ccc=_over_folds([found.ccc for found in of_folds]),
            pearson=_over_folds([found.pearson for found in of_folds]),
            rmse=_over_folds([found.rmse for found in of_folds]),
            pooled=pooled[name],
            ccc_interval_by_speaker=_interval(truth, predicted, rated["speaker"].astype(str).tolist()),
        )
    scores = RatingsResult(recipe.name, folds, dimensions, _over_folds([fold.ccc for fold in folds]), mean_ccc(pooled))
    return {
        **origin_of(manifest, recipe, protocol, seed, corpus=corpus, mapping=mapping),
        "task": RATINGS,
        "parameters": results[0].parameters,
        "environment": (folds[-1].environment or training_environment()).as_table(),
        **scores.as_table(),
        "folds": [fold.as_table() for fold in folds],
        "partial": partial,
    }


def holds_ratings(content: object) -> bool:
    """Say whether JSON is the result file of a recipe that predicts ratings."""
    return isinstance(content, dict) and content.get("task") == RATINGS and {"recipe", "folds"} <= content.keys()


def read_ratings(place: ResultLocation) -> RatingsResult | None:
    """Read the result file of a recipe that predicts ratings; None for any other file.

    Raises:
        ConfigError: if it is damaged, or of another version.
    """
    try:
        content = plain_json.read(place.path)
        if not holds_ratings(content):
            return None
        if content.get("version") != VERSION:
            raise ValueError(f"version {content.get('version')!r} instead of {VERSION}")
        return RatingsResult.from_table(content)
    except (OSError, ValueError, ConfigError) as error:
        raise ConfigError(
            f"Expected a result file at {place.path}; got: {reason_of(error)}. Make it again, or move it to "
            "another folder."
        ) from error


def _over_folds(values: Sequence[float | None]) -> FoldMean:
    defined = [value for value in values if value is not None]
    return FoldMean(statistics.fmean(defined) if defined else None, deviation(defined))


def _interval(truth: Any, predicted: Any, speakers: Sequence[str]) -> tuple[float, float] | None:
    if len(truth) < 2:
        return None
    if len(truth) - np.unique(speakers, return_counts=True)[1].max() < 2:  # without one of them there is no CCC
        return None
    return jackknife_by_speaker(lambda rows: concordance(truth[rows], predicted[rows]), speakers)
