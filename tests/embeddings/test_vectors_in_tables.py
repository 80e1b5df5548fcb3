"""Which columns of a table are the vector: numbered ones, lists, also as text; never what tells of utterances."""

import numpy as np
import pytest

from ser_core.embeddings.reserved_columns import AS_TEXT, CLASSES, NAMES, OF_UTTERANCES, OTHER_NAMES
from ser_core.embeddings.space import NAME
from ser_core.embeddings.vector_choices import VectorChoice, list_columns, size_of_lists, unnested, vector_choices
from ser_core.embeddings.vector_columns import (
    looks_like_numbers,
    number_columns,
    numbered_columns,
    split_off,
    vector_columns,
)
from ser_core.embeddings.written_lists import is_written_list, read_written_lists, written_list
from ser_core.tables import Table


def table(**columns) -> Table:
    cells = tuple(columns.values())
    return Table(tuple(columns), cells, range(len(cells[0])))


def test_every_name_that_tells_of_utterances_is_in_small_letters_and_never_part_of_a_vector():
    assert set(NAMES) | set(CLASSES) | AS_TEXT | set(OTHER_NAMES) <= OF_UTTERANCES
    assert all(name == name.lower() for name in OF_UTTERANCES)
    assert NAMES[0] == NAME
    assert set(OTHER_NAMES.values()) <= {"speaker", "gender", "age", "text"}
    named = table(**{name: [1.0, 2.0] for name in sorted(OF_UTTERANCES)})
    assert (numbered_columns(named), number_columns(named), vector_columns(named)) == ([], (), ())


@pytest.mark.parametrize(
    "names",
    [
        ("f0", "f1", "f2"), ("dim_1", "dim_2"), ("emb[0]", "emb[1]"), ("0", "1"), ("x00", "x01", "x02"),
        tuple(f"feature_{number}" for number in (3, 5, 6, 7, 8, 9, 10, 12)),  # with a gap, but eight
    ],
)  # fmt: skip
def test_columns_numbered_alike_are_the_vector_in_the_order_of_their_numbers(names):
    shuffled = {name: [0.5, 1.5] for name in reversed(names)}
    assert numbered_columns(table(**{"emotion": ["sad", "angry"], **shuffled})) == [names]


@pytest.mark.parametrize("names", [("f0",), ("f0", "f2"), ("f3", "f4", "f5")])
def test_a_few_numbers_with_a_gap_or_another_begin_are_no_vector(names):
    assert numbered_columns(table(**{name: [1.0] for name in names})) == []


def test_a_series_holds_numbers_if_more_than_half_of_its_filled_cells_do():
    assert numbered_columns(table(f0=["1", "2"], f1=["3", "x"])) == [("f0", "f1")]  # the cell is named, none is dropped
    assert numbered_columns(table(f0=["1", "2"], f1=["x", "y"])) == []
    assert numbered_columns(table(f0=["1", "2"], f1=[True, False])) == []
    assert numbered_columns(table(f0=["1", ""], f1=["3", "4e-1"])) == [("f0", "f1")]
    assert numbered_columns(table(f0=["", ""], f1=["", "x"], f2=["1", "2"])) == [("f0", "f1", "f2")]


def test_the_largest_whole_group_comes_first():
    many = {f"b{number}": [1.0] for number in (*range(5), *range(6, 12))}
    found = numbered_columns(table(a0=[1.0], a1=[1.0], **many, c0=[1.0], c1=[1.0], c2=[1.0]))
    assert [len(group) for group in found] == [3, 2, 11]  # whole groups, then the one with a gap


def test_eight_numbers_with_names_of_their_own_are_a_vector_and_seven_are_not():
    eight = {name: [1.0, 2.0] for name in "abcdefgh"}
    assert vector_columns(table(**eight)) == tuple("abcdefgh")
    seven = {name: eight[name] for name in "abcdefg"}
    assert vector_columns(table(**seven)) == ()
    assert number_columns(table(**seven)) == tuple("abcdefg")


def test_a_duration_and_a_complex_value_are_no_numbers_and_a_whole_number_without_limit_is_not_finite():
    cells = [np.timedelta64(3, "s"), np.complex64(1), 10**400]
    vectors, _, faults = split_off(table(f0=[1.0, 1.0, 1.0], f1=cells), ("f0", "f1"))
    np.testing.assert_array_equal(vectors[:, 1], [np.nan, np.nan, np.inf])
    assert sorted(faults) == [0, 1, 2]


def test_the_vector_is_split_off_with_nan_where_there_is_no_number():
    vectors, rest, faults = split_off(table(emotion=["sad", "angry"], f0=["1", ""], f1=[2.0, 3.0]), ("f0", "f1"))
    np.testing.assert_array_equal(vectors, [[1, 2], [np.nan, 3]])
    assert faults == {1: "nothing in f0"}
    assert rest.header == ("emotion",)
    assert "2 columns of numbers were read as the vector: f0 to f1." in rest.notes


def test_a_column_that_decides_every_angle_is_told():
    _, rest, _ = split_off(table(f0=[1.0], f1=[1.0], f2=[5000.0]), ("f0", "f1", "f2"))
    assert "5000 times as large as the middle one" in rest.notes[-1]
    _, rest, _ = split_off(table(f0=[1.0], f1=[1.0], f2=[50.0]), ("f0", "f1", "f2"))
    assert len(rest.notes) == 1


def test_a_first_line_of_numbers_alone_is_no_header():
    assert looks_like_numbers(["1", "-2.5", "1e3"])
    assert not looks_like_numbers(["1", "f1"])
    assert not looks_like_numbers([])
    assert not looks_like_numbers(["1_000"])  # Python reads it as a number; a person named a column


def test_every_way_to_take_vectors_is_listed_lists_first_and_ours_before_all():
    found = vector_choices(
        table(
            emotion=["sad", "angry"],
            hidden=[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
            embedding=[[1.0, 2.0], [3.0, 4.0]],
            written=["[1 2 3 4]", "[5 6 7 8]"],
            f0=[1.0, 2.0],
            f1=[3.0, 4.0],
            loud=[1.0, 2.0],
            neighbors=[[1, 2], [0, 2]],
        )
    )
    assert found == (
        VectorChoice(("embedding",), 2),
        VectorChoice(("written",), 4),
        VectorChoice(("hidden",), 3),
        VectorChoice(("f0", "f1"), 2),
        VectorChoice(("f0", "f1", "loud"), 3),
    )


def test_a_list_in_a_list_is_taken_out_and_counted():
    assert unnested([[[1.0, 2.0]]]) == [1.0, 2.0]
    assert unnested([[1.0, 2.0], [3.0, 4.0]]) == [[1.0, 2.0], [3.0, 4.0]]
    assert size_of_lists([None, [[1.0, 2.0, 3.0]]]) == 3
    assert size_of_lists(np.zeros((5, 7))) == 7
    assert size_of_lists(["", "[1, 2]"]) == 2
    assert list_columns(table(nested=[[[1.0, 2.0]]], words=[["a", "b"]], single=[1.0])) == ["nested"]


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("[1, 2.5]", [1, 2.5]), ("[1 2\n 3]", [1, 2, 3]),
        ("array([1., 2.])", [1, 2]), ("tensor([-1e-3, 2])", [-1e-3, 2]),
        ("[[1, 2]]", [1, 2]), ("1;2;3", [1, 2, 3]), ("[.5 inf]", [0.5, np.inf]),
    ],
)  # fmt: skip
def test_written_lists_are_read(cell, numbers):
    found = written_list(cell)
    assert found is not None
    assert found.tolist() == numbers


@pytest.mark.parametrize("cell", ["", "sad", "[sad, angry]", "3", "[3]", "1, two"])
def test_other_texts_are_no_list(cell):
    assert written_list(cell) is None
    assert not is_written_list(cell)


def test_a_few_bare_numbers_may_be_a_code_or_a_time_and_eight_are_a_list():
    assert not is_written_list("10 20 30")
    assert is_written_list("[10 20]")
    assert is_written_list("1 2 3 4 5 6 7 8")


def test_a_column_is_read_cell_by_cell_and_what_is_no_list_stays():
    read = read_written_lists(["[1 2]", "", "lost", None, [3.0]])
    assert read[0].tolist() == [1, 2]
    assert read[1:3] == [None, "lost"]
    assert read[4] == [3.0]
