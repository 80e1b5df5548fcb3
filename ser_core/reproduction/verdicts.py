"""From kept predictions to a verdict, by rules that are written down before anything is run.

Differences are bootstrapped by speaker and seed, paired; with fewer than three seeds nothing is decided.
"""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from ser_core.evaluation.comparison import difference_of_tables
from ser_core.evaluation.metrics import uar, wa
from ser_core.evaluation.statistics import FEWEST_SEEDS, Difference, Metric, interval_by_speaker
from ser_core.reproduction.keeping import Kept
from ser_core.reproduction.plan import Claim, System

HOLDS = "holds"
FAILS = "fails"
UNDECIDED = "undecided at this budget"
NOT_TESTABLE = "not testable on this corpus"
HARDLY = 0.03  # differences of less than three points hardly matter
LEVEL = 0.95
METRICS: Mapping[str, Metric] = MappingProxyType({"uar": uar, "wa": wa})


@dataclass(frozen=True)
class Judged:
    """A claim, decided or not.

    Attributes:
        verdict: one of the four above.
        found: the figures it rests on, in words.
    """

    verdict: str
    found: str


def judge(claim: Claim, kept: Kept | None) -> Judged:
    """Decide a claim by its experiment.

    Args:
        claim: to decide.
        kept: what is kept of its experiment; None if it was not run.

    Raises:
        InputError: if the claim asks for systems that the experiment does not have.
    """
    if claim.kind == "not-testable":
        return Judged(NOT_TESTABLE, claim.remark)
    if kept is None:
        return Judged(UNDECIDED, "not run")
    seeds = len({run["seed"] for run in kept.content["runs"]})
    if seeds < FEWEST_SEEDS:
        means = _means(kept, claim)
        return Judged(UNDECIDED, f"{means}; {seeds} of the {FEWEST_SEEDS} seeds that a verdict needs")
    return JUDGES[claim.kind](claim, kept)


def _gain(claim: Claim, kept: Kept) -> Judged:
    """Holds if the whole interval is above zero; fails if it lies below the claimed gain, or zero if none is named."""
    difference = _difference(claim, kept, claim.first, claim.second)
    if difference.low > 0:
        verdict = HOLDS
    elif difference.high < max(claim.points / 100, 0.0):
        verdict = FAILS
    else:
        verdict = UNDECIDED
    return Judged(verdict, _in_points(difference))


def _first_of(claim: Claim, kept: Kept) -> Judged:
    """Holds if the winner at its best point beats each rival at its best; fails if a rival beats the winner."""
    best = {value: _best(claim, kept, value) for value in kept.values_of(claim.axis)}
    against = {
        value: _difference(claim, kept, system, best[claim.winner])
        for value, system in best.items()
        if value != claim.winner
    }
    if all(difference.low > 0 for difference in against.values()):
        verdict = HOLDS
    elif any(difference.high < 0 for difference in against.values()):
        verdict = FAILS
    else:
        verdict = UNDECIDED
    told = "; ".join(f"{claim.winner} − {value}: {_in_points(found)}" for value, found in against.items())
    depths = ", ".join(f"{value} at {_free(claim, system)}" for value, system in best.items())
    return Judged(verdict, f"each at its best ({depths}): {told}")


def _matters(claim: Claim, kept: Kept) -> Judged:
    """Holds if any two values differ; undecided otherwise, since no difference can be proved to be nothing."""
    differences = _all_pairs(claim, kept)
    holds = any(difference.low > 0 or difference.high < 0 for difference in differences)
    return Judged(HOLDS if holds else UNDECIDED, f"{_means(kept, claim)}; {_widest(differences)}")


def _hardly_matters(claim: Claim, kept: Kept) -> Judged:
    """Holds if every difference lies within three points of zero; fails if one lies wholly beyond."""
    differences = _all_pairs(claim, kept)
    if all(max(abs(difference.low), abs(difference.high)) < HARDLY for difference in differences):
        verdict = HOLDS
    elif any(difference.low > HARDLY or difference.high < -HARDLY for difference in differences):
        verdict = FAILS
    else:
        verdict = UNDECIDED
    return Judged(verdict, f"{_means(kept, claim)}; {_widest(differences)}")


def _level(claim: Claim, kept: Kept) -> Judged:
    """Holds if the interval reaches the published score; fails if it stays below."""
    table = kept.table(claim.first)
    found = interval_by_speaker(
        table["emotion"], table["predicted"], table["speaker"], kept.content["labels"], metric=METRICS[claim.metric]
    )
    verdict = HOLDS if found.high >= claim.points / 100 else FAILS
    return Judged(verdict, f"{100 * found.estimate:.1f} % ({100 * found.low:.1f} to {100 * found.high:.1f})")


JUDGES: Mapping[str, Callable[[Claim, Kept], Judged]] = MappingProxyType(
    {
        "gain": _gain,
        "first-of": _first_of,
        "matters": _matters,
        "hardly-matters": _hardly_matters,
        "level": _level,
    }
)


def _difference(claim: Claim, kept: Kept, first: System, second: System, level: float = LEVEL) -> Difference:
    return difference_of_tables(
        kept.table(first),
        kept.table(second),
        kept.content["labels"],
        metric=METRICS[claim.metric],
        level=level,
    )


def _with(claim: Claim, value: Any) -> System:
    """The claim's fixed values, and one of its axis."""
    return System({**claim.first.point, claim.axis: value}, claim.first.stage, claim.first.back_end)


def _best(claim: Claim, kept: Kept, value: Any) -> System:
    """The point with the highest mean score over seeds among those with one value of the claim's axis."""
    runs = kept.runs(_with(claim, value))
    names = {axis["key"]: axis["name"] for axis in kept.content["axes"]}

    def mean(point: str) -> float:
        return float(np.mean([run[f"{claim.metric}_mean"] for run in runs if run["point"] == point]))

    best = max(dict.fromkeys(run["point"] for run in runs), key=mean)
    values = next(run["values"] for run in runs if run["point"] == best)
    return System({names[key]: chosen for key, chosen in values.items()}, claim.first.stage, claim.first.back_end)


def _free(claim: Claim, system: System) -> str:
    """The values of a point that the claim leaves open."""
    fixed = {claim.axis, *claim.first.point}
    return ", ".join(f"{name} {value}" for name, value in system.point.items() if name not in fixed)


def _all_pairs(claim: Claim, kept: Kept) -> list[Difference]:
    """Every two values of the axis, at a level that keeps the chance of any false difference at 5 % (Bonferroni)."""
    pairs = list(itertools.combinations(kept.values_of(claim.axis), 2))
    level = 1 - (1 - LEVEL) / len(pairs)
    return [_difference(claim, kept, _with(claim, one), _with(claim, other), level) for one, other in pairs]


def _widest(differences: list[Difference]) -> str:
    widest = max(differences, key=lambda difference: abs(difference.estimate))
    return f"largest difference {_in_points(widest)}"


def _means(kept: Kept, claim: Claim) -> str:
    """Mean score of every point, in percent."""
    points: dict[str, list[float]] = {}
    for run in kept.content["runs"]:
        points.setdefault(run["point"], []).append(run[f"{claim.metric}_mean"])
    return ", ".join(f"{point}: {100 * np.mean(values):.1f}" for point, values in points.items())


def _in_points(difference: Difference) -> str:
    bounds = f"{100 * difference.low:+.1f} to {100 * difference.high:+.1f}"
    return f"{100 * difference.estimate:+.1f} points ({bounds})"
