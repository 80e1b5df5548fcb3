"""Tables as parquet: the index, vectors and texts as they were written, and sizes known before they are size_limits."""

import datetime
import decimal
import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ser_core.errors import TableError
from ser_core.tables import cell_text, read_table, size_limits


def test_an_index_with_a_name_comes_first_and_one_without_is_none(tmp_path):
    frame = pd.DataFrame({"file": ["a", "b"], "n": [3, 10], "emotion": ["sad", None]})
    for index, header in (
        ("file", ("file", "n", "emotion")),
        ("n", ("n", "file", "emotion")),  # evenly spaced numbers, which pandas only describes
        (["emotion", "file"], ("emotion", "file", "n")),
    ):
        frame.set_index(index).to_parquet(tmp_path / "a.parquet")
        table = read_table(tmp_path / "a.parquet")
        assert table.header == header
        assert list(dict(table)["n"]) == [3, 10]
    frame.iloc[::-1].to_parquet(tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet").header == ("file", "n", "emotion")


def test_rows_are_counted_from_one_since_there_are_no_lines(tmp_path):
    pd.DataFrame({"file": ["a", "b"]}).to_parquet(tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet").place(1) == "row 2"


@pytest.mark.parametrize("kind", [pa.float16(), pa.float32(), pa.float64(), pa.int64()])
@pytest.mark.parametrize("fixed", [True, False])
def test_vectors_of_one_size_become_one_array(kind, fixed, tmp_path):
    expected = np.arange(12).reshape(4, 3)
    cells = pa.array(
        [row.astype(kind.to_pandas_dtype()).tolist() for row in expected], pa.list_(kind, 3 if fixed else -1)
    )
    pq.write_table(pa.table({"v": cells}), tmp_path / "a.parquet", row_group_size=3)
    (found,) = read_table(tmp_path / "a.parquet").columns
    assert isinstance(found, np.ndarray)
    np.testing.assert_array_equal(found, expected)


def test_vectors_of_several_sizes_and_missing_ones_keep_their_rows(tmp_path):
    rows = [[1.0, 2.0], None, [3.0], [], [4.0, 5.0]]
    pq.write_table(pa.table({"v": pa.array(rows, pa.list_(pa.float32()))}), tmp_path / "a.parquet", row_group_size=2)
    (found,) = read_table(tmp_path / "a.parquet").columns
    assert [None if cell is None else list(cell) for cell in found] == rows
    pq.write_table(pa.table({"v": pa.array([[1.0, 2.0], None], pa.list_(pa.float32(), 2))}), tmp_path / "a.parquet")
    (found,) = read_table(tmp_path / "a.parquet").columns
    assert found[0].tolist() == [1.0, 2.0]
    assert found[1] is None


def test_cells_are_told_as_text_and_only_missing_ones_as_nothing():
    told = {
        "None": "None", " nan ": "nan", 2.5: "2.5", 7: "7", True: "True", np.float32(0.5): "0.5", np.int64(3): "3",
        datetime.timedelta(seconds=1.5): "1.5", b"x": "x", ("sad", "angry"): "sad, angry", None: "", np.nan: "",
        pd.NaT: "", pd.NA: "",
    }  # fmt: skip
    for cell, text in told.items():
        assert cell_text(cell) == text
    assert cell_text({"first": "sad"}) == '{"first": "sad"}'
    assert cell_text(np.array(["a", "b"], dtype=object)) == "a, b"


def test_categories_are_their_names(tmp_path):
    pd.DataFrame({"emotion": pd.Categorical(["sad", None, "sad"])}).to_parquet(tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet").rows == [("sad",), (None,), ("sad",)]


def test_what_pandas_says_of_columns_that_are_not_there_is_passed_over(tmp_path):
    table = pa.table({"file": ["a", "b"]})
    for told in ({"index_columns": ["gone", 3, None, {"kind": "range"}]}, {"index_columns": 7}, [], {}):
        pq.write_table(table.replace_schema_metadata({"pandas": json.dumps(told)}), tmp_path / "a.parquet")
        assert read_table(tmp_path / "a.parquet").rows == [("a",), ("b",)]


def test_a_table_that_would_not_fit_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    vectors = pa.FixedSizeListArray.from_arrays(np.zeros(50_000 * 128, dtype=np.float32), 128)
    pq.write_table(pa.table({"v": vectors}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"s": [{"x": "x" * 50_000}] * 400}), tmp_path / "b.parquet")
    monkeypatch.setattr(size_limits, "FREE_BYTES", 10_000_000)
    monkeypatch.setattr("ser_core.tables.parquet._cells", lambda column: pytest.fail("unpacked"))
    for name in ("a.parquet", "b.parquet"):
        with pytest.raises(
            TableError, match=r"at most 200 times its size .* bytes would unpack to 0\.0 GB. Keep fewer"
        ):
            read_table(tmp_path / name)
    monkeypatch.setattr(size_limits, "MOST_CELLS", 100)
    pq.write_table(pa.table({"a": [1] * 60, "b": [2] * 60}), tmp_path / "c.parquet")
    with pytest.raises(TableError, match="100 cells in .*; got 60 rows of 2 columns. Keep fewer rows"):
        read_table(tmp_path / "c.parquet")


def test_random_vectors_of_any_size_are_under_the_limit(tmp_path, monkeypatch, random):
    monkeypatch.setattr(size_limits, "FREE_BYTES", 1000)
    pd.DataFrame({"v": list(random.normal(size=(500, 64)).astype(np.float32))}).to_parquet(tmp_path / "a.parquet")
    assert len(read_table(tmp_path / "a.parquet")) == 500


@pytest.mark.parametrize(
    ("cells", "kind", "text"),
    [
        ([[("a", 1)], None], pa.map_(pa.string(), pa.int32()), "a, 1"),
        ([{"x": ["a"]}, {"x": None}], pa.struct({"x": pa.list_(pa.string())}), '{"x": ["a"]}'),
        ([[{"x": "a"}], []], pa.list_(pa.struct({"x": pa.string()})), '{"x": "a"}'),
        ([decimal.Decimal("2.0"), None], pa.decimal128(5, 1), "2.0"),
        ([datetime.date(2020, 1, 2), None], pa.date32(), "2020-01-02"),
        (["a", None], pa.large_string(), "a"),
        ([b"a", None], pa.binary(1), "a"),
    ],
)
def test_columns_of_any_type_are_read(cells, kind, text, tmp_path):
    pq.write_table(pa.table({"x": pa.array(cells, kind)}), tmp_path / "a.parquet")
    (found,) = read_table(tmp_path / "a.parquet").columns
    assert cell_text(found[0]) == text
    assert len(found) == 2
