"""The column whose values are the classes, as a command takes it."""

import numpy as np
import pandas
import pytest

from ser_core.cli.class_column import label_among
from ser_core.embeddings.opening import open_space
from ser_core.errors import InputError


@pytest.fixture
def file(tmp_path):
    vectors = np.random.default_rng(0).normal(size=(12, 4))
    table = pandas.DataFrame(vectors, columns=[f"f{number}" for number in range(4)])
    table["name"] = [f"clip {number}" for number in range(12)]
    table["style"] = ["read", "spoken", "sung"] * 4
    table["label"] = ["one", "two"] * 6
    table.to_parquet(tmp_path / "vectors.parquet")
    return tmp_path / "vectors.parquet"


def test_the_column_that_was_asked_for_gives_the_classes(file):
    assert label_among(open_space(file), "style", file) == "style"


def test_without_a_word_about_it_a_column_of_a_usual_name_gives_them(file):
    assert label_among(open_space(file), "", file) == "label"


def test_a_column_that_is_not_there_or_gives_no_classes_is_refused_with_those_that_do(file):
    space = open_space(file)
    for wanted in ("styl", "name"):
        with pytest.raises(InputError, match=f"whose values are classes, among .*style.*; got '{wanted}'.*--label"):
            label_among(space, wanted, file)
