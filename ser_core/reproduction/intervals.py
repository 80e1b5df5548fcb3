"""Format of scores with intervals in the report."""

from ser_core.evaluation.seeds import ScoreDifference
from ser_core.evaluation.statistics import Interval


def points_with_interval(difference: ScoreDifference) -> str:
    """Write a difference of two scores with its interval."""
    bounds = f"{100 * difference.low:+.1f} to {100 * difference.high:+.1f}"
    return f"{100 * difference.estimate:+.1f} points ({bounds})"


def percent_with_interval(found: Interval) -> str:
    """Write a score with its interval."""
    return f"{100 * found.estimate:.1f} % ({100 * found.low:.1f} to {100 * found.high:.1f})"
