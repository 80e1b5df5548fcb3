"""How far one feature, or all together, tell the emotions apart on a voice that was never heard."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import recall_score
from sklearn.neighbors import NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

# The most that thresholds on one feature can do: a tree with as many leaves as classes (five thresholds), twice as
# many, and the interval around each class's mean.
ONE_FEATURE: dict[str, Callable[[], Any]] = {
    "5 thresholds": lambda: DecisionTreeClassifier(max_leaf_nodes=6, class_weight="balanced", random_state=0),
    "11 thresholds": lambda: DecisionTreeClassifier(
        max_leaf_nodes=12, min_samples_leaf=5, class_weight="balanced", random_state=0
    ),
    "nearest centroid": NearestCentroid,
}
ALL_FEATURES: dict[str, Callable[[], Any]] = {
    "logistic regression": lambda: make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=2000)),
    "linear discriminant": lambda: make_pipeline(StandardScaler(), LinearDiscriminantAnalysis()),
    "SVM, RBF kernel": lambda: make_pipeline(StandardScaler(), SVC(C=5.0, gamma="scale")),
    "extra trees": lambda: ExtraTreesClassifier(300, min_samples_leaf=2, random_state=0),
}


def unheard_voice(
    make: Callable[[], Any], features: NDArray[np.float64], emotions: NDArray[Any], voices: NDArray[Any]
) -> NDArray[np.float64]:
    """UA on each voice of a classifier fitted on the others.

    Args:
        make: builds an untrained classifier.
        features: shape ``(B, F)``.
        emotions: shape ``(B,)``.
        voices: shape ``(B,)``.

    Returns:
        One UA per voice, in the order of their names.
    """
    scores = []
    for voice in sorted(set(voices)):
        unheard = voices == voice
        predicted = make().fit(features[~unheard], emotions[~unheard]).predict(features[unheard])
        scores.append(recall_score(emotions[unheard], predicted, average="macro"))
    return np.array(scores)


def within_voice(features: NDArray[np.float64], voices: NDArray[Any]) -> NDArray[np.float64]:
    """Standardise each voice by its own clips: what a threshold could do if it knew the voice."""
    out = features.copy()
    for voice in set(voices):
        rows = voices == voice
        out[rows] = (out[rows] - out[rows].mean(axis=0)) / (out[rows].std(axis=0) + 1e-9)
    return out


def one_feature_table(
    names: Sequence[str], features: NDArray[np.float64], emotions: NDArray[Any], voices: NDArray[Any]
) -> list[tuple[str, str, float]]:
    """Feature, best one-feature classifier, its mean UA; best first."""
    rows = []
    for column, name in enumerate(names):
        scores = {
            title: float(unheard_voice(make, features[:, [column]], emotions, voices).mean())
            for title, make in ONE_FEATURE.items()
        }
        title = max(scores, key=lambda key: scores[key])
        rows.append((name, title, scores[title]))
    return sorted(rows, key=lambda row: -row[2])
