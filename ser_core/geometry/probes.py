"""Linear probes of an embedding, cross-validated over groups."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.labels import codes
from ser_core.types import FloatArray

FOLDS = 5
STEPS = 200  # of the solver; a probe that has not settled by then is right enough


@dataclass(frozen=True)
class ProbeResult:
    """Result of a linear probe.

    Attributes:
        score: recall of each class on groups that it was not fitted on, averaged over the classes; 0 to 1.
        chance: what guessing reaches, 1 by the number of classes.
        classes: classes that were distinguished.
        left_out: those that occur in one group only, so that they cannot be both learned and tested.
        groups: how many there are.
        folds: how often it was fitted.
    """

    score: float
    chance: float
    classes: tuple[str, ...]
    left_out: tuple[str, ...]
    groups: int
    folds: int


def linear_probe(embeddings: FloatArray, labels: Sequence[str], groups: Sequence[str], *, seed: int = 0) -> ProbeResult:
    """Cross-validate a logistic regression of labels on embeddings ``(B, D)`` over groups.

    Vectors are standardised by the groups it is fitted on, and every class weighs the same. A group is never both
    trained and tested on. There are at most as many folds as groups, and as utterances of the largest class.

    Raises:
        InputError: if fewer than two classes occur in two groups each.

    References:
        Alain and Bengio (2017), "Understanding intermediate layers using linear classifier probes", ICLR workshop.
    """
    names, places = np.asarray(labels, dtype=object), np.asarray(groups, dtype=object)
    if not len(names) == len(places) == len(embeddings):
        raise InputError(
            f"Expected a label and a group for each of {len(embeddings)} embeddings; got {len(names)} and "
            f"{len(places)}. Check the table."
        )
    every = sorted(set(names))
    classes = tuple(name for name in every if len(set(places[names == name])) > 1)
    if len(classes) < 2:
        raise InputError(
            f"Expected two classes that occur in two groups each; got {len(classes)} among {len(every)}. "
            "Open more utterances, or other ones."
        )
    keep = np.isin(names, classes)
    targets = codes(names[keep].tolist(), classes)
    numbers = codes(places[keep].tolist(), sorted(set(places[keep])))
    points = np.asarray(embeddings, dtype=np.float32)[keep]
    # More folds than utterances of any class cannot be stratified: 60 speakers of 4 utterances get four.
    folds = min(FOLDS, int(numbers.max()) + 1, int(np.bincount(targets).max()))
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedGroupKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    predicted = np.full(len(targets), -1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # steps that ran out, classes with fewer rows than folds: both are allowed for
        for train, test in StratifiedGroupKFold(folds, shuffle=True, random_state=seed).split(points, targets, numbers):
            if len(set(targets[train])) < 2:
                continue  # nothing to learn: these rows count as wrong
            model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced", max_iter=STEPS))
            predicted[test] = model.fit(points[train], targets[train]).predict(points[test])
    right = predicted == targets
    score = float(np.mean([right[targets == number].mean() for number in range(len(classes))]))
    left_out = tuple(name for name in every if name not in classes)
    return ProbeResult(score, 1 / len(classes), classes, left_out, int(numbers.max()) + 1, folds)
