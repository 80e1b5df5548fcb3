"""Scores before and after the last stage of training, without a verdict."""

from collections.abc import Mapping

from ser_core.evaluation.comparison import difference_of_tables
from ser_core.evaluation.seeds import FEWEST_SEEDS
from ser_core.reproduction.plan import ClaimSystem, ReproductionPlan
from ser_core.reproduction.saving import SavedExperiment
from ser_core.reproduction.verdicts import points_with_interval

_SWEEP = "triplet-after-softmax"


def stages(plan: ReproductionPlan, kept: Mapping[str, SavedExperiment | None]) -> str:
    """Write a section with the gain of the last stage over the first, back end by back end.

    For experiments with two stages; only heading and text where nothing was run.
    """
    lines = [
        "## Before and after triplets\n",
        "UA of the same runs after their softmax stage and after their triplet stage. The second has had more steps, "
        "so that a gain here is not a gain by triplets; that question is judged above, against softmax continued for "
        "the same steps. The four intervals of a row hold together in 95 % (Bonferroni).\n",
    ]
    back_ends = ("head", "angle", "svm", "knn")
    lines += [
        f"| experiment | system | {' | '.join(f'by {name}' for name in back_ends)} |",
        "|---|---|" + "---|" * len(back_ends),
    ]
    for experiment in plan.experiments:
        found = kept.get(experiment.name)
        if experiment.sweep != _SWEEP or found is None or len(found.content["seeds"]) < FEWEST_SEEDS:
            continue
        for system in found.values_of("system"):
            cells = [_gain(found, str(system), name, len(back_ends)) for name in back_ends]
            lines.append(f"| [{experiment.name}](#{experiment.name}) | {system} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _gain(kept: SavedExperiment, system: str, back_end: str, comparisons: int) -> str:
    point = {"system": system}
    first, last = (stage["stage"] for stage in kept.runs(ClaimSystem(point))[0]["stages"])
    before, after = (kept.table(ClaimSystem(point, stage, back_end)) for stage in (first, last))
    return points_with_interval(
        difference_of_tables(before, after, kept.content["labels"], level=1 - 0.05 / comparisons)
    )
