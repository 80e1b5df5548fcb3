"""Verdicts on claims from saved predictions, by ``docs/decisions/0019-verdicts-that-claim-no-more.md``."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from ser_core.evaluation.comparison import difference_of_tables, score_of_table
from ser_core.evaluation.metrics import uar, wa
from ser_core.evaluation.seeds import FEWEST_SEEDS, ScoreDifference
from ser_core.evaluation.statistics import Interval, Metric
from ser_core.reproduction.plan import SEEDS_TO_REFUTE, Claim, ClaimSystem, Experiment
from ser_core.reproduction.saving import SavedExperiment
from ser_core.written_numbers import fixed

HOLDS = "holds"
SMALLER = "smaller than claimed"
FAILS = "fails"
NOT_SEEN = "not seen at this budget"
NOT_TESTABLE = "not testable on this corpus"
HARDLY = 0.03  # differences of less than three points hardly matter
LEVEL = 0.95
METRICS: Mapping[str, Metric] = MappingProxyType({"uar": uar, "wa": wa})


@dataclass(frozen=True)
class ClaimVerdict:
    """Verdict on a claim, one of the five above.

    ``found`` are the figures it rests on, in words; ``needs`` is what a decision would need, empty if there is one, or
    none is possible.
    """

    verdict: str
    found: str
    needs: tuple[str, ...] = ()


def judge(claim: Claim, experiment: Experiment | None, kept: SavedExperiment | None) -> ClaimVerdict:
    """Decide a claim by its experiment as planned, None if not testable, and as kept, None if it was not run.

    Raises:
        InputError: if the claim asks for systems that the experiment does not have.
    """
    if experiment is None:
        return ClaimVerdict(NOT_TESTABLE, claim.remark)
    if kept is None:
        return ClaimVerdict(NOT_SEEN, "not run", ("a run", *_other_contrast(claim, experiment)))
    lacks = (*_other_contrast(claim, experiment), *_lacks_of_a_full_run(claim, experiment, kept))
    if len(kept.content["seeds"]) < FEWEST_SEEDS:
        return ClaimVerdict(NOT_SEEN, _means(kept, claim), lacks)
    judged = JUDGES[claim.kind](claim, kept)
    refuted = judged.verdict in (FAILS, SMALLER)
    if _other_contrast(claim, experiment) or (refuted and lacks):
        return replace(judged, verdict=NOT_SEEN, needs=lacks)
    return replace(judged, needs=(*lacks, *judged.needs) if judged.verdict == NOT_SEEN else ())


def _other_contrast(claim: Claim, experiment: Experiment) -> tuple[str, ...]:
    """Say which values the paper compares, where the claim compares others: those prove nothing about its claim."""
    if not claim.of_paper:
        return ()
    needs = []
    for axis in experiment.full_sweep().axes:
        compared = claim.compared(axis.name, experiment.values.get(axis.name, axis.values))
        if any(value not in axis.published for value in compared):
            theirs = ", ".join(map(str, axis.published))
            needs.append(
                f"the paper's own values of {axis.name}, {f'of which it prints {theirs}' if theirs else 'lost'}"
            )
    return tuple(needs)


def _lacks_of_a_full_run(claim: Claim, experiment: Experiment, kept: SavedExperiment) -> tuple[str, ...]:
    """List what a full run would need in addition."""
    full, content, lacks = experiment.full_sweep(), kept.content, []
    if set(content["overrides"]) - set(full.overrides):
        lacks.append("the recipe's own epochs and frames")
    if content["folds"] and tuple(content["folds"]) != full.folds:
        lacks.append("every fold")
    for axis in full.axes:
        left_out = len(axis.values) - len(kept.values_of(axis.name))
        if claim.leaves_open(axis.name) and left_out > 0:
            lacks.append(f"{left_out} more values of {axis.name}")
    more = SEEDS_TO_REFUTE - len(content["seeds"])
    if more > 0:
        lacks.append(f"{more} more {'seed' if more == 1 else 'seeds'}")
    return tuple(lacks)


def _gain(claim: Claim, kept: SavedExperiment) -> ClaimVerdict:
    """Holds if the interval is above zero and reaches the claimed size; fails below zero, is smaller in between."""
    found, size = _difference(claim, kept, claim.first, claim.second), claim.points / 100
    above = found.low > 0
    verdict = _verdict(holds=above and found.high >= size, smaller=above, fails=found.high < 0)
    width = f"an interval of at most ±{claim.points / 2:g} points" if size else "an interval without zero"
    return ClaimVerdict(verdict, points_with_interval(found), (f"{width} (now ±{50 * (found.high - found.low):.1f})",))


def _first_of(claim: Claim, kept: SavedExperiment) -> ClaimVerdict:
    """Holds if the winner at its best point beats each rival at its best; fails if a rival beats it."""
    best = {value: _best(claim, kept, value) for value in kept.values_of(claim.axis)}
    pairs = [(system, best[claim.winner]) for value, system in best.items() if value != claim.winner]
    found = dict(zip([value for value in best if value != claim.winner], _family(claim, kept, pairs), strict=True))
    verdict = _verdict(
        holds=all(one.low > 0 for one in found.values()), fails=any(one.high < 0 for one in found.values())
    )
    listed = "; ".join(f"{claim.winner} − {value}: {points_with_interval(one)}" for value, one in found.items())
    depths = ", ".join(f"{value} at {_free(claim, system)}" for value, system in best.items())
    needs = f"intervals without zero for all {len(found)} rivals"
    return ClaimVerdict(verdict, f"each at its best ({depths}), {_corrected(len(found))}: {listed}", (needs,))


def _improves(claim: Claim, kept: SavedExperiment) -> ClaimVerdict:
    """Holds if some value of the axis beats the fixed one; fails if each is worse."""
    reference = claim.first.point[claim.axis]
    others = [value for value in kept.values_of(claim.axis) if value != reference]
    found = _family(claim, kept, [(claim.first, _with(claim, value)) for value in others])
    verdict = _verdict(holds=any(one.low > 0 for one in found), fails=all(one.high < 0 for one in found))
    listed = "; ".join(
        f"{value} − {reference}: {points_with_interval(one)}" for value, one in zip(others, found, strict=True)
    )
    return ClaimVerdict(verdict, f"{listed}, {_corrected(len(found))}", ("an interval without zero for one value",))


def _hardly_matters(claim: Claim, kept: SavedExperiment) -> ClaimVerdict:
    """Holds if every difference lies within three points of zero; fails if one lies wholly beyond."""
    pairs = list(itertools.combinations(kept.values_of(claim.axis), 2))
    found = _family(claim, kept, [(_with(claim, one), _with(claim, other)) for one, other in pairs])
    verdict = _verdict(
        holds=all(max(abs(one.low), abs(one.high)) < HARDLY for one in found),
        fails=any(one.low > HARDLY or one.high < -HARDLY for one in found),
    )
    widest = max(found, key=lambda one: abs(one.estimate))
    listed = f"{_means(kept, claim)}; largest difference {points_with_interval(widest)}, {_corrected(len(found))}"
    return ClaimVerdict(verdict, listed, (f"every interval within ±{100 * HARDLY:g} points",))


def _level(claim: Claim, kept: SavedExperiment) -> ClaimVerdict:
    """Holds if the interval reaches the published score; fails if it stays below."""
    found = score_of_table(kept.table(claim.first), kept.content["labels"], metric=METRICS[claim.metric], level=LEVEL)
    reached = found.high >= claim.points / 100
    return ClaimVerdict(_verdict(holds=reached, fails=not reached), percent_with_interval(found))


JUDGES: Mapping[str, Callable[[Claim, SavedExperiment], ClaimVerdict]] = MappingProxyType(
    {
        "gain": _gain,
        "first-of": _first_of,
        "improves": _improves,
        "hardly-matters": _hardly_matters,
        "level": _level,
    }
)


def _verdict(*, holds: bool, fails: bool, smaller: bool = False) -> str:
    """Return the verdict of a full run; :func:`judge` takes that of a shortened one back."""
    if holds:
        return HOLDS
    return SMALLER if smaller else FAILS if fails else NOT_SEEN


def _difference(
    claim: Claim, kept: SavedExperiment, first: ClaimSystem, second: ClaimSystem, level: float = LEVEL
) -> ScoreDifference:
    return difference_of_tables(
        kept.table(first),
        kept.table(second),
        kept.content["labels"],
        metric=METRICS[claim.metric],
        level=level,
    )


def _family(
    claim: Claim, kept: SavedExperiment, pairs: Sequence[tuple[ClaimSystem, ClaimSystem]]
) -> list[ScoreDifference]:
    """Compare several pairs at a level that keeps the chance of any wrong interval at 5 % (Bonferroni)."""
    level = 1 - (1 - LEVEL) / len(pairs)
    return [_difference(claim, kept, first, second, level) for first, second in pairs]


def _corrected(comparisons: int) -> str:
    if comparisons == 1:
        return "one comparison"
    return f"{comparisons} intervals that hold together in 95 % (Bonferroni)"


def _with(claim: Claim, value: Any) -> ClaimSystem:
    """The claim's fixed values, and one of its axis."""
    return ClaimSystem({**claim.first.point, claim.axis: value}, claim.first.stage, claim.first.back_end)


def _best(claim: Claim, kept: SavedExperiment, value: Any) -> ClaimSystem:
    """The point with the highest mean score over seeds among those with one value of the claim's axis."""
    runs = kept.runs(_with(claim, value))
    names = {axis["key"]: axis["name"] for axis in kept.content["axes"]}

    def mean(point: str) -> float:
        return float(np.mean([run[f"{claim.metric}_mean"] for run in runs if run["point"] == point]))

    best = max(dict.fromkeys(run["point"] for run in runs), key=mean)
    values = next(run["values"] for run in runs if run["point"] == best)
    return ClaimSystem({names[key]: chosen for key, chosen in values.items()}, claim.first.stage, claim.first.back_end)


def _free(claim: Claim, system: ClaimSystem) -> str:
    """The values of a point that the claim leaves open."""
    named = {claim.axis, *claim.first.point}
    return ", ".join(f"{name} {value}" for name, value in system.point.items() if name not in named)


def _means(kept: SavedExperiment, claim: Claim) -> str:
    """Mean score of every point, in percent."""
    points: dict[str, list[float]] = {}
    for run in kept.content["runs"]:
        points.setdefault(run["point"], []).append(run[f"{claim.metric}_mean"])
    return ", ".join(f"{point}: {100 * np.mean(values):.1f}" for point, values in points.items())


def points_with_interval(difference: ScoreDifference) -> str:
    """Write a difference of two scores with its interval."""
    low, estimate, high = (
        fixed(100 * value, 1, signed=True) for value in (difference.low, difference.estimate, difference.high)
    )
    return f"{estimate} points ({low} to {high})"


def percent_with_interval(found: Interval) -> str:
    """Write a score with its interval."""
    return f"{100 * found.estimate:.1f} % ({100 * found.low:.1f} to {100 * found.high:.1f})"
