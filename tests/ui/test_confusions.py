"""Confusion matrices on Compare are the mean over folds, as in the result files."""

from types import SimpleNamespace

import pandas as pd
import pytest

from ui.views.compare.confusions import shares_of


def test_a_fold_counts_as_much_as_any_other_however_many_utterances_it_tests():
    one = pd.DataFrame({"fold": 1, "emotion": ["sad"] * 2 + ["happy"], "predicted": ["sad", "happy", "happy"]})
    two = pd.DataFrame({"fold": 2, "emotion": ["sad"] * 8, "predicted": ["sad"] * 8})
    seed = pd.DataFrame({"fold": 1, "emotion": ["sad"], "predicted": ["happy"]})
    system = SimpleNamespace(records=[SimpleNamespace(name="a"), SimpleNamespace(name="b")])
    found = shares_of(system, {"a": pd.concat([one, two]), "b": seed}, ["happy", "sad"])
    assert found.tolist() == [[1.0, 0.0], [pytest.approx((1 / 2 + 0 + 1) / 3), pytest.approx((1 / 2 + 1 + 0) / 3)]]
