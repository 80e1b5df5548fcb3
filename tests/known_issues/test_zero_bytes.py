"""Text of two or four bytes a letter, without a mark that says so, was blamed for its commas; zeros entered names."""

import pytest

from ser_core.cli import main
from ser_core.errors import TableError
from ser_core.tables import decoded

LIST = "file,speaker,emotion\na.wav,Anna,sad\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("command", ["manifest", "space"])
def test_text_of_wide_letters_without_its_mark_is_refused_with_the_reason(encoding, command, tmp_path, capsys):
    table = tmp_path / "list.csv"
    table.write_bytes(LIST.encode(encoding))
    out = ["--out", str(tmp_path / "ours.csv")] if command == "manifest" else []
    assert main([command, str(table), *out]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "list.csv; got a zero byte in line 1, as in UTF-16 without a byte order mark" in told
    assert told.endswith("Save the table as CSV UTF-8, or check which file it is.")


def test_a_zero_byte_does_not_enter_a_name():
    with pytest.raises(TableError, match="got a zero byte in line 2"):
        decoded(LIST.replace("Anna", "An\0na").encode(), "list.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_with_its_mark_is_read(encoding):
    assert decoded(LIST.encode(encoding), "list.csv") == LIST
