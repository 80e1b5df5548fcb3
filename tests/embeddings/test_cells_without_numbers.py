"""A dimension never goes missing: a cell of a vector that holds no number is named with its row, column and value."""

import datetime
import re

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings.column_mapping import ColumnMapping
from ser_core.embeddings.opening import open_space
from ser_core.embeddings.preview import preview
from ser_core.errors import EmbeddingError, UnusableVectorsError

ROWS, SIZE = 12, 40


@pytest.fixture
def table(random):
    vectors = pd.DataFrame(random.normal(size=(ROWS, SIZE)).round(4), columns=[f"dim_{one}" for one in range(SIZE)])
    told = pd.DataFrame({"id": [f"c{row}" for row in range(ROWS)], "loudness": np.linspace(-30, -3, ROWS)})
    return pd.concat([told, vectors], axis=1).astype(dict.fromkeys(vectors, object))


def written(table, path):
    """Write a table as its suffix says; parquet gets a column of text where one cell is text, as pandas would ask."""
    if path.suffix == ".parquet":
        mixed = [name for name in table if any(isinstance(cell, str) for cell in table[name])]
        table.astype(dict.fromkeys(mixed, str)).to_parquet(path)
    else:
        table.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    return path


@pytest.mark.parametrize("form", ["csv", "tsv", "parquet"])
@pytest.mark.parametrize("place", [0, 5, SIZE - 1], ids=["first", "middle", "last"])
def test_a_word_in_one_cell_takes_no_dimension_away_but_is_named(table, tmp_path, form, place):
    table.loc[3, f"dim_{place}"] = "oops"
    path = written(table, tmp_path / f"a.{form}")
    assert preview(path).vectors[0].title == "40 columns of numbers: dim_0 to dim_39"
    with pytest.raises(UnusableVectorsError, match=rf"row 4: c3, 'oops' in dim_{place}\)") as refused:
        open_space(path)
    assert refused.value.count == 1
    rest = open_space(path, leave_out=True)
    expected = table.drop(index=3).filter(like="dim_").astype(float).to_numpy()
    np.testing.assert_allclose(rest.embeddings, expected, rtol=1e-6)
    assert any("row 4: c3, 'oops' in dim_" in note for note in rest.notes)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(True, "'True'"), (datetime.date(2026, 1, 2), "'2026-01-02'"), (None, "nothing"), ("", "nothing"),
     ("1_000", "'1_000'"), ("1 000", "'1 000'"), ("inf", "'inf'")],
)  # fmt: skip
def test_a_truth_value_a_date_or_nothing_is_no_number(table, tmp_path, value, shown):
    table.loc[7, "dim_2"] = value
    with pytest.raises(UnusableVectorsError, match=re.escape(f"row 8: c7, {shown} in dim_2)")):
        open_space(written(table, tmp_path / "a.csv"))


@pytest.mark.parametrize("cells", [[True, False] * 6, [datetime.date(2026, 1, 2)] * ROWS, ["x"] * ROWS, [None] * ROWS])
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_column_without_a_number_inside_a_series_is_refused_and_not_passed_over(table, tmp_path, cells, form):
    table["dim_9"] = cells
    with pytest.raises(UnusableVectorsError, match=r"12 without finite numbers \(row 1: c0, .* in dim_9, row 2: c1"):
        open_space(written(table, tmp_path / f"a.{form}"))


def test_numbers_that_are_written_as_text_are_numbers(table, tmp_path):
    expected = table.filter(like="dim_").astype(float).to_numpy()
    table["dim_4"] = [f" {value} " for value in table["dim_4"]]
    for form in ("csv", "parquet"):
        np.testing.assert_allclose(open_space(written(table, tmp_path / f"a.{form}")).embeddings, expected, rtol=1e-6)


def test_a_larger_series_with_a_fault_is_the_vector_before_a_smaller_one_without(table, tmp_path):
    table[["pca_0", "pca_1"]] = table[["dim_0", "dim_1"]].astype(float)
    table.loc[3, "dim_5"] = "oops"
    path = written(table, tmp_path / "a.csv")
    with pytest.raises(UnusableVectorsError, match="'oops' in dim_5"):
        open_space(path)
    assert open_space(path, mapping=ColumnMapping(vector=("pca_0", "pca_1"))).size == 2
    assert "39 columns" not in " ".join(one.title for one in preview(path).vectors)


def test_a_series_of_words_is_no_vector(table, tmp_path):
    answers = pd.DataFrame([[f"answer {row}"] * 60 for row in range(ROWS)], columns=[f"q{one}" for one in range(60)])
    space = open_space(written(pd.concat([table, answers], axis=1), tmp_path / "a.csv"))
    assert space.size == SIZE
    assert "q59" in space.frame.columns


def test_columns_with_names_of_their_own_lose_none_either(random, tmp_path):
    names = ["pitch", "jitter", "shimmer", "slope", "flux", "alpha", "ratio", "tilt", "rate"]
    table = pd.DataFrame(random.normal(size=(ROWS, len(names))), columns=names).astype(object)
    table.loc[5, "flux"] = "--undefined--"
    with pytest.raises(UnusableVectorsError, match=r"row 6: '--undefined--' in flux"):
        open_space(written(table, tmp_path / "a.csv"))
    assert open_space(tmp_path / "a.csv", leave_out=True).size == len(names)


def test_columns_that_are_chosen_are_held_to_the_same(table, tmp_path):
    table.loc[3, "dim_5"] = "oops"
    table["dim_6"] = [True, False] * 6
    path = written(table, tmp_path / "a.parquet")
    with pytest.raises(UnusableVectorsError, match="row 4: c3, 'oops' in dim_5"):
        open_space(path, mapping=ColumnMapping(vector=("dim_4", "dim_5")))
    with pytest.raises(UnusableVectorsError, match="row 1: c0, 'True' in dim_6"):
        open_space(path, mapping=ColumnMapping(vector=("dim_4", "dim_6")))


def test_a_list_with_a_word_in_it_is_named(random, tmp_path):
    lists = [f"[{', '.join(map(str, row))}]" for row in random.normal(size=(ROWS, 4)).round(3)]
    lists[2] = "[0.1, oops, 0.3, 0.4]"
    pd.DataFrame({"id": [f"c{row}" for row in range(ROWS)], "vec": lists}).to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(UnusableVectorsError, match=re.escape("row 3: c2, '[0.1, oops, 0.3, 0.4]' in vec")):
        open_space(tmp_path / "a.csv")


@pytest.mark.parametrize("form", ["npy", "npz"])
def test_an_array_of_texts_is_refused_with_the_first_that_is_no_number(random, tmp_path, form):
    array = random.normal(size=(ROWS, 4)).round(3).astype(str)
    array[3, 1] = "oops"
    path = tmp_path / f"a.{form}"
    np.savez(path, array) if form == "npz" else np.save(path, array)
    with pytest.raises(EmbeddingError, match=r"got values of type <U32, 'oops' in row 4, column 2\. Save it again"):
        open_space(path)


def test_the_projectors_lines_are_refused_with_line_column_and_value(tmp_path):
    (tmp_path / "a.tsv").write_text("1\t2\n3\t4\n5\toops\n", encoding="utf-8")
    with pytest.raises(EmbeddingError, match="also in column 2; got 'oops' in line 3"):
        open_space(tmp_path / "a.tsv")


def test_a_first_line_of_numbers_with_a_word_is_not_read_as_names(random, tmp_path):
    rows = random.normal(size=(ROWS, SIZE)).round(4).astype(object)
    rows[0, 5] = "oops"
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv", index=False, header=False)
    with pytest.raises(EmbeddingError, match=r"in line 1 of a\.csv; got 'oops' in column 6 among 39 numbers"):
        open_space(tmp_path / "a.csv")


def test_a_number_that_float32_cannot_hold_is_told_as_what_it_is_with_its_column(table, tmp_path):
    table.loc[3, "dim_7"], table.loc[5, "dim_0"] = 1e300, -4e38
    table = table.astype(dict.fromkeys(table.filter(like="dim_"), float))
    for form in ("csv", "parquet"):
        path = written(table, tmp_path / f"a.{form}")
        with pytest.raises(UnusableVectorsError) as refused:
            open_space(path)
        assert (
            "of 12 rows not: 2 with a number beyond ±3.4e+38, the end of float32, in which vectors are kept "
            "(row 4: c3, 1e+300 in dim_7, row 6: c5, -4e+38 in dim_0)"
        ) in str(refused.value)
        assert "finite" not in str(refused.value)
        rest = open_space(path, leave_out=True)
        np.testing.assert_array_equal(rest.frame["file"], [f"c{row}" for row in range(ROWS) if row not in (3, 5)])


def test_of_lists_and_arrays_the_number_to_blame_is_told_by_its_place(table, tmp_path):
    vectors = table.filter(like="dim_").to_numpy(dtype=float)
    vectors[2, 4], vectors[6, 0] = 1e39, np.inf
    np.save(tmp_path / "a.npy", vectors)
    lists = pd.DataFrame({"id": table["id"], "hidden": list(vectors)})
    for path, of in ((tmp_path / "a.npy", "the vector"), (written(lists, tmp_path / "b.parquet"), "hidden")):
        with pytest.raises(UnusableVectorsError) as refused:
            open_space(path)
        assert re.search(rf"1 without finite numbers \(row 7: (c6, )?inf in number 1 of {of}\)", str(refused.value))
        assert re.search(rf"kept \(row 3: (c2, )?1e\+39 in number 5 of {of}\)", str(refused.value))


def test_the_largest_number_of_float32_is_used(table, tmp_path):
    table.loc[3, "dim_7"] = float(np.finfo(np.float32).max)
    assert len(open_space(written(table, tmp_path / "a.csv"))) == ROWS
