"""Probes are honest about groups, and neighbours about recordings."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.preprocessing import StandardScaler

from ser_core.errors import InputError
from ser_core.geometry.neighbour_agreement import neighbour_agreement
from ser_core.geometry.probes import linear_probe


def test_a_probe_with_as_many_folds_as_groups_equals_leaving_out_one_group_after_the_other(random):
    labels = np.array(["sad"] * 36 + ["calm"] * 16 + ["angry"] * 8)
    groups = np.array(["a", "b", "c", "d"] * 15)
    embeddings = (random.normal(size=(60, 5)) + 3 * np.eye(5)[(labels == "sad").astype(int)]).astype(np.float32)
    predicted = np.empty(60, dtype=object)
    for group in "abcd":
        train, test = groups != group, groups == group
        scale = StandardScaler().fit(embeddings[train])
        model = LogisticRegression(class_weight="balanced", max_iter=200)
        model.fit(scale.transform(embeddings[train]), labels[train])
        predicted[test] = model.predict(scale.transform(embeddings[test]))
    found = linear_probe(embeddings, labels.tolist(), groups.tolist())
    expected = balanced_accuracy_score(labels.tolist(), predicted.tolist())
    assert abs(expected - (labels == predicted).mean()) > 0.04  # frequent classes do not decide
    assert found.score == pytest.approx(expected, abs=0.02)
    assert (found.groups, found.folds, found.chance) == (4, 4, pytest.approx(1 / 3))


def test_what_only_the_group_tells_is_not_read_from_groups_that_were_not_heard(random):
    groups = np.repeat(np.arange(40), 5)
    embeddings = np.eye(40)[groups] + 0.01 * random.normal(size=(200, 40))  # nothing but the speaker
    labels = random.permutation(["sad", "calm"] * 20).repeat(5)  # each speaker with one emotion
    assert linear_probe(embeddings, labels.tolist(), groups.astype(str).tolist()).score < 0.7
    careless = linear_probe(embeddings, labels.tolist(), [str(row) for row in range(200)])
    assert careless.score == pytest.approx(1.0)


def test_a_class_of_a_single_group_is_left_out_and_named(random):
    labels = ["sad"] * 10 + ["calm"] * 10 + ["angry"] * 5
    groups = ["a", "b"] * 10 + ["a"] * 5
    found = linear_probe(random.normal(size=(25, 3)), labels, groups)
    assert (found.classes, found.left_out) == (("calm", "sad"), ("angry",))
    with pytest.raises(InputError, match="two classes that occur in two groups each; got 0 among 3"):
        linear_probe(random.normal(size=(25, 3)), labels, ["a"] * 25)
    with pytest.raises(InputError, match="got 25 and 24"):
        linear_probe(random.normal(size=(25, 3)), labels, groups[:24])


def test_company_counts_neighbours_of_other_recordings_one_by_one(random):
    embeddings = random.normal(size=(40, 5))
    values = random.choice(["x", "y", "z"], size=40)
    recordings = random.integers(0, 12, size=40)
    shares, chances = [], []
    for query in range(40):
        others = [row for row in range(40) if recordings[row] != recordings[query]]
        cosines = {row: embeddings[row] @ embeddings[query] / np.linalg.norm(embeddings[row]) for row in others}
        near = sorted(others, key=lambda row: -cosines[row])[:6]
        shares.append(np.mean([values[row] == values[query] for row in near]))
        chances.append(np.mean([values[row] == values[query] for row in others]))
    found = neighbour_agreement(embeddings, values.tolist(), recordings, count=6)
    assert found.share == pytest.approx(np.mean(shares))
    assert found.chance == pytest.approx(np.mean(chances))
    some = np.array([4, 9, 30])
    found = neighbour_agreement(embeddings, values.tolist(), recordings, count=6, queries=some)
    assert found.share == pytest.approx(np.mean([shares[row] for row in some]))
    with pytest.raises(InputError, match="all are of one"):
        neighbour_agreement(embeddings, values.tolist(), np.zeros(40, dtype=int), count=6)
