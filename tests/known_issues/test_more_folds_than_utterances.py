"""A probe was given more folds than any speaker has utterances, and scikit-learn's error ended command and page."""

import numpy as np
import pytest

from ser_core.geometry.probes import linear_probe


@pytest.mark.parametrize(
    ("classes", "members", "folds"), [(60, 4, 4), (40, 2, 2), (30, 3, 3), (2, 4, 4), (7, 5, 5), (5, 40, 5)]
)
def test_a_probe_has_no_more_folds_than_a_class_has_members(random, classes, members, folds):
    names = [f"s{number}" for number in range(classes) for _ in range(members)]
    middles = np.repeat(10 * random.normal(size=(classes, 16)), members, axis=0)
    probe = linear_probe(middles + random.normal(size=middles.shape), names, [str(row) for row in range(len(names))])
    assert probe.folds == folds
    assert len(probe.classes) == classes
    assert probe.score > 0.9  # the classes lie far apart


def test_classes_of_unequal_size_are_measured_with_the_folds_that_the_largest_allows(random):
    names = ["a"] * 3 + ["b"] * 2 + ["c"]
    probe = linear_probe(random.normal(size=(6, 4)), names, list("uvwxyz"))
    assert (probe.folds, probe.left_out) == (3, ("c",))
