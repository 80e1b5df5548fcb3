"""Reader for result files.

A file of ``evaluate`` or of a sweep's point holds one result; one that keeps an experiment holds one for each of its
points and seeds.
"""

import dataclasses
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ser_core import plain_json
from ser_core.config import fill
from ser_core.errors import ConfigError, SerError, reason_of
from ser_core.evaluation.reliability import Reliability
from ser_core.experiments.fold_files import FoldScores
from ser_core.experiments.places import KEPT_EXPERIMENT, KEPT_RESULT, ResultLocation
from ser_core.experiments.rating_result import holds_ratings
from ser_core.experiments.result import EXPERIMENT_VERSION, VERSION
from ser_core.experiments.scores import deviation_in, score_in
from ser_core.experiments.sweep import RECIPE, SweepPoint
from ser_core.paths import changed
from ser_core.recipes import Recipe, load_recipe
from ser_core.recipes.recipe import parameters_of, settings_of


@dataclass(frozen=True)
class BackEndScore:
    """Scores of one back end on the test utterances, from 0 to 1: one value, or the mean over folds.

    Deviations are over folds, None for one fold.
    """

    uar: float
    wa: float
    uar_std: float | None = None
    wa_std: float | None = None


@dataclass(frozen=True)
class EvaluationResult:
    """Result of a recipe over the folds of a protocol with one seed.

    Attributes:
        settings: table of the recipe as it was trained.
        corpus_option: how it was named on the command line; empty in files of earlier releases.
        mapping: emotions that were renamed or dropped; None in files of earlier releases.
        digest: of the corpus's list of utterances, emotions mapped.
        scores: back end → its score after the last stage.
        partial: whether folds of the protocol were left out.
        epochs: that were trained, the mean over the folds.
        made: time of writing, in seconds since 1970; None if unknown.
        shortened: whether a kept experiment left out folds or changed its recipe to be shorter.
        overrides: ``key=value`` assignments that changed the recipe for that.
        reliability: on the test utterances of all folds; None in files of earlier releases.
    """

    place: ResultLocation
    recipe: str
    settings: Mapping[str, Any]
    corpus: str
    corpus_option: str
    mapping: Mapping[str, str] | None
    digest: str
    labels: tuple[str, ...]
    protocol: str
    seed: int
    back_end: str
    folds: tuple[FoldScores, ...]
    scores: Mapping[str, BackEndScore]
    partial: bool
    epochs: int
    made: float | None
    shortened: bool = False
    overrides: tuple[str, ...] = ()
    reliability: Reliability | None = None

    @cached_property
    def parameters(self) -> Mapping[str, Any] | None:
        """Every setting by its dotted path; None where the recipe is of a release that this one does not understand."""
        return parameters_of(self.settings)

    @property
    def speakers_heard(self) -> bool | None:
        """Whether test speakers were heard in training, as counted; None where they were not counted."""
        overlaps = [fold.speaker_overlap for fold in self.folds]
        return True if any(overlaps) else None if None in overlaps else False

    @property
    def fold_numbers(self) -> tuple[int, ...]:
        """The protocol's numbers of the folds that were done."""
        return tuple(fold.fold for fold in self.folds)

    def of_folds(self, metric: str) -> list[float]:
        """Return ``uar`` or ``wa`` of every fold, fractions from 0 to 1."""
        return [float(getattr(fold, metric)) for fold in self.folds]


def read_results(place: ResultLocation) -> tuple[EvaluationResult, ...]:
    """Read the results of a file of ``evaluate``, ``sweep`` or ``reproduce``; none for another JSON file.

    A file of ratings has none of emotions: :func:`ser_core.experiments.rating_result.read_ratings` reads it.

    Raises:
        ConfigError: if it is damaged, or of another version.
    """
    try:
        content = plain_json.read(place.path)
        if not isinstance(content, dict):
            return ()
        if {"experiment", "runs"} <= content.keys():
            _require_version(content, EXPERIMENT_VERSION)
            return tuple(_result(of_run, table) for of_run, table in _runs(place, content))
        if holds_ratings(content):
            return ()
        if {"recipe", "folds", "settings"} <= content.keys():
            _require_version(content, VERSION)
            return (_result(place, content),)
        return ()
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ConfigError) as error:
        raise ConfigError(
            f"Expected a result file at {place.path}; got: {reason_of(error)}. Make it again, or move it to "
            "another folder."
        ) from error


def is_shortened(content: Mapping[str, Any]) -> bool:
    """Say whether a kept experiment left out folds or changed its recipe to be shorter."""
    return bool(content["overrides"] or content["folds"])


def _require_version(content: Mapping[str, Any], version: int) -> None:
    if content.get("version") != version:
        raise ValueError(f"version {content.get('version')!r} instead of {version}")


def _runs(place: ResultLocation, content: Mapping[str, Any]) -> Iterator[tuple[ResultLocation, dict[str, Any]]]:
    """Yield each point and seed of a kept experiment in the form of a result file of its own."""
    for run in content["runs"]:
        settings = _settings_of(run, content)
        recipe = settings.get("name", Path(_recipe_of(run, content)).stem)
        name = f"{place.name}/{run['point']}/seed-{run['seed']}"
        table = {**content, **run, "recipe": recipe, "settings": settings}
        table |= {"partial": bool(content["folds"]), "shortened": is_shortened(content)}
        yield dataclasses.replace(place, name=name, point=run["point"]), table


def _settings_of(run: Mapping[str, Any], content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the recipe of a run as a table; empty if unknown."""
    if "settings" in run:
        return dict(run["settings"])
    # A file of an earlier release holds those of its last run alone. If they can be made again from the recipes of this
    # release, so can the others.
    try:
        if _shipped(content["runs"][-1], content).parameters() == fill(Recipe, content["settings"]).parameters():
            return settings_of(_shipped(run, content))
    except SerError:
        pass
    return {}


def _shipped(run: Mapping[str, Any], content: Mapping[str, Any]) -> Recipe:
    return load_recipe(_recipe_of(run, content), [*content["overrides"], *SweepPoint(run["values"]).assignments])


def _recipe_of(run: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    return str(run["values"].get(RECIPE, content["recipe"]))


def _result(place: ResultLocation, content: Mapping[str, Any]) -> EvaluationResult:
    kinds = {
        "recipe": str, "settings": dict, "corpus": str, "manifest_digest": str, "labels": list, "protocol": str,
        "seed": int, "back_end": str, "folds": list, "stages": list,
    }  # fmt: skip
    kinds |= {"mapping": dict} if "mapping" in content else {}
    wrong = [name for name, kind in kinds.items() if not isinstance(content.get(name), kind)]
    wrong += [name for name in ("folds", "stages") if name not in wrong and not content[name]]
    if wrong:
        raise ValueError(f"no {', '.join(wrong)}, or of another kind")
    folds = tuple(FoldScores.from_table(fold, f"folds.{place}") for place, fold in enumerate(content["folds"]))
    reliability = content.get("reliability")
    result = EvaluationResult(
        place=place,
        recipe=content["recipe"],
        settings=content["settings"],
        corpus=content["corpus"],
        corpus_option=str(content.get("corpus_option", "")),
        mapping=content.get("mapping"),
        digest=content["manifest_digest"],
        labels=tuple(map(str, content["labels"])),
        protocol=content["protocol"],
        seed=content["seed"],
        back_end=content["back_end"],
        folds=folds,
        scores={
            name: BackEndScore(
                score_in(found, "uar_mean"),
                score_in(found, "wa_mean"),
                deviation_in(found, "uar_std"),
                deviation_in(found, "wa_std"),
            )
            for name, found in content["stages"][-1]["back_ends"].items()
        },
        partial=bool(content.get("partial")),
        epochs=round(statistics.fmean(fold.epochs for fold in folds)),
        # A kept result has the date of the copy of the repository.
        made=None if place.kind in (KEPT_RESULT, KEPT_EXPERIMENT) else changed(place.path) / 1e9,
        shortened=bool(content.get("shortened")),
        overrides=tuple(map(str, content.get("overrides", ()))),
        reliability=None if reliability is None else Reliability.from_table(reliability, "reliability"),
    )
    if len(set(result.fold_numbers)) < len(result.folds):
        raise ValueError(f"a fold more than once: {result.fold_numbers}")
    return result
