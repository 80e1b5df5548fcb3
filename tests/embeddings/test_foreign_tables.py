"""Tables as people have them: what is the vector is found or chosen, and any column can be the label."""

import json

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings import library
from ser_core.embeddings.column_mapping import ColumnMapping
from ser_core.embeddings.opening import open_space
from ser_core.embeddings.preview import preview
from ser_core.embeddings.space import Space
from ser_core.errors import EmbeddingError

ROWS, SIZE = 12, 16


@pytest.fixture
def vectors(random):
    return random.normal(size=(ROWS, SIZE)).round(4)


@pytest.fixture
def told():
    return pd.DataFrame(
        {
            "clip_id": [f"c{row}" for row in range(ROWS)],
            "style": ["read", "free", "sung"] * 4,
            "actor": [f"a{row % 4}" for row in range(ROWS)],
            "loudness": np.linspace(-30, -3, ROWS),
        }
    )


def wide(told, vectors, names):
    return pd.concat([told, pd.DataFrame(vectors, columns=names)], axis=1)


NAMES = {
    "f0": [f"f{number}" for number in range(SIZE)],
    "dim_0": [f"dim_{number}" for number in range(SIZE)],
    "0": [str(number) for number in range(SIZE)],
    "e[0]": [f"e[{number}]" for number in range(SIZE)],
    "x001": [f"x{number:03d}" for number in range(1, SIZE + 1)],
    "from 5": [f"f{number + 5}" for number in range(SIZE)],
    "a gap": [f"f{number if number < 7 else number + 1}" for number in range(SIZE)],
}


@pytest.mark.parametrize("form", ["parquet", "csv", "tsv"])
@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_a_wide_table_opens_with_its_numbered_columns_as_the_vector(told, vectors, tmp_path, names, form):
    path = tmp_path / f"wide.{form}"
    table = wide(told, vectors, names)
    if form == "parquet":
        table.to_parquet(path)
    else:
        table.to_csv(path, index=False, sep="\t" if form == "tsv" else ",")
    space = open_space(path)
    np.testing.assert_allclose(space.embeddings, vectors, rtol=1e-6)
    assert space.frame["loudness"].tolist() == pytest.approx(told["loudness"].tolist()), "no part of the vector"
    assert space.labels == ("style", "speaker")


WRITTEN = {
    "JSON": lambda row: json.dumps(row.tolist()),
    "NumPy": str,
    "a tensor": lambda row: f"tensor({row.tolist()})",
    "blanks": lambda row: " ".join(map(str, row)),
    "semicolons": lambda row: ";".join(map(str, row)),
}


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_lists_that_are_written_into_a_cell_are_read_as_vectors(told, vectors, tmp_path, write):
    table = told.assign(vec=[write(row) for row in vectors])
    table.to_csv(tmp_path / "a.csv", index=False)
    table.to_parquet(tmp_path / "a.parquet")
    for name in ("a.csv", "a.parquet"):
        space = open_space(tmp_path / name)
        np.testing.assert_allclose(space.embeddings, vectors, rtol=1e-6)
        assert "vec" not in space.frame.columns


def test_a_short_code_in_a_cell_is_no_vector(told, vectors, tmp_path):
    table = wide(told, vectors, NAMES["f0"]).assign(take="01 02", box="[1, 2, 3, 4]", time="10 20 30")
    table.to_csv(tmp_path / "a.csv", index=False)
    space = open_space(tmp_path / "a.csv")
    np.testing.assert_allclose(space.embeddings, vectors, rtol=1e-6)
    assert space.frame["take"].tolist() == ["01 02"] * ROWS


def test_lists_in_a_list_of_one_are_vectors(told, vectors, tmp_path):
    told.assign(vec=[[row.tolist()] for row in vectors]).to_parquet(tmp_path / "a.parquet")
    np.testing.assert_allclose(open_space(tmp_path / "a.parquet").embeddings, vectors, rtol=1e-6)


def test_of_several_columns_of_lists_the_chosen_one_is_the_vector(told, vectors, tmp_path):
    path = tmp_path / "a.parquet"
    told.assign(hidden=list(vectors), logits=list(vectors[:, :3])).to_parquet(path)
    with pytest.raises(EmbeddingError, match="Choose which of them is the vector"):
        open_space(path)
    space = open_space(path, mapping=ColumnMapping(vector=("logits",)))
    np.testing.assert_allclose(space.embeddings, vectors[:, :3], rtol=1e-6)
    assert not {"hidden", "logits"} & set(space.frame.columns)


def test_few_columns_with_names_of_their_own_are_the_vector_if_they_are_chosen(told, vectors, tmp_path):
    wide(told, vectors[:, :3], ["pitch", "rate", "effort"]).to_csv(tmp_path / "a.csv", index=False)
    space = open_space(tmp_path / "a.csv", mapping=ColumnMapping(vector=("rate", "pitch")))
    np.testing.assert_allclose(space.embeddings, vectors[:, [1, 0]], rtol=1e-6)
    assert "effort" in space.frame.columns
    with pytest.raises(EmbeddingError, match="there is no column 'tempo' among clip_id, style"):
        open_space(tmp_path / "a.csv", mapping=ColumnMapping(vector=("tempo",)))


def test_columns_take_the_roles_that_are_given_to_them(told, vectors, tmp_path):
    table = wide(told, vectors, NAMES["f0"]).assign(id=range(ROWS), file=[f"{row}.wav" for row in range(ROWS)])
    table.to_parquet(tmp_path / "a.parquet")
    space = open_space(tmp_path / "a.parquet", mapping=ColumnMapping(name="clip_id", label="style", speaker="style"))
    assert space.frame["file"].tolist() == told["clip_id"].tolist()
    assert space.frame["speaker"].tolist() == told["style"].tolist()
    with pytest.raises(EmbeddingError, match="Expected a column 'mood'; got the columns clip_id, style"):
        open_space(tmp_path / "a.parquet", mapping=ColumnMapping(label="mood"))


def test_a_chosen_label_of_emotions_is_read_as_emotion_and_another_one_stays_as_it_is(told, vectors, tmp_path):
    table = wide(told, vectors, NAMES["f0"]).assign(mood=["Anger", "joy"] * 6)
    table.to_parquet(tmp_path / "a.parquet")
    space = open_space(tmp_path / "a.parquet", mapping=ColumnMapping(label="mood"))
    assert space.classes == ("happy", "angry")
    assert "The column mood was read as emotion." in space.notes
    other = open_space(tmp_path / "a.parquet", mapping=ColumnMapping(label="style"))
    assert "emotion" not in other.frame.columns
    assert other.classed_by("style").classes == ("free", "read", "sung")


def test_columns_that_can_be_classes_are_few_texts_or_whole_numbers(told, vectors, tmp_path):
    table = wide(told, vectors, NAMES["f0"]).assign(cluster=[0, 1, 2, 1] * 3, same="x", emotion="sad")
    table.to_parquet(tmp_path / "a.parquet")
    space = open_space(tmp_path / "a.parquet")
    assert space.labels == ("emotion", "style", "speaker", "cluster")  # neither loudness, nor names, nor one value
    assert space.classed_by("cluster").classes == ("0", "1", "2")


def test_a_kept_space_remembers_its_label(told, vectors, tmp_path, workspace):
    wide(told, vectors, NAMES["f0"]).to_parquet(tmp_path / "a.parquet")
    space = open_space(tmp_path / "a.parquet")
    assert library.label_of(library.save_space(space, "one", "style")) == "style"
    assert library.label_of(library.save_space(space, "two")) == ""
    assert library.label_of(tmp_path / "a.parquet") == ""


def test_a_transposed_array_is_refused_with_the_way_to_turn_it(told, vectors, tmp_path):
    np.save(tmp_path / "a.npy", vectors.T)
    told.to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(EmbeddingError, match=r"got 12 and 16\. The array has a column for each row.*array\.T"):
        open_space(tmp_path / "a.npy", tmp_path / "a.csv")


# ------------------------------------------------------------------------------------------------ before it is opened
def test_a_preview_tells_rows_ways_and_roles_before_anything_is_opened(told, vectors, tmp_path):
    path = tmp_path / "a.parquet"
    wide(told, vectors, NAMES["dim_0"]).assign(logits=list(vectors[:, :3]), label="x").to_parquet(path)
    seen = preview(path)
    assert seen.rows == ROWS
    assert [one.title for one in seen.vectors] == [
        "logits: lists of 3 numbers",
        "16 columns of numbers: dim_0 to dim_15",
        "17 columns of numbers: loudness to dim_15",
    ]
    assert "label" in seen.columns
    assert seen.roles == ColumnMapping(name=None, label="label", speaker="actor")
    assert len(seen.first) == 5
    assert dict(zip(seen.columns, seen.first[1], strict=True))["style"] == "free"


def test_what_a_preview_puts_first_is_what_opens_without_a_choice(told, vectors, tmp_path):
    for number, names in enumerate(NAMES.values()):
        path = tmp_path / f"{number}.csv"
        wide(told, vectors, names).to_csv(path, index=False)
        first = preview(path).vectors[0].columns
        chosen = open_space(path, mapping=ColumnMapping(vector=first))
        np.testing.assert_array_equal(chosen.embeddings, open_space(path).embeddings)


def test_a_preview_of_an_array_shows_the_table_beside_it(told, vectors, tmp_path):
    np.save(tmp_path / "a.npy", vectors)
    told.to_csv(tmp_path / "a.csv", index=False)
    seen = preview(tmp_path / "a.npy", tmp_path / "a.csv")
    assert (seen.rows, seen.size, seen.vectors) == (ROWS, SIZE, ())
    assert seen.columns == ("clip_id", "style", "actor", "loudness")
    assert preview(tmp_path / "a.npy").first == ()


def test_a_preview_of_what_holds_no_vector_is_refused_with_the_forms_that_do(told, tmp_path):
    told.to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(EmbeddingError, match="a column of lists of numbers, or one column of numbers per dimension"):
        preview(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([f"take {row}" for row in range(500)], "each of its 500 rows has a value of its own"),
        (
            [f"take {row % 201}" for row in range(500)],
            "it has 201 values, of which at most 200 could be told apart on a map",
        ),
        (["one"] * 500, "it has one value only"),
        ([None] * 500, "it has no value"),
        ([0.5, 1.0] * 250, "not all of its numbers are whole ones"),
        ([1.0, 2.0] * 250, ""),
        ([f"take {row % 200}" for row in range(500)], ""),
    ],
)
def test_a_column_that_cannot_give_classes_says_why(values, reason):
    frame = pd.DataFrame({"file": [str(row) for row in range(500)], "column": values})
    space = Space(frame, np.ones((500, 2), dtype=np.float32))
    assert space.why_no_label("column") == reason
    assert space.labels == (() if reason else ("column",))
