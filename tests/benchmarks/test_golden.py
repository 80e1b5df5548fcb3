"""The golden comparison notices one bit, and really computes in the precision that it names."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas
import pytest
import safetensors.numpy

from benchmarks.golden import worker
from benchmarks.golden.comparing import comparisons_of_embedding, comparisons_of_fold, difference

REPOSITORY = Path(__file__).resolve().parents[2]


def test_one_bit_of_one_number_is_a_difference_and_its_size_is_told():
    before = {"a": np.ones((2, 3), np.float32), "b": np.array([4.0])}
    now = {name: values.copy() for name, values in before.items()}
    assert difference(before, now).line() == "2 equal"
    now["a"][1, 2] = np.nextafter(np.float32(1), np.float32(2))
    found = difference(before, now)
    assert (found.names, found.worst, found.of) == (("a",), ("a", "a"), 2)
    assert found.absolute == found.relative == np.float32(2) ** -23
    now["a"][0, 0] = 0.5
    now["b"] = np.array([3.0])
    found = difference(before, now)
    assert (found.absolute, found.relative, found.worst) == (1.0, 0.5, ("b", "a"))
    assert found.line() == "2 of 2 differ (a, b); at most by 1 (b), relative 0.5 (a)"


@pytest.mark.parametrize(
    ("now", "equal"),
    [
        ({}, False),
        ({"a": np.array([0.0])}, True),
        ({"a": np.array([-0.0])}, False),
        ({"a": np.array([0.0], np.float32)}, False),
        ({"a": np.array([[0.0]])}, False),
        ({"a": np.array([0.0]), "added": np.array([1])}, True),
    ],
    ids=["missing", "equal", "another sign of zero", "another type", "another shape", "one more"],
)
def test_what_is_missing_or_of_another_form_differs_and_what_is_added_does_not(now, equal):
    assert (difference({"a": np.array([0.0])}, now).names == ()) is equal


def test_words_that_differ_are_named_without_a_size():
    found = difference({"predicted": np.array(["sad", "happy"], object)}, {"predicted": np.array(["sad"] * 2, object)})
    assert found.line() == "1 of 1 differ (predicted)"


@pytest.fixture(scope="module")
def both_precisions(tiny_corpus, tiny_recipe, tmp_path_factory):
    """Run the worker in the present tree once in each precision."""
    out = tmp_path_factory.mktemp("golden")
    commands = []
    for precision in ("float32", "bfloat16"):
        (out / precision).mkdir()
        asked = ["evaluate", "--corpus", str(tiny_corpus), "--recipe", str(tiny_recipe), "--workers", "1"]
        asked += ["--protocol", "held-out-speakers", "--out", str(out / precision / "result.json")]
        commands.append((precision, [*asked, "--keep", str(out / precision / "kept")]))
    (out / "commands.json").write_text(json.dumps(commands))
    script = [sys.executable, worker.__file__, str(out / "commands.json")]
    done = subprocess.run(script, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


def test_every_kind_of_result_is_compared_and_the_two_precisions_are_told_apart(both_precisions):
    float32, bfloat16 = both_precisions / "float32", both_precisions / "bfloat16"
    same = {what: difference(one, other) for what, one, other in comparisons_of_fold(float32, float32)}
    assert list(same) == [
        "weights",
        "embeddings",
        "probabilities",
        "angles",
        "predictions",
        "predictions of every stage and back end",
        "scores, temperature and ranges",
    ]
    assert {what: found.names for what, found in same.items()} == dict.fromkeys(same, ())
    assert all(found.of for found in same.values())
    assert same["weights"].of == len(safetensors.numpy.load_file(float32 / "kept/fold-1/weights.safetensors"))
    told = pandas.read_parquet(float32 / "result.predictions.parquet")
    back_ends = sum(column.startswith("predicted_") for column in told)
    assert same["predictions of every stage and back end"].of == 1 + back_ends == 1 + 2 * 4

    other = {what: difference(one, other) for what, one, other in comparisons_of_fold(float32, bfloat16)}
    assert {"weights", "embeddings", "probabilities", "angles"} <= {what for what in other if other[what].names}


def test_what_embed_writes_is_compared_by_kind(both_precisions):
    atlas = both_precisions / "float32/kept/fold-1/atlas.parquet"
    of = {what: difference(one, other).of for what, one, other in comparisons_of_embedding(atlas, atlas)}
    assert of == {"embeddings": 1, "probabilities": 3, "angles": 3, "predictions": 1}
