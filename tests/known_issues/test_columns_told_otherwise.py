"""A list was refused for a column that nothing needs: ages in words, or genders by the names of Common Voice."""

import shutil

import pandas as pd
import pytest

from ser_core.cli import main
from ser_core.corpora import open_corpus
from ser_core.errors import CorpusError


@pytest.fixture
def listed(tiny_corpus, tmp_path):
    """Return a function that lists the recordings again, with one more column."""

    def write(name, values):
        rows = pd.read_csv(tiny_corpus).drop(columns=["gender", "split"])
        rows[name] = (values * len(rows))[: len(rows)]
        for file in rows["file"]:
            shutil.copy(tiny_corpus.parent / file, tmp_path)
        path = tmp_path / "list.csv"
        rows.to_csv(path, index=False)
        return path

    return write


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("age", ["twenties", "thirties", ""], "'twenties', 'thirties' in place of years from 0 to 130"),
        ("age", ["25-34"], "'25-34' in place of years from 0 to 130"),
        ("gender", ["1", "2"], "'1', '2' in place of female or male"),
        ("valence", ["high", "low", "middle", "none"], "'high', 'low', 'middle' in place of a number"),
    ],
)
def test_a_column_of_which_no_cell_fits_is_left_out_with_a_note(listed, name, values, told, tmp_path, capsys):
    table = listed(name, values)
    manifest = open_corpus(str(table))
    assert len(manifest.utterances) == 36
    assert all(getattr(one, name) is None for one in manifest.utterances)
    assert f"Column {name} not used: it holds {told}." in manifest.notes
    assert main(["manifest", str(table), "--out", str(tmp_path / "ours.csv")]) == 0
    assert f"note: Column {name} not used" in capsys.readouterr().err
    assert name not in pd.read_csv(tmp_path / "ours.csv").columns


@pytest.mark.parametrize(
    ("name", "values"), [("age", ["30", "thirty"]), ("gender", ["f", "x"]), ("valence", ["1", "-"])]
)
def test_a_cell_that_does_not_fit_among_others_that_do_stays_a_mistake(listed, name, values):
    with pytest.raises(CorpusError, match=rf"in column {name} of .*; got '{values[1]}' in line 3"):
        open_corpus(str(listed(name, values)))


def test_genders_by_the_names_of_common_voice_are_read(listed):
    manifest = open_corpus(str(listed("gender", ["male_masculine", "Female_Feminine", "do_not_wish_to_say"])))
    assert [one.gender for one in manifest.utterances[:3]] == ["male", "female", None]
