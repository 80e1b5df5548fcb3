"""Every back end names the class that its definition names."""

import dataclasses
from collections import Counter

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.evaluation.back_ends import BACK_ENDS, BackEndInputs, BackEndSettings, angle, head, knn, svm
from ser_core.types import FloatArray

ORDER = ("neutral", "happy", "sad")


def cloud(random: np.random.Generator, count: int, spread: float) -> tuple[FloatArray, list[str]]:
    labels = [ORDER[index % 3] for index in range(count)]
    rows = np.stack([np.eye(6)[ORDER.index(label)] for label in labels]) + random.normal(scale=spread, size=(count, 6))
    return rows * random.uniform(0.5, 2, size=(count, 1)), labels


@pytest.fixture
def given(random: np.random.Generator) -> BackEndInputs:
    known, labels = cloud(random, 90, 0.3)
    asked, _ = cloud(random, 30, 0.3)
    return BackEndInputs(
        order=ORDER,
        embeddings=asked,
        probabilities=random.dirichlet(np.ones(3), size=30),
        angles=random.uniform(0, 180, size=(30, 3)),
        training_embeddings=known,
        training_labels=labels,
    )


@pytest.mark.parametrize("name", list(BACK_ENDS))
def test_every_back_end_answers_one_class_per_utterance_and_repeats(name: str, given: BackEndInputs) -> None:
    first, again = BACK_ENDS[name](given), BACK_ENDS[name](given)
    assert first.shape == (30,)
    assert set(first.tolist()) <= set(ORDER)
    assert first.tolist() == again.tolist()


def test_the_head_names_the_most_probable_and_the_angle_the_nearest(given: BackEndInputs) -> None:
    assert given.probabilities is not None
    assert given.angles is not None
    assert head(given).tolist() == [ORDER[max(range(3), key=list(row).__getitem__)] for row in given.probabilities]
    assert angle(given).tolist() == [ORDER[min(range(3), key=list(row).__getitem__)] for row in given.angles]


@pytest.mark.parametrize("voters", [15, 4])
def test_neighbours_vote_as_in_plain_loops(random: np.random.Generator, given: BackEndInputs, voters: int) -> None:
    known, labels = cloud(random, 90, 1.0)
    asked, _ = cloud(random, 60, 1.0)
    given = dataclasses.replace(given, embeddings=asked, training_embeddings=known, training_labels=labels)
    expected = []
    for row in asked:
        cosines = [row @ other / np.linalg.norm(row) / np.linalg.norm(other) for other in known]
        votes = Counter(labels[index] for index in sorted(range(len(known)), key=lambda i: -cosines[i])[:voters])
        expected.append(max(ORDER, key=lambda label: votes[label]))
    given = dataclasses.replace(given, settings=BackEndSettings(knn_neighbours=voters))
    assert knn(given).tolist() == expected


@pytest.mark.parametrize("kernel", ["rbf", "linear"])
def test_the_svm_learns_what_can_be_told_apart(random: np.random.Generator, given: BackEndInputs, kernel: str) -> None:
    asked, truth = cloud(random, 60, 0.15)
    found = svm(dataclasses.replace(given, embeddings=asked, settings=BackEndSettings(svm_kernel=kernel)))
    assert np.mean(found == np.array(truth)) > 0.9


@pytest.mark.parametrize("kernel", ["rbf", "linear"])
@pytest.mark.parametrize("penalty", [0.05, 1.0])
def test_the_svm_is_that_of_scikit_learn_on_standardised_unit_vectors_with_classes_that_weigh_the_same(
    random: np.random.Generator, given: BackEndInputs, kernel: str, penalty: float
) -> None:
    """A class of ``n_k`` among ``n`` utterances and ``K`` classes has the weight ``n / (K n_k)``."""
    from sklearn.svm import SVC

    known, labels = cloud(random, 180, 1.0)
    kept = [row for row, label in enumerate(labels) if label == "neutral" or row % 15 == ORDER.index(label)]
    known, numbers = known[kept] * np.array([1, 1, 1, 20, 1, 1]), [ORDER.index(labels[row]) for row in kept]
    asked = cloud(random, 300, 0.6)[0]
    units = known / np.linalg.norm(known, axis=1, keepdims=True)
    mean, deviation = units.mean(axis=0), units.std(axis=0)
    weights = {number: len(numbers) / (3 * numbers.count(number)) for number in range(3)}
    machine = SVC(kernel=kernel, C=penalty, class_weight=weights).fit((units - mean) / deviation, numbers)
    expected = machine.predict((asked / np.linalg.norm(asked, axis=1, keepdims=True) - mean) / deviation)
    given = dataclasses.replace(
        given,
        embeddings=asked,
        training_embeddings=known,
        training_labels=[ORDER[number] for number in numbers],
        settings=BackEndSettings(kernel, penalty),
    )
    assert svm(given).tolist() == [ORDER[number] for number in expected]


@pytest.mark.parametrize("name", ["svm", "knn"])
def test_the_length_of_a_vector_does_not_matter(name: str, given: BackEndInputs, random: np.random.Generator) -> None:
    assert given.embeddings is not None
    longer = dataclasses.replace(given, embeddings=given.embeddings * random.uniform(0.1, 10, size=(30, 1)))
    assert BACK_ENDS[name](longer).tolist() == BACK_ENDS[name](given).tolist()


def test_labels_from_a_pandas_column_are_taken(given: BackEndInputs) -> None:
    import pandas

    column = pandas.Series(list(given.training_labels))
    for name in ("svm", "knn"):
        expected = BACK_ENDS[name](given)
        np.testing.assert_array_equal(BACK_ENDS[name](dataclasses.replace(given, training_labels=column)), expected)


def test_fewer_training_rows_than_votes_all_vote(given: BackEndInputs) -> None:
    few = dataclasses.replace(given, training_embeddings=np.eye(6)[:2], training_labels=["sad", "sad"])
    assert set(knn(few).tolist()) == {"sad"}


@pytest.mark.parametrize("name", list(BACK_ENDS))
def test_what_a_back_end_lacks_is_named(name: str) -> None:
    with pytest.raises(InputError, match=r"Expected .* for this back end; this model gives none. Choose another"):
        BACK_ENDS[name](BackEndInputs(order=ORDER))


def test_training_data_that_cannot_be_fitted_is_refused(given: BackEndInputs) -> None:
    with pytest.raises(InputError, match="at least two classes for an SVM"):
        svm(dataclasses.replace(given, training_labels=["sad"] * 90))
    with pytest.raises(InputError, match="one label per training embedding; got 1 for 90"):
        knn(dataclasses.replace(given, training_labels=["sad"]))
