"""Scores equal scikit-learn's and their definitions."""

import subprocess
import sys

import numpy as np
import pytest
from sklearn import metrics as reference

from ser_core.errors import InputError
from ser_core.evaluation.metrics import confusion, macro_f1, recalls, scores, uar, wa

ORDER = ("neutral", "happy", "sad", "angry")


def judged(random: np.random.Generator, *, truth: int = 4, predicted: int = 4) -> tuple[list[str], list[str]]:
    true = [ORDER[index] for index in random.integers(truth, size=60)]
    guesses = [ORDER[index] for index in random.integers(predicted, size=60)]
    return true, [own if random.random() < 0.5 else guess for own, guess in zip(true, guesses, strict=True)]


def test_confusion_counts_rows_of_truth_and_columns_of_prediction() -> None:
    counts = confusion(["sad", "sad", "happy"], ["happy", "sad", "happy"], ["happy", "sad"])
    assert counts.tolist() == [[1, 0], [1, 1]]


def test_every_score_equals_that_of_scikit_learn(random: np.random.Generator) -> None:
    for _ in range(20):
        truth, predicted = judged(random)
        found = scores(truth, predicted, ORDER)
        np.testing.assert_array_equal(found.confusion, reference.confusion_matrix(truth, predicted, labels=ORDER))
        assert found.uar == pytest.approx(reference.recall_score(truth, predicted, average="macro"))
        assert found.uar == pytest.approx(reference.balanced_accuracy_score(truth, predicted))
        assert found.wa == pytest.approx(reference.accuracy_score(truth, predicted))
        assert found.macro_f1 == pytest.approx(reference.f1_score(truth, predicted, average="macro"))


def test_classes_without_utterances_do_not_count(random: np.random.Generator) -> None:
    truth, predicted = judged(random, truth=2, predicted=3)
    counts = confusion(truth, predicted, ORDER)
    present = [sum(t == p == k for t, p in zip(truth, predicted, strict=True)) / truth.count(k) for k in ORDER[:2]]
    assert uar(counts) == pytest.approx(sum(present) / 2)
    assert macro_f1(counts) == pytest.approx(reference.f1_score(truth, predicted, average="macro", zero_division=0))
    np.testing.assert_allclose(recalls(counts), [*present, np.nan, np.nan])


def test_uar_forgives_no_neglected_class_and_wa_does() -> None:
    counts = np.array([[90, 0], [10, 0]])
    assert uar(counts) == 0.5
    assert wa(counts) == 0.9


def test_a_column_of_a_pandas_table_can_be_scored() -> None:
    import pandas

    table = pandas.DataFrame({"emotion": ["sad", "happy"], "predicted": ["sad", "sad"]})
    assert scores(table["emotion"], table["predicted"], ["happy", "sad"]).wa == 0.5


def test_what_cannot_be_scored_is_refused_with_advice() -> None:
    with pytest.raises(InputError, match="got 'angry'. Leave those rows out"):
        confusion(["angry"], ["sad"], ["sad"])
    with pytest.raises(InputError, match="one prediction per utterance; got 2 for 1"):
        confusion(["sad"], ["sad", "sad"], ["sad"])
    for score in (uar, wa, macro_f1):
        with pytest.raises(InputError, match="at least one utterance.*Choose a split"):
            score(np.zeros((2, 2), dtype=int))


def test_metrics_load_neither_torch_nor_scikit_learn() -> None:
    script = (
        "import sys, ser_core.evaluation.metrics, ser_core.geometry.angles, ser_core.geometry.projection;"
        "print(sorted({'torch', 'sklearn', 'umap', 'pandas', 'numba'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
