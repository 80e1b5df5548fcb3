"""``audit``: the verdict on a table in words, and the JSON of the contract."""

import json
from pathlib import Path

import numpy as np
import pytest

from ser_core.cli import main
from ser_core.geometry.published import KUMAR_LABELS, PRINTED_ANGLES
from ser_core.geometry.table_writing import matrix_csv


@pytest.fixture
def kumar(tmp_path: Path) -> Path:
    path = tmp_path / "kumar.csv"
    path.write_text(matrix_csv(KUMAR_LABELS, PRINTED_ANGLES["kumar-2020-table-2"].angles, decimals=2), encoding="utf-8")
    return path


def test_kumars_table_is_found_impossible_in_words(kumar: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(kumar)]) == 0
    told = capsys.readouterr().out
    assert "No directions have these angles." in told
    assert "-0.334" in told
    assert "1 of 168" in told
    assert "neutral - sad is 3.69 degrees more than the way by happy" in told
    assert "2.56 degrees on average, 13.66 at most" in told


def test_angles_of_zero_are_told_as_one_direction_without_negative_zeros(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "zero.csv").write_text(matrix_csv(list("abcdef"), np.zeros((6, 6))).replace("0.0000", "-0"))
    assert main(["audit", str(tmp_path / "zero.csv")]) == 0
    told = capsys.readouterr().out
    assert "Directions can have these angles." in told
    assert "All angles are 0: every direction is the same one." in told
    assert "Smallest eigenvalue of the cosines: 0;" in told
    assert "nearest" not in told
    assert main(["audit", str(tmp_path / "zero.csv"), "--json"]) == 0
    assert "-0." not in capsys.readouterr().out


def test_a_small_negative_eigenvalue_and_a_small_change_are_no_zeros(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "line.csv").write_text(",a,b,c\na,0,20.000,40.002\nb,,0,20.000\nc,,,0\n")
    assert main(["audit", str(tmp_path / "line.csv")]) == 0
    told = capsys.readouterr().out
    assert "Smallest eigenvalue of the cosines: -8.11e-06;" in told
    assert "differ by less than 0.01 degrees" in told


def test_json_has_the_keys_of_the_contract(kumar: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(kumar), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["smallest_eigenvalue"] == pytest.approx(-0.334, abs=5e-4)
    assert found["violations"] == [{"a": "neutral", "b": "sad", "via": "happy", "excess_degrees": 3.69}]
    assert set(found["nearest"]) >= {"matrix_degrees", "largest_change_degrees", "mean_change_degrees"}
    assert np.array(found["nearest"]["matrix_degrees"]).shape == (8, 8)


def test_the_json_of_angles_and_cosines_are_read_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    angles = {"labels": ["sad", "calm"], "split": "test", "matrix_degrees": [[12.0, 60.0], [60.0, None]]}
    (tmp_path / "angles.json").write_text(json.dumps(angles))
    (tmp_path / "cosines.csv").write_text(",sad,calm\nsad,1,0.5\ncalm,0.5,1\n")
    for arguments in (["angles.json"], ["cosines.csv", "--cosines"]):
        assert main(["audit", str(tmp_path / arguments[0]), *arguments[1:], "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["verdict"] == "possible"
        np.testing.assert_allclose(found["nearest"]["matrix_degrees"], [[0, 60], [60, 0]], atol=1e-9)


def test_many_triples_are_shown_in_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    angles = np.triu(np.random.default_rng(0).uniform(0, 180, size=(9, 9)), 1)
    (tmp_path / "any.csv").write_text(matrix_csv(list("abcdefghi"), angles + angles.T))
    assert main(["audit", str(tmp_path / "any.csv")]) == 0
    told = capsys.readouterr().out
    assert told.count("more than the way by") == 20
    assert "more; --json lists them" in told
    assert "Three angles of more than 360 degrees" in told


def test_files_that_hold_no_table_end_with_one_line_of_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "noise.csv").write_bytes(bytes(range(256)))
    for name, message in (
        ("none.csv", "there is no such file"),
        ("noise.csv", "Save the table as CSV"),
        (".", "no such"),
    ):
        assert main(["audit", str(tmp_path / name)]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert len(shown.err.splitlines()) == 1
        assert message in shown.err
