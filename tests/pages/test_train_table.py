"""Train takes a table of somebody else's: what it can't guess is asked for, beside the table's first rows."""

import shutil

import pandas as pd
import pytest

from ser_core.corpora import open_corpus
from tests.pages.shown import box, button, texts


@pytest.fixture
def table(tiny_corpus, tmp_path):
    """A list whose columns nobody could guess, with German emotions, and its recordings in a folder below."""
    rows = pd.read_csv(tiny_corpus)
    (tmp_path / "sounds").mkdir()
    for file in rows["file"]:
        shutil.copy(tiny_corpus.parent / file, tmp_path / "sounds" / file)
    rows["emotion"] = rows["emotion"].map({"angry": "Wut", "sad": "sad", "neutral": "neutral"})
    path = tmp_path / "list.tsv"
    rows[["file", "speaker", "emotion"]].rename(columns={"speaker": "who"}).to_csv(path, index=False, sep="\t")
    return path


def choose_path(app, path):
    box(app, "Corpus").set_value("table").run()
    next(one for one in app.text_input if one.label.startswith("Table of")).set_value(str(path)).run()
    return app


def test_a_foreign_table_is_brought_in_by_two_choices_and_one_press(opened, table, tmp_path):
    app = choose_path(opened("train"), table)
    assert not app.exception
    assert not app.error
    assert "Choose the column of: speaker." in texts(app.warning)
    assert any("who" in one.value.columns for one in app.dataframe), "the first rows are shown"
    assert box(app, "Recording").value == "file", "what can be guessed is chosen already"
    box(app, "Speaker").set_value("who").run()
    assert "row(s) differ" in texts(app.warning)
    box(app, "“Wut” (12) is").set_value("angry").run()
    assert not texts(app.warning)
    button(app, "Use the table like this").click().run()
    assert not app.exception
    assert not app.error
    kept = tmp_path / "workspace" / "tables" / "list.csv"
    manifest = open_corpus(str(kept))
    assert (len(manifest.utterances), manifest.labels) == (36, ("neutral", "sad", "angry"))
    assert "**36** utterances" in texts(app.markdown)
    assert button(app, "Start training")


def test_a_path_that_leads_nowhere_is_told_without_questions(opened, tmp_path):
    app = choose_path(opened("train"), tmp_path / "nowhere.csv")
    assert not app.exception
    assert "there is none. Check the path" in texts(app.error)
    assert not [one for one in app.selectbox if one.label == "Recording"]


def test_a_table_that_is_no_table_is_told_once(opened, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xff\xfe\x00\xd8")
    app = choose_path(opened("train"), path)
    assert not app.exception
    assert app.error
