"""A parquet whose index bears a column's name, or whose metadata is hostile, ended in a traceback."""

import contextlib
import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ser_core.corpora import table
from ser_core.embeddings.opening import open_space
from ser_core.errors import SerError
from ser_core.tables import read_frame


@pytest.fixture
def frame():
    vectors = np.random.default_rng(0).normal(size=(6, 4)).astype(np.float32)
    return pd.DataFrame(
        {"file": list("uvwxyz"), "speaker": list("121212"), "emotion": ["sad"] * 6, "embedding": list(vectors)}
    )


@pytest.mark.parametrize("index", ["file", "speaker", ["file", "speaker"], "embedding"])
def test_an_index_named_like_a_column_is_that_column(frame, index, tmp_path):
    frame = frame.rename_axis("embedding") if index == "embedding" else frame.set_index(index, drop=False)
    frame.to_parquet(tmp_path / "a.parquet")
    assert open_space(tmp_path / "a.parquet").column("file").tolist() == list("uvwxyz")
    assert [row.speaker for row in table.listed(tmp_path / "a.parquet")[0]] == list("121212")


DEEP = '{"index_columns": ' + "[" * 100_000 + "]" * 100_000 + "}"
METADATA = {
    "deep": DEEP,
    "not JSON": "{",
    "not text": b"\xff\xfe\x00",
    "no keys": "{}",
    "a number": "7",
    "columns that are none": json.dumps({"index_columns": ["a", "b"], "columns": [{}], "column_indexes": [{}]}),
    "wrong types": json.dumps({"index_columns": [[1], {"kind": "range", "name": "x", "start": "a", "step": 0}],
                               "columns": 3, "column_indexes": "x"}),
    "a huge range": json.dumps({"index_columns": [{"kind": "range", "name": "x", "start": 0, "stop": 10**30,
                                                   "step": 1}], "columns": [], "column_indexes": []}),
    "an unknown type": json.dumps({"index_columns": ["file"], "column_indexes": [],
                                   "columns": [{"name": "file", "field_name": "file", "pandas_type": "datetimetz",
                                                "numpy_type": "nonsense", "metadata": {"timezone": "Nowhere/None"}}]}),
}  # fmt: skip


@pytest.mark.parametrize("told", METADATA.values(), ids=METADATA.keys())
def test_whatever_the_metadata_say_the_columns_are_read(frame, told, tmp_path):
    written = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata({"pandas": told})
    pq.write_table(written, tmp_path / "a.parquet", store_schema=False)
    assert open_space(tmp_path / "a.parquet").column("file").tolist() == list("uvwxyz")
    assert len(table.listed(tmp_path / "a.parquet")[0]) == 6


def test_a_file_that_is_cut_or_damaged_anywhere_is_refused_with_advice(frame, tmp_path):
    frame.to_parquet(tmp_path / "whole.parquet")
    whole = (tmp_path / "whole.parquet").read_bytes()
    random = np.random.default_rng(0)
    for trial in range(60):
        damaged = bytearray(whole if trial % 2 else whole[: random.integers(len(whole))])
        for place in random.integers(len(damaged), size=8) if len(damaged) else ():
            damaged[place] = random.integers(256)
        (tmp_path / "a.parquet").write_bytes(damaged)
        for read in (open_space, table.listed):
            with contextlib.suppress(SerError):  # anything else fails the test
                read(tmp_path / "a.parquet")


@pytest.mark.parametrize("told", METADATA.values(), ids=METADATA.keys())
def test_atlas_and_predictions_are_read_whatever_their_metadata_say(frame, told, tmp_path):
    written = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata({"pandas": told})
    pq.write_table(written, tmp_path / "a.parquet", store_schema=False)
    pd.testing.assert_frame_equal(read_frame(tmp_path / "a.parquet", "a"), frame, check_dtype=False)
