"""The interval around predicted arousal, made when a fold is trained."""

import numpy as np

from ser_core.evaluation.conformal import LEVEL, ConformalInterval, conformal_half_width
from ser_core.tasks import ArousalProxyTask
from ser_core.tasks.arousal_proxy import CALM, EXCITED
from ser_core.training.fit import Fitted
from ser_core.training.plan import Plan


def arousal_interval_of(plan: Plan, fitted: Fitted) -> ConformalInterval | None:
    """Make the interval around predicted arousal, from development utterances or, without any, those of training.

    None without a task of arousal. Where there are too few utterances it spans the whole scale.
    """
    task = next((task for task in fitted.tasks if isinstance(task, ArousalProxyTask)), None)
    if task is None:
        return None
    truth = task.labels(plan.manifest).values[:, 0]
    known = ~np.isnan(truth)
    development = [row for row in plan.fold.development if known[row]]
    rows = development or [row for row in plan.fold.train if known[row]]
    predicted = task.arousal(fitted.spaces[-1].heads[task.name])[rows]
    return ConformalInterval(
        half_width=min(EXCITED - CALM, conformal_half_width(truth[rows], predicted)),
        level=LEVEL,
        utterances=len(rows),
        speakers=len({plan.manifest.utterances[row].speaker for row in rows}),
        part="development" if development else "train",
    )
