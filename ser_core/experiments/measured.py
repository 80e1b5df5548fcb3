"""Measured results of a recipe, combined over seeds."""

import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ser_core.experiments.places import ResultLocation
from ser_core.experiments.reading import EvaluationResult
from ser_core.inputs import uses
from ser_core.recipes import Recipe
from ser_core.recipes.recipe import DESCRIBED, NO_SOUND

_ABSENT = "not set"


@dataclass(frozen=True)
class ChangedSetting:
    """Setting, by its dotted path, whose value in a result differs from that of the shipped recipe."""

    key: str
    value: Any
    shipped: Any


@dataclass(frozen=True)
class Measurement:
    """Results of one recipe on one corpus by one protocol, over all seeds.

    Attributes:
        speakers: whether test speakers were ``heard`` in training, ``not heard``, or ``not stated``.
        uar: mean and deviation over all folds of all seeds, fractions; no deviation over a single fold.
        wa: the same of the accuracy.
        folds: of each seed.
        mapping: emotions that were renamed or dropped; None if not recorded.
        partial: whether folds of the protocol were left out.
        differences: settings that are not those of the recipe as it ships; None if unknown.
        shortened: whether a kept experiment left out folds or changed its recipe to be shorter.
        shortening: the differences that were made for that.
    """

    recipe: str
    corpus: str
    labels: tuple[str, ...]
    protocol: str
    speakers: str
    back_end: str
    uar: tuple[float, float | None]
    wa: tuple[float, float | None]
    folds: tuple[int, ...]
    seeds: tuple[int, ...]
    mapping: Mapping[str, str] | None
    partial: bool
    differences: tuple[ChangedSetting, ...] | None
    places: tuple[ResultLocation, ...]
    shortened: bool
    shortening: tuple[ChangedSetting, ...]

    @property
    def as_shipped(self) -> bool:
        """Whether every setting is that of the recipe as it ships."""
        return self.differences == ()

    @property
    def is_recipe(self) -> bool:
        """Whether it is the shipped recipe, except for what makes it shorter."""
        return self.differences is not None and all(one in self.shortening for one in self.differences)


def measurements(results: Iterable[EvaluationResult], recipe: Recipe) -> list[Measurement]:
    """Combine the results of a shipped recipe: one measurement per corpus, protocol and settings.

    Those with the recipe's own settings come first, then those that were only shortened; complete ones before partial
    ones.
    """
    groups: dict[str, dict[int, EvaluationResult]] = {}
    shipped = recipe.parameters()
    for result in results:
        if result.recipe == recipe.name or _is_by_another_name(result, shipped):
            of_group = groups.setdefault(_question(result), {})
            known = of_group.get(result.seed)
            # The same run may be kept twice; the fuller file counts.
            if known is None or len(result.folds) > len(known.folds):
                of_group[result.seed] = result
    found = [_measurement([group[seed] for seed in sorted(group)], recipe.name, shipped) for group in groups.values()]
    return sorted(
        found,
        key=lambda one: (
            not one.as_shipped, not one.is_recipe, one.partial, one.corpus, one.protocol, len(one.differences or ())
        ),
    )  # fmt: skip


def _is_by_another_name(result: EvaluationResult, shipped: Mapping[str, Any]) -> bool:
    """Return whether a sweep's settings make another shipped recipe of it."""
    differences = _differences(result.parameters, shipped)
    return differences is not None and not [one for one in differences if not _shortens(one, result)]


def _shortens(difference: ChangedSetting, result: EvaluationResult) -> bool:
    return difference.key in {override.partition("=")[0].strip() for override in result.overrides}


def _question(result: EvaluationResult) -> str:
    """Return a key of all but the seed: results with one key differ by their seed alone."""
    settings = result.parameters
    if settings is None:  # of another release; they may still be distinguished
        settings = {key: value for key, value in result.settings.items() if key not in DESCRIBED}
    asked = [result.corpus, result.digest, result.labels, result.protocol, result.partial, result.back_end]
    return json.dumps([*asked, dict(settings)], sort_keys=True, default=str)


def _measurement(of_seeds: Sequence[EvaluationResult], recipe: str, shipped: Mapping[str, Any]) -> Measurement:
    first = of_seeds[0]
    heard = {result.speakers_heard for result in of_seeds}
    differences = _differences(first.parameters, shipped)
    return Measurement(
        recipe=recipe,
        corpus=first.corpus,
        labels=first.labels,
        protocol=first.protocol,
        speakers="heard" if True in heard else "not stated" if None in heard else "not heard",
        back_end=first.back_end,
        uar=_spread([score for result in of_seeds for score in result.of_folds("uar")]),
        wa=_spread([score for result in of_seeds for score in result.of_folds("wa")]),
        folds=tuple(len(result.folds) for result in of_seeds),
        seeds=tuple(result.seed for result in of_seeds),
        mapping=next((result.mapping for result in of_seeds if result.mapping is not None), None),
        partial=first.partial,
        differences=differences,
        places=tuple(result.place for result in of_seeds),
        shortened=any(result.shortened for result in of_seeds),
        shortening=tuple(one for one in differences or () if _shortens(one, first)),
    )


def _spread(scores: Sequence[float]) -> tuple[float, float | None]:
    return statistics.fmean(scores), statistics.stdev(scores) if len(scores) > 1 else None


def _differences(found: Mapping[str, Any] | None, shipped: Mapping[str, Any]) -> tuple[ChangedSetting, ...] | None:
    """Compare those settings that have an effect, one by one."""
    if found is None:
        return None
    return tuple(
        ChangedSetting(key, found.get(key, _ABSENT), shipped.get(key, _ABSENT))
        for key in sorted(found.keys() | shipped.keys())
        if found.get(key, _ABSENT) != shipped.get(key, _ABSENT) and (has_effect(key, found) or has_effect(key, shipped))
    )


def has_effect(key: str, parameters: Mapping[str, Any]) -> bool:
    """Return whether a setting changes training: the name of a stage does not, nor what the input has no use for.

    ``key`` is its dotted path among the recipe's :meth:`ser_core.recipes.Recipe.parameters`.
    """
    kind, (place, _, name) = parameters["front_end.kind"], key.partition(".")
    if place == "front_end":
        return uses(kind, name)
    if kind == NO_SOUND and place in ("encoder", "encoder_options"):
        return False
    return not (place == "stages" and key.count(".") == 2 and key.endswith(".name"))
