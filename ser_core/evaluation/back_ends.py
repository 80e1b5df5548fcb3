"""Four back ends that turn a model's outputs into a class: head, nearest angle, SVM, nearest neighbours."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ser_core.errors import InputError
from ser_core.labels import codes
from ser_core.types import FloatArray, IntArray

LabelArray: TypeAlias = NDArray[np.str_]
Fitted: TypeAlias = Callable[[FloatArray], LabelArray]  # embeddings (B, D) → the class of each, (B,)


@dataclass(frozen=True)
class BackEndSettings:
    """Settings of the back ends that learn from the training embeddings.

    Kernel of the support vector machine, ``rbf`` or ``linear``; scikit-learn's ``C``; number of neighbours that vote,
    all of the training set when it is smaller.
    """

    svm_kernel: str = "rbf"
    svm_penalty: float = 1.0
    knn_neighbours: int = 15


@dataclass(frozen=True)
class BackEndInputs:
    """What a model gives for the utterances to be judged, and what it has learned from.

    Attributes:
        order: the classes, ``K`` of them.
        embeddings: of the utterances to be judged, shape ``(B, D)``.
        probabilities: of the head, shape ``(B, K)``; None when the model has none.
        angles: to the class directions in degrees, shape ``(B, K)``.
        training_embeddings: shape ``(n, D)``; SVM and nearest neighbours are fitted on them.
        training_labels: one class per training row.
        settings: of what learns from the training embeddings.
    """

    order: Sequence[str]
    embeddings: FloatArray | None = None
    probabilities: FloatArray | None = None
    angles: FloatArray | None = None
    training_embeddings: FloatArray | None = None
    training_labels: Iterable[str] = ()
    settings: BackEndSettings = BackEndSettings()


def head(inputs: BackEndInputs) -> LabelArray:
    """Choose the most probable class; shape ``(B,)``."""
    return _named(inputs.order, _need(inputs.probabilities, "probabilities of the head").argmax(axis=1))


def angle(inputs: BackEndInputs) -> LabelArray:
    """Choose the class with the nearest direction; shape ``(B,)``."""
    return _named(inputs.order, _need(inputs.angles, "angles to the class directions").argmin(axis=1))


def svm(inputs: BackEndInputs) -> LabelArray:
    """Fit a support vector machine on the training embeddings, as :func:`fitted_svm` does, and ask it; ``(B,)``."""
    return fitted_svm(inputs)(_need(inputs.embeddings, "embeddings"))


def fitted_svm(inputs: BackEndInputs) -> Fitted:
    """Fit a support vector machine on the training embeddings, to be used repeatedly.

    Vectors are scaled to length one, every component then to mean 0 and variance 1 over the training set; classes weigh
    the same whatever their size.

    Raises:
        InputError: if there are no training embeddings, or those of one class only.
    """
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVC

    known, numbers = _fitting_data(inputs)
    if len(np.unique(numbers)) < 2:
        raise InputError(
            "Expected training embeddings of at least two classes for an SVM; got one. Choose a split that has more."
        )
    settings = inputs.settings
    machine = SVC(kernel=settings.svm_kernel, C=settings.svm_penalty, class_weight="balanced")
    fitted = make_pipeline(StandardScaler(), machine)
    fitted.fit(known, numbers)
    return lambda embeddings: _named(inputs.order, fitted.predict(_unit(embeddings)))


def knn(inputs: BackEndInputs) -> LabelArray:
    """Let the training utterances with the smallest angles vote, as :func:`fitted_knn` does; shape ``(B,)``."""
    return fitted_knn(inputs)(_need(inputs.embeddings, "embeddings"))


def fitted_knn(inputs: BackEndInputs) -> Fitted:
    """Prepare the vote of the training utterances with the smallest angles, to be used repeatedly.

    Equal votes go to the class that comes first in the order. Raises InputError if there are no training embeddings.
    """
    from sklearn.neighbors import KNeighborsClassifier

    known, numbers = _fitting_data(inputs)
    vote = KNeighborsClassifier(min(inputs.settings.knn_neighbours, len(known)), metric="cosine", algorithm="brute")
    vote.fit(known, numbers)
    return lambda embeddings: _named(inputs.order, vote.predict(_unit(embeddings)))


BACK_ENDS: Mapping[str, Callable[[BackEndInputs], LabelArray]] = {"head": head, "angle": angle, "svm": svm, "knn": knn}
FITTED: Mapping[str, Callable[[BackEndInputs], Fitted]] = {"svm": fitted_svm, "knn": fitted_knn}  # those that learn


def _fitting_data(inputs: BackEndInputs) -> tuple[FloatArray, IntArray]:
    known = _need(inputs.training_embeddings, "training embeddings")
    numbers = codes(inputs.training_labels, inputs.order)
    if len(known) != len(numbers) or not len(known):
        raise InputError(
            f"Expected one label per training embedding; got {len(numbers)} for {len(known)}. Check the checkpoint."
        )
    return _unit(known), numbers


def _unit(embeddings: FloatArray) -> FloatArray:
    embeddings = np.asarray(embeddings, dtype=np.float64)
    normalised: FloatArray = embeddings / np.maximum(np.linalg.norm(embeddings, axis=1, keepdims=True), 1e-12)
    return normalised


def _need(values: FloatArray | None, what: str) -> FloatArray:
    if values is None:
        raise InputError(f"Expected {what} for this back end; this model gives none. Choose another back end.")
    return np.asarray(values)


def _named(order: Sequence[str], numbers: IntArray) -> LabelArray:
    return np.array(order, dtype=np.str_)[np.asarray(numbers, dtype=np.int64)]
