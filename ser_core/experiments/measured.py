"""What was measured: result files found again, those of one question at several seeds together."""

import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ser_core.config import fill
from ser_core.errors import ConfigError
from ser_core.experiments.result import VERSION
from ser_core.recipes import Recipe
from ser_core.recipes.recipe import DESCRIBED
from ser_core.workspace import results_directory

KEPT = Path(__file__).resolve().parents[2] / "docs" / "results"
_ABSENT = "not set"


@dataclass(frozen=True)
class Result:
    """One result file, as ``evaluate`` and ``sweep`` write it.

    Attributes:
        path: of the file.
        content: see ``docs/contract.md``.
    """

    path: Path
    content: Mapping[str, Any]

    def scores(self, name: str) -> list[float]:
        """Return ``uar`` or ``wa`` of every fold, fractions from 0 to 1."""
        return [float(fold[name]) for fold in self.content["folds"]]

    @property
    def speakers(self) -> str:
        """Whether test speakers were ``heard`` or ``not heard`` in training: as counted, not as promised."""
        overlaps = [fold.get("speaker_overlap") for fold in self.content["folds"]]
        if any(overlaps):
            return "heard"
        return "not stated" if None in overlaps else "not heard"


@dataclass(frozen=True)
class Difference:
    """A setting that a result was not obtained with as the recipe ships.

    Attributes:
        key: dotted path in the recipe.
        value: in the result file.
        shipped: in the recipe.
    """

    key: str
    value: Any
    shipped: Any


@dataclass(frozen=True)
class Measurement:
    """One recipe on one corpus by one protocol, over all seeds that there are.

    Attributes:
        recipe: its name.
        corpus: its name.
        labels: emotions that were told apart.
        protocol: a name of :data:`ser_core.corpora.protocols.PROTOCOLS`.
        speakers: whether test speakers were ``heard`` in training, ``not heard``, or ``not stated``.
        back_end: that was scored.
        uar: mean and deviation over all folds of all seeds, fractions; no deviation over a single fold.
        wa: the same of the accuracy.
        folds: of each seed.
        seeds: that were trained.
        partial: whether folds of the protocol were left out.
        differences: settings that are not those of the recipe as it ships; none if it cannot be told.
        files: that it was read from.
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
    partial: bool
    differences: tuple[Difference, ...] | None
    files: tuple[Path, ...]

    @property
    def as_shipped(self) -> bool:
        """Whether every setting is that of the recipe as it ships."""
        return self.differences == ()


def result_files() -> list[Path]:
    """List the JSON files that may be results: those kept in ``docs/results`` and those in the workspace."""
    found = [*sorted(KEPT.glob("*.json")), *sorted(results_directory().rglob("*.json"))]
    # A sweep keeps every fold in a file of its own, and files that begin with a dot are being written.
    return [path for path in found if not path.name.startswith((".", "fold-"))]


def read_results(paths: Iterable[Path]) -> tuple[list[Result], list[tuple[Path, str]]]:
    """Read result files, and leave what is none, such as ``sweep.json``.

    Returns:
        The results; and the files that cannot be read, each with the reason.
    """
    results, unreadable = [], []
    for path in paths:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(content, dict) and {"recipe", "settings", "folds"} <= content.keys():
                results.append(_checked(path, content))
        except (OSError, ValueError, KeyError, TypeError, ConfigError) as error:
            unreadable.append((path, " ".join(str(error).split()) or type(error).__name__))
    return results, unreadable


def measurements(results: Iterable[Result], recipe: Recipe) -> list[Measurement]:
    """Put the results of a recipe together: one measurement per corpus, protocol and settings.

    Args:
        results: of any recipe.
        recipe: as it ships.

    Returns:
        Those with the recipe's own settings first, complete ones before partial ones.
    """
    groups: dict[str, dict[int, Result]] = {}
    for result in results:
        if result.content["recipe"] == recipe.name:
            of_group = groups.setdefault(_question(result.content), {})
            known = of_group.get(int(result.content["seed"]))
            # The same run may be kept twice; the fuller file counts.
            if known is None or len(result.content["folds"]) > len(known.content["folds"]):
                of_group[int(result.content["seed"])] = result
    found = [_measurement([group[seed] for seed in sorted(group)], recipe) for group in groups.values()]
    return sorted(
        found, key=lambda one: (not one.as_shipped, one.partial, one.corpus, one.protocol, len(one.differences or ()))
    )


def _checked(path: Path, content: dict[str, Any]) -> Result:
    if content.get("version") != VERSION:
        raise ConfigError(f"Expected a result of version {VERSION}; got {content.get('version')!r}.")
    wanted = {
        "recipe": str, "settings": dict, "corpus": str, "protocol": str, "labels": list, "folds": list, "seed": int,
        "back_end": str,
    }  # fmt: skip
    wrong = [name for name, kind in wanted.items() if not isinstance(content.get(name), kind)]
    if wrong or not content["folds"]:
        raise ConfigError(f"Expected {', '.join(wrong) or 'at least one fold'}; missing or of another kind.")
    result = Result(path, content)
    for name in ("uar", "wa"):
        if not all(0 <= score <= 1 for score in result.scores(name)):
            raise ConfigError(f"Expected {name} of every fold from 0 to 1; got {result.scores(name)}.")
    return result


def _question(content: Mapping[str, Any]) -> str:
    """Name what a result answers; results of one name differ by their seed alone."""
    settings = {key: value for key, value in content["settings"].items() if key not in DESCRIBED}
    partial = bool(content.get("partial"))
    asked = [content["corpus"], content.get("manifest_digest"), content["labels"], content["protocol"], partial]
    return json.dumps([*asked, content["back_end"], settings], sort_keys=True)


def _measurement(of_seeds: Sequence[Result], recipe: Recipe) -> Measurement:
    first = of_seeds[0].content
    heard = {result.speakers for result in of_seeds}
    return Measurement(
        recipe=recipe.name,
        corpus=first["corpus"],
        labels=tuple(map(str, first["labels"])),
        protocol=first["protocol"],
        speakers=next(said for said in ("heard", "not stated", "not heard") if said in heard),
        back_end=first["back_end"],
        uar=_spread([score for result in of_seeds for score in result.scores("uar")]),
        wa=_spread([score for result in of_seeds for score in result.scores("wa")]),
        folds=tuple(len(result.content["folds"]) for result in of_seeds),
        seeds=tuple(int(result.content["seed"]) for result in of_seeds),
        partial=bool(first.get("partial")),
        differences=_differences(first["settings"], recipe),
        files=tuple(result.path for result in of_seeds),
    )


def _spread(scores: Sequence[float]) -> tuple[float, float | None]:
    return statistics.fmean(scores), statistics.stdev(scores) if len(scores) > 1 else None


def _differences(settings: Mapping[str, Any], recipe: Recipe) -> tuple[Difference, ...] | None:
    """Compare setting by setting; what a file of an earlier release does not name had today's default."""
    try:
        found = fill(Recipe, settings).parameters()
    except (ConfigError, TypeError, ValueError):
        return None
    shipped = recipe.parameters()
    return tuple(
        Difference(key, found.get(key, _ABSENT), shipped.get(key, _ABSENT))
        for key in sorted(found.keys() | shipped.keys())
        if found.get(key, _ABSENT) != shipped.get(key, _ABSENT)
    )
