"""Numbers with decimal commas, as spreadsheets write them in most of Europe, were refused one cell after another."""

import numpy as np
import pandas as pd
import pytest
import soundfile

from ser_core.corpora import open_corpus
from ser_core.embeddings.opening import open_space
from ser_core.errors import CorpusError
from ser_core.tables import have_decimal_commas


@pytest.fixture
def listed(tmp_path):
    """Return a function that writes a list with semicolons, of three parts of one recording."""

    def write(**columns):
        soundfile.write(tmp_path / "long.wav", 0.1 * np.sin(np.arange(4 * 16_000) / 20), 16_000)
        rows = pd.DataFrame({"file": "long.wav", "speaker": ["a", "b", "c"], "emotion": ["sad", "sad", "happy"]})
        rows.assign(**columns).to_csv(tmp_path / "list.csv", sep=";", index=False)
        return tmp_path / "list.csv"

    return write


def test_times_and_ratings_are_read(listed):
    table = listed(
        start=["0,000", "1,000", "2,000"],
        end=["0,900", "1,900", "2,900"],
        arousal=["3,5", "", "-1"],
        age=["27", "30", ""],
    )
    manifest = open_corpus(str(table))
    assert [(one.start, one.end) for one in manifest.utterances] == [(0.0, 0.9), (1.0, 1.9), (2.0, 2.9)]
    assert [one.arousal for one in manifest.utterances] == [3.5, None, -1.0]
    assert "Commas were read as decimal points in: start, end, arousal." in manifest.notes


def test_thousands_are_not_taken_for_decimals(listed):
    with pytest.raises(CorpusError, match=r"got '1,500' in line 2\. Correct or empty that cell"):
        open_corpus(str(listed(start=["0", "1", "2"], end=["1,500", "2,500", "3,500"])))


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        (["0,5", "1"], True),
        (["1,50", "2,250"], True),
        (["-0,5e-3", "nan", ""], True),
        (["1,500", "2,500"], False),
        (["1,5", "2.5"], False),
        (["1,5", "x"], False),
        (["1", "2"], False),
        (["1,5,2"], False),
        ([], False),
    ],
)
def test_a_comma_counts_where_all_cells_are_numbers_and_one_can_be_nothing_else(cells, answer):
    assert have_decimal_commas(cells) is answer


@pytest.mark.parametrize(("name", "separator"), [("x.csv", ";"), ("x.csv", "\t"), ("x.tsv", "\t")])
def test_features_of_a_spreadsheet_are_the_vector_that_they_are_with_points(name, separator, tmp_path, random):
    rows = pd.DataFrame(random.normal(size=(12, 10)), columns=[f"F0_{number}_sma" for number in range(10)])
    rows["F0_4_sma"] = range(12)  # whole numbers alone, without a comma
    rows.insert(0, "file", [f"clip{number}.wav" for number in range(12)])
    rows["emotion"], rows["text"] = ["sad", "happy"] * 6, "yes, no"
    points, commas = tmp_path / "points.csv", tmp_path / name
    rows.to_csv(points, index=False)
    rows.to_csv(commas, index=False, sep=separator, decimal=",")
    expected, found = open_space(points), open_space(commas)
    np.testing.assert_allclose(found.embeddings, expected.embeddings)
    assert list(found.frame["emotion"]) == list(expected.frame["emotion"])
    assert "Commas were read as decimal points in 9 column(s) of numbers." in found.notes


def test_columns_of_whole_numbers_are_not_the_vector_where_the_others_have_commas(tmp_path, random):
    rows = pd.DataFrame(random.integers(9, size=(12, 9)), columns=[f"count {letter}" for letter in "abcdefghi"])
    for letter in "jkl":
        rows[f"mean {letter}"] = random.normal(size=12)
    rows.insert(0, "file", [f"clip{number}.wav" for number in range(12)])
    rows.to_csv(tmp_path / "x.csv", index=False, sep=";", decimal=",")
    assert open_space(tmp_path / "x.csv").embeddings.shape == (12, 12)
