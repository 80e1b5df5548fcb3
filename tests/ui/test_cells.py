"""Cells of the audited table that a visitor changed are found, in either half, and refused when they contradict."""

import numpy as np
import pandas as pd
import pytest

from ser_core.errors import InputError
from ser_core.geometry.angle_table import angle_table, changed
from ui.views.audit.cells import cell_changes, upper_half

TABLE = angle_table(["a", "b", "c"], np.array([[0, 10, 20], [10, 0, 15], [20, 15, 0.0]]))


def written(**cells: float | None) -> pd.DataFrame:
    after = upper_half(TABLE)
    for pair, value in cells.items():
        after.loc[pair[0], pair[1]] = np.nan if value is None else value
    return after


def test_what_is_changed_in_either_half_counts_for_both():
    before = upper_half(TABLE)
    assert cell_changes(before, written()) == ({}, [])
    assert cell_changes(before, written(ab=11, ca=25)) == ({("a", "b"): 11, ("a", "c"): 25}, [])
    assert cell_changes(before, written(ab=11, ba=11)) == ({("a", "b"): 11}, [])
    assert cell_changes(before, written(aa=7)) == ({}, [])  # the diagonal plays no part


@pytest.mark.parametrize(
    ("cells", "got"),
    [({"ab": None}, "an empty cell"), ({"ab": 11, "ba": 12}, "11 and 12"), ({"ab": 999}, "999"), ({"ba": -1}, "-1")],
)
def test_a_cell_that_holds_no_angle_is_named_and_the_other_changes_count(cells, got):
    found, refused = cell_changes(upper_half(TABLE), written(bc=17, **cells))
    assert found == {("b", "c"): 17}
    (reason,) = refused
    assert reason.startswith(f"Expected one angle from 0 to 180 for a and b; got {got}. Correct that cell")


def test_changes_are_mirrored_and_keep_the_rounding_of_what_they_replace():
    found = changed(TABLE, {("c", "a"): 33.3})
    assert found.degrees[0, 2] == found.degrees[2, 0] == 33.3
    assert TABLE.degrees[0, 2] == 20
    np.testing.assert_array_equal(found.rounding_degrees, TABLE.rounding_degrees)
    for value in (-1, 181, np.nan, np.inf):
        with pytest.raises(InputError, match="from 0 to 180 for a and b; got .* Correct that cell"):
            changed(TABLE, {("a", "b"): value})
