"""What goes out comes back: every form that is written opens again with the same vectors and columns."""

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings import Space, export, library
from ser_core.embeddings.opening import open_space
from ser_core.errors import EmbeddingError, StorageError


@pytest.fixture
def space(random: np.random.Generator) -> Space:
    frame = pd.DataFrame(
        {
            "file": [f"s{row}/a,{row}.wav" for row in range(20)],
            "speaker": [f"0{row % 4}" for row in range(20)],
            "emotion": ["sad", "calm"] * 10,
            "text": ["a “b”\tc", None] * 10,
            "arousal": np.arange(20) / 4,
        }
    )
    return Space(frame, random.normal(size=(20, 5)).astype(np.float32))


def test_the_parquet_file_has_the_columns_of_embedding_atlas(space, tmp_path, random):
    points = random.normal(size=(20, 2))
    (tmp_path / "a.parquet").write_bytes(export.parquet_bytes(export.with_map(space, points, neighbours=3)))
    table = pd.read_parquet(tmp_path / "a.parquet")
    np.testing.assert_allclose(table[["projection_x", "projection_y"]], points, rtol=1e-6)
    units = space.embeddings / np.linalg.norm(space.embeddings, axis=1, keepdims=True)
    distances = 1 - units @ units.T
    for row, near in enumerate(table["neighbors"]):
        expected = sorted((other for other in range(20) if other != row), key=lambda other: distances[row, other])[:3]
        assert list(near["ids"]) == expected
        np.testing.assert_allclose(near["distances"], distances[row, expected], atol=1e-6)
    back = open_space(tmp_path / "a.parquet")
    np.testing.assert_array_equal(back.embeddings, space.embeddings)
    pd.testing.assert_frame_equal(back.frame, space.frame, check_dtype=False)


def test_the_projectors_files_come_back_number_by_number(space, tmp_path):
    (tmp_path / "vectors.tsv").write_bytes(export.vectors_tsv(space))
    (tmp_path / "metadata.tsv").write_bytes(export.metadata_tsv(space))
    back = open_space(tmp_path / "vectors.tsv", tmp_path / "metadata.tsv")
    np.testing.assert_array_equal(back.embeddings, space.embeddings)
    expected = space.frame.assign(text=["a “b” c", None] * 10)
    pd.testing.assert_frame_equal(back.frame, expected, check_dtype=False)


def test_names_alone_are_written_without_a_header(space, tmp_path):
    named = Space(space.frame[["file"]], space.embeddings)
    assert export.metadata_tsv(named).decode().splitlines() == space.frame["file"].tolist()
    (tmp_path / "v.tsv").write_bytes(export.vectors_tsv(named))
    (tmp_path / "m.tsv").write_bytes(export.metadata_tsv(named))
    assert open_space(tmp_path / "v.tsv", tmp_path / "m.tsv").frame["file"].tolist() == named.frame["file"].tolist()


def test_the_selection_lists_files_not_numbers(space):
    table = pd.read_csv(io.BytesIO(export.selection_csv(space, [7, 2])), dtype={"speaker": str})
    assert table["file"].tolist() == ["s7/a,7.wav", "s2/a,2.wav"]
    assert table["speaker"].tolist() == ["03", "02"]


# ------------------------------------------------------------------------------------------------ kept
def test_a_space_is_kept_chosen_again_and_deleted(space, workspace):
    assert library.saved_spaces() == []
    noted = Space(space.frame, space.embeddings, notes=("Left out 2 of 22 rows.",))
    first, second = library.save_space(noted, "../my vectors.npy"), library.save_space(noted, "my vectors.npy")
    assert [path.relative_to(workspace).as_posix() for path in (first, second)] == [
        "spaces/my-vectors.parquet",
        "spaces/my-vectors-2.parquet",
    ]
    back = library.load(first)
    np.testing.assert_array_equal(back.embeddings, space.embeddings)
    pd.testing.assert_frame_equal(back.frame, space.frame, check_dtype=False)
    assert back.notes == noted.notes
    library.delete(first)
    assert library.saved_spaces() == [second]
    with pytest.raises(EmbeddingError, match="Expected one of the spaces kept"):
        library.delete(Path("pyproject.toml").absolute())


def test_a_full_disk_leaves_nothing_half_written(space, workspace, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(StorageError, match="No space left"):
        library.save_space(space, "a")
    assert list((workspace / "spaces").iterdir()) == []


def test_foreign_notes_do_not_keep_a_file_from_opening(space, workspace):
    import pyarrow.parquet

    path = library.save_space(space, "a")
    for notes in (b"no json", b"[" * 100_000, json.dumps({"a": 1}).encode()):
        table = pyarrow.parquet.read_table(path).replace_schema_metadata({b"ser_core_notes": notes})
        pyarrow.parquet.write_table(table, path)
        assert library.load(path).notes == ()


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("a.parquet", "a"), ("..\\..\\b.npy", "b"), ("C:evil.tsv", "C-evil"), ("CON.npy", "CON-space"), ("", "space"),
        ("ümläut 1.NPY", "umlaut-1"), ("." * 9, "space"), ("x" * 500, "x" * 60), ("a\0b\n", "a-b"), ("-rf", "rf"),
    ],
)  # fmt: skip
def test_names_are_made_safe(given, safe):
    assert library.safe_name(given) == safe
