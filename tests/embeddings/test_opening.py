"""Vectors from elsewhere are opened in each form, and what cannot be used is refused with its row and with advice."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings.opening import open_space
from ser_core.embeddings.reading import MOST_COLUMNS
from ser_core.errors import EmbeddingError, UnusableVectorsError


@pytest.fixture
def vectors(random: np.random.Generator) -> np.ndarray:
    return random.normal(size=(6, 4)).astype(np.float32)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def npy(path: Path, array: np.ndarray, **options: bool) -> Path:
    np.save(path, array, **options)
    return path


def parquet(path: Path, vectors: object, **columns: object) -> Path:
    pd.DataFrame({**columns, "embedding": list(vectors)}).to_parquet(path)
    return path


# ------------------------------------------------------------------------------------------------ the forms
def test_a_parquet_with_a_name_and_a_vector_is_enough(vectors, tmp_path):
    path = parquet(tmp_path / "a.parquet", vectors, id=list("uvwxyz"))
    space = open_space(path)
    np.testing.assert_array_equal(space.embeddings, vectors)
    assert space.frame["file"].tolist() == list("uvwxyz")
    assert list(space.frame.columns) == ["file"]
    assert "The column id was read as the name of each row." in space.notes
    assert any("No emotions are named" in note for note in space.notes)


def test_a_vector_column_of_any_name_is_found_and_of_several_the_one_called_embedding(vectors, tmp_path):
    frame = pd.DataFrame({"key": list("uvwxyz"), "feats": list(vectors.astype(np.float64)), "emotion": "sad"})
    frame.to_parquet(tmp_path / "one.parquet")
    np.testing.assert_array_equal(open_space(tmp_path / "one.parquet").embeddings, vectors)
    frame.assign(x=list(vectors[:, :2])).to_parquet(tmp_path / "two.parquet")
    with pytest.raises(EmbeddingError, match="called embedding if there are several; got feats, x among"):
        open_space(tmp_path / "two.parquet")
    frame.assign(embedding=list(vectors[:, :2])).to_parquet(tmp_path / "three.parquet")
    assert open_space(tmp_path / "three.parquet").size == 2


def test_the_atlas_of_a_checkpoint_opens_with_all_that_it_tells(tiny_checkpoint):
    space = open_space(tiny_checkpoint / "atlas.parquet")
    table = pd.read_parquet(tiny_checkpoint / "atlas.parquet")
    assert space.frame["speaker"].tolist() == table["speaker"].tolist()
    assert space.classes == ("neutral", "sad", "angry")
    assert space.frame["probability_sad"].tolist() == pytest.approx(table["probability_sad"].tolist())
    assert len(space.held_out()) == (table["split"] != "train").sum()


def test_an_array_goes_with_a_table_in_any_form_and_without_one(vectors, tmp_path):
    path = npy(tmp_path / "a.npy", vectors.astype(np.float64))
    table = pd.DataFrame({"file": list("uvwxyz"), "speaker": [1, 1, 2, 2, 3, 3], "label": ["Joy", "sad"] * 3})
    table.to_csv(tmp_path / "a.csv", index=False)
    table.to_csv(tmp_path / "semicolon.csv", index=False, sep=";")
    table.to_csv(tmp_path / "a.tsv", index=False, sep="\t")
    table.to_parquet(tmp_path / "a.parquet")
    for name in ("a.csv", "semicolon.csv", "a.tsv", "a.parquet"):
        space = open_space(path, tmp_path / name)
        assert space.frame["speaker"].tolist() == list("112233"), name
        assert space.frame["emotion"].tolist() == ["happy", "sad"] * 3
        assert {"The column label was read as emotion.", "Emotion names read as: Joy → happy."} <= set(space.notes)
    bare = open_space(path)
    assert bare.frame["file"].tolist() == [f"row {number}" for number in range(1, 7)]


def test_the_projectors_table_has_a_header_only_if_it_has_several_columns(vectors, tmp_path):
    lines = "\n".join("\t".join(f"{value:.9g}" for value in row) for row in vectors)
    path = write(tmp_path / "vectors.tsv", lines + "\n")
    assert open_space(path).size == 4
    one = open_space(path, write(tmp_path / "one.tsv", "sad\nsad\ncalm\ncalm\nsad\ncalm\n"))
    assert one.frame["emotion"].tolist() == ["sad", "sad", "calm", "calm", "sad", "calm"]
    named = open_space(path, write(tmp_path / "names.tsv", 'a\n"b\nc\nd\ne\nf\n'))
    assert named.frame["file"].tolist() == ["a", '"b', "c", "d", "e", "f"]
    two = open_space(path, write(tmp_path / "two.tsv", "word\tspeaker\n" + "x\t01\n" * 6))
    assert two.frame["speaker"].tolist() == ["01"] * 6
    np.testing.assert_array_equal(two.embeddings, vectors)
    with pytest.raises(EmbeddingError, match=r"got 7 and 6\. A metadata.tsv of one column has no header"):
        open_space(path, write(tmp_path / "headed.tsv", "label\n" + "sad\n" * 6))


def test_numbers_stay_numbers_and_codes_stay_text(vectors, tmp_path):
    columns = {"file": list("uvwxyz"), "loudness": ["1", "2.5", "", "-3", "0", "0.5"], "take": ["01", "02"] * 3,
               "part": ["1_0", "1_1"] * 3}  # fmt: skip
    pd.DataFrame(columns).to_csv(tmp_path / "a.csv", index=False)
    frame = open_space(npy(tmp_path / "a.npy", vectors), tmp_path / "a.csv").frame
    assert frame["loudness"].dtype == np.float64
    assert frame["loudness"].tolist()[3:] == [-3.0, 0.0, 0.5]
    assert frame["take"].tolist() == ["01", "02"] * 3
    assert frame["part"].tolist() == ["1_0", "1_1"] * 3


def test_classes_that_are_no_emotions_are_kept_and_noted(vectors, tmp_path):
    path = parquet(tmp_path / "a.parquet", vectors, file=list("uvwxyz"), emotion=["Sarcastic", "anger"] * 3)
    space = open_space(path)
    assert space.classes == ("angry", "sarcastic")
    assert "Classes beside the twelve emotions, kept as they are: sarcastic." in space.notes


def test_one_dimension_and_one_class_are_opened_with_a_remark(vectors, tmp_path):
    space = open_space(parquet(tmp_path / "a.parquet", vectors[:, :1], file=list("uvwxyz"), emotion=["sad"] * 6))
    assert any("every angle is 0 or 180" in note for note in space.notes)
    assert any("One class only, sad" in note for note in space.notes)


# ------------------------------------------------------------------------------------------------ rows that fail
def test_rows_without_direction_or_name_are_named_and_left_out_on_demand(vectors, tmp_path):
    bad = vectors.astype(np.float64)
    bad[1, 2], bad[2, 0], bad[3] = np.nan, 1e39, 0.0
    path = parquet(tmp_path / "a.parquet", bad, file=["a", "b", "c", "d", "e", "e"])
    with pytest.raises(UnusableVectorsError, match="Leave them out, or mend the file") as refused:
        open_space(path)
    assert refused.value.count == 4
    assert "of 6 rows not: 1 without finite numbers (row 2: b, nan in number 3 of embedding); " in str(refused.value)
    assert "1 with a number beyond ±3.4e+38" in str(refused.value)
    assert "(row 3: c, 1e+39 in number 1 of embedding)" in str(refused.value)
    assert "1 of zero length, so without a direction (row 4: d)" in str(refused.value)
    assert "1 with a name that occurs before (row 6: e)" in str(refused.value)
    with pytest.raises(EmbeddingError, match="at least 3 vectors in a.parquet; got 2"):
        open_space(path, leave_out=True)


def test_what_is_left_out_is_noted_and_the_others_keep_their_rows(vectors, tmp_path):
    listed: list[object] = [*vectors, None]
    listed[0] = np.full(4, np.inf, dtype=np.float32)
    pd.DataFrame({"file": [*list("uvwxyz"), "last"], "embedding": listed}).to_parquet(tmp_path / "a.parquet")
    space = open_space(tmp_path / "a.parquet", leave_out=True)
    assert space.frame["file"].tolist() == list("vwxyz")
    np.testing.assert_array_equal(space.embeddings, vectors[1:])
    assert space.notes[0].startswith(
        "Left out 2 of 7 rows: 2 without finite numbers (row 1: u, inf in number 1 of embedding, row 7: last)"
    )


def test_utterances_of_one_file_are_told_apart_by_where_they_begin(vectors, tmp_path):
    path = parquet(tmp_path / "a.parquet", vectors, file=["a"] * 6, start=np.arange(6.0))
    space = open_space(path)
    assert len(space) == 6
    assert len(set(space.recordings)) == 1


# ------------------------------------------------------------------------------------------------ files that fail
def test_nothing_is_ever_unpickled(vectors, tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("unpickled")

    monkeypatch.setattr("pickle.load", refuse)
    path = npy(tmp_path / "a.npy", np.array([{"x": 1}, None, 2], dtype=object), allow_pickle=True)
    with pytest.raises(EmbeddingError, match="pickled Python objects, which are never opened here"):
        open_space(path)
    (tmp_path / "b.npy").write_bytes(b"\x80\x04]\x94(K\x01K\x02e.")  # a pickled list
    with pytest.raises(EmbeddingError, match="Nothing is unpickled here"):
        open_space(tmp_path / "b.npy")


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.zeros(5), r"shape \(B, D\); got shape \(5,\)"),
        (np.zeros((2, 3, 4)), "Average over time first"),
        (np.zeros((5, 0)), "got shape"),
        (np.array([["a", "b"]] * 4), "real numbers in a.npy; got values of type"),
        (np.ones((4, 2), dtype=complex), "real numbers in a.npy; got values of type complex"),
        (np.ones((2, 3)), "at least 3 vectors in a.npy; got 2"),
        (np.zeros((4, 3)), r"4 of zero length, so without a direction \(row 1, row 2, row 3 and 1 more\)"),
    ],
)
def test_arrays_that_are_no_rows_of_numbers_are_refused(array, words, tmp_path):
    with pytest.raises(EmbeddingError, match=words):
        open_space(npy(tmp_path / "a.npy", array))


def test_a_header_that_promises_more_than_the_file_holds_asks_for_no_memory(vectors, tmp_path):
    path = npy(tmp_path / "a.npy", vectors)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"(6, 4), }" + 12 * b" ", b"(6000000000000, 4), }"))
    with pytest.raises(EmbeddingError, match="Expected an array of numbers in a.npy"):
        open_space(path)
    path.write_bytes(content.replace(b"(6, 4), }", b"(6, (4), "))
    with pytest.raises(EmbeddingError, match="Expected an array of numbers in a.npy"):
        open_space(path)
    path.write_bytes(content[:20])
    with pytest.raises(EmbeddingError, match="Save it again with numpy.save"):
        open_space(path)


def test_ragged_and_other_vectors_are_refused_with_the_row(vectors, tmp_path):
    ragged = [row.tolist() for row in vectors]
    ragged[3] = [1.0, 2.0]
    with pytest.raises(EmbeddingError, match="got 4 numbers in row 1 and 2 in row 4"):
        open_space(parquet(tmp_path / "a.parquet", ragged, file=list("uvwxyz")))
    with pytest.raises(EmbeddingError, match="got 2 numbers in line 1 and 3 in line 2"):
        open_space(write(tmp_path / "a.tsv", "1\t2\n1\t2\t3\n"))
    with pytest.raises(EmbeddingError, match="got 'x' in line 1. Vectors have no header: delete that line"):
        open_space(write(tmp_path / "b.tsv", "x\ty\n1\t2\n1\t2\n"))
    with pytest.raises(EmbeddingError, match="got 'oops' in line 2. Correct that line"):
        open_space(write(tmp_path / "c.tsv", "1\t2\n1\toops\n"))
    pd.DataFrame({"file": ["a"], "text": ["[1, 2]"]}).to_parquet(tmp_path / "d.parquet")
    with pytest.raises(EmbeddingError, match="got none among file, text"):
        open_space(tmp_path / "d.parquet")


def test_wrong_files_are_refused_with_what_was_expected(vectors, tmp_path):
    with pytest.raises(EmbeddingError, match="there is none. Check the path"):
        open_space(tmp_path / "none.npy")
    with pytest.raises(EmbeddingError, match=r"vectors as .parquet, .npy, .npz, .csv, .tsv; got 'a.wav'"):
        open_space(write(tmp_path / "a.wav", "RIFF"))
    with pytest.raises(EmbeddingError, match="Expected a parquet table in a.parquet"):
        open_space(write(tmp_path / "a.parquet", "no parquet"))
    (tmp_path / "a.tsv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EmbeddingError, match="UTF-8 text in a.tsv"):
        open_space(tmp_path / "a.tsv")
    with pytest.raises(EmbeddingError, match="the file is empty"):
        open_space(write(tmp_path / "empty.tsv", "\n"))
    path = npy(tmp_path / "b.npy", vectors)
    with pytest.raises(EmbeddingError, match=r"as many rows in b.csv as vectors in b.npy; got 2 and 6\. Take both"):
        open_space(path, write(tmp_path / "b.csv", "file,speaker\na,1\nb,2\n"))
    with pytest.raises(EmbeddingError, match="2 fields in each line of c.csv, as in its header; got 1 in line 3"):
        open_space(path, write(tmp_path / "c.csv", "file,speaker\na,1\nb\n"))
    with pytest.raises(EmbeddingError, match="Expected no second table beside d.parquet"):
        open_space(parquet(tmp_path / "d.parquet", vectors, file=list("uvwxyz")), tmp_path / "b.csv")
    with pytest.raises(EmbeddingError, match=r"metadata as .csv, .tsv, .parquet; got 'b.npy'"):
        open_space(path, path)


def test_an_empty_line_between_others_is_refused_since_rows_would_move(vectors, tmp_path):
    with pytest.raises(EmbeddingError, match="got nothing in line 2. Delete that line"):
        open_space(write(tmp_path / "v.tsv", "1\t2\n\n3\t4\n5\t6\n"))
    path = npy(tmp_path / "v.npy", vectors)
    for name, text in (
        ("one.tsv", "sad\n\ncalm\nsad\ncalm\nsad\ncalm\n"),
        ("two.tsv", "a\tb\n\n" + "x\t1\n" * 6),
        ("c.csv", "file,speaker\n\n" + "".join(f"{row},x\n" for row in range(6))),
    ):
        with pytest.raises(EmbeddingError, match=f"each line of {name}; got nothing in line 2"):
            open_space(path, write(tmp_path / name, text))
    assert len(open_space(write(tmp_path / "end.tsv", "1\t2\n3\t4\n5\t6\n\n \n"))) == 3


def test_a_column_of_single_numbers_is_not_proposed_as_vectors(tmp_path):
    pd.DataFrame({"file": list("abc"), "embedding": [1.0, 2.0, 3.0]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(EmbeddingError, match="The cells of embedding are no lists of numbers") as refused:
        open_space(tmp_path / "a.parquet")
    assert "Did you mean" not in str(refused.value)
    pd.DataFrame({"file": list("abc"), "embeddings": [1.0, 2.0, 3.0]}).to_parquet(tmp_path / "b.parquet")
    with pytest.raises(EmbeddingError, match="got none among file, embeddings. A vector is") as refused:
        open_space(tmp_path / "b.parquet")


def test_a_table_too_wide_to_colour_by_is_refused_and_told_briefly(vectors, tmp_path):
    np.save(tmp_path / "v.npy", vectors)
    wide = pd.DataFrame({f"c{number}": np.ones(len(vectors)) for number in range(MOST_COLUMNS + 1)})
    wide.iloc[:, :-1].to_csv(tmp_path / "fits.csv", index=False)
    assert open_space(tmp_path / "v.npy", tmp_path / "fits.csv").size == vectors.shape[1]
    wide.to_csv(tmp_path / "wide.csv", index=False)
    wide.to_parquet(tmp_path / "wide.parquet")
    for name in ("wide.csv", "wide.parquet"):
        with pytest.raises(EmbeddingError, match=rf"at most 500 columns beside the vectors in {name}; got 501. Keep"):
            open_space(tmp_path / "v.npy", tmp_path / name)
    assert open_space(tmp_path / "wide.parquet").size == MOST_COLUMNS + 1  # all of them are the vector
    wide.astype(str).replace("1.0", "one").to_parquet(tmp_path / "words.parquet")
    with pytest.raises(EmbeddingError, match="got none among c0, c1, .* c11 and 489 more. A vector is a list"):
        open_space(tmp_path / "words.parquet")
    wide.assign(embedding=list(vectors)).to_parquet(tmp_path / "both.parquet")
    with pytest.raises(EmbeddingError, match="at most 500 columns .* got 501"):
        open_space(tmp_path / "both.parquet")


def test_a_parquet_that_cannot_be_read_is_told_without_the_folder_it_lies_in(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"")
    with pytest.raises(EmbeddingError, match="table in a.parquet; the file is empty. Export it again"):
        open_space(tmp_path / "a.parquet")
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + bytes(200) + b"PAR1")
    with pytest.raises(EmbeddingError) as told:
        open_space(tmp_path / "a.parquet")
    assert str(tmp_path) not in str(told.value)


@pytest.mark.parametrize("line", ["1.5,2.5,-3e-2", "1 2 3", "1,5\t2,5\t3,5", "1;2"])
def test_other_signs_between_numbers_are_told_as_such(line, tmp_path):
    (tmp_path / "a.tsv").write_text(f"{line}\n" * 4)
    with pytest.raises(EmbeddingError, match="in line 1. Write tabs between the numbers, and points in them"):
        open_space(tmp_path / "a.tsv")


def test_a_table_that_a_spreadsheet_saved_as_unicode_text_is_read(vectors, tmp_path):
    np.save(tmp_path / "v.npy", vectors)
    lines = [f"Größe {number}\tangry" for number in range(len(vectors))]
    (tmp_path / "t.tsv").write_bytes("\r\n".join(["file\temotion", *lines]).encode("utf-16"))
    assert open_space(tmp_path / "v.npy", tmp_path / "t.tsv").column("file")[0] == "Größe 0"
