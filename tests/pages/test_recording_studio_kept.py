"""Recording studio, what was recorded: mended, exported, trained on, looked at, deleted."""

import shutil

import pytest
import streamlit as st

from ser_core.recordings import Collection, Prompt, Speaker, emotion_of
from ser_core.recordings.speakers import CONSENT
from tests.pages.shown import box, button, texts
from tests.pages.studio import PLAN, spoken, step


@pytest.fixture
def recorded(opened, microphone):
    """Open the recordings of a corpus with two of them."""
    app = opened("recording_studio")
    corpus = Collection("mine")
    corpus.save_plan(PLAN)
    corpus.enter(Speaker("Anna"), CONSENT["English"])
    for emotion in ("happy", "furious=angry"):
        corpus.add(spoken(), Prompt("One two three four.", emotion_of(emotion), 1), "Anna")
    app.run()
    return step(app, "Recordings"), corpus


def test_a_damaged_list_is_named_and_written_anew_and_a_missing_file_taken_out(recorded):
    app, corpus = recorded
    assert not app.exception
    corpus.manifest.write_text("file,speaker,emotion\nx,Anna,hungry\n")
    app.run()
    assert "'hungry'" in texts(app.error)
    button(app, "Write the list again").click().run()
    assert "The list is written again" in texts(app.success)
    rows = corpus.contents().rows
    assert len(rows) == 2
    corpus.path(rows[0]).unlink()
    app.run()
    assert "One file is listed and not there any more" in texts(app.warning)
    button(app, "Take out of the list").click().run()
    assert corpus.contents().rows == rows[1:]
    assert "**1** recording, **1** speaker" in texts(app.markdown)
    button(app, "Export").click().run()
    assert "1 recording is in" in texts(app.success)


def test_damaged_speakers_and_plans_leave_the_page_alive(recorded):
    app, corpus = recorded
    (corpus.folder / "speakers.json").write_text("{")
    step(app, "Record")
    assert "let every speaker agree again" in texts(app.error)
    (corpus.folder / "plan.toml").write_text("sentences = 3")
    step(app, "Plan")
    assert not app.exception
    assert "The plan that was kept cannot be read" in texts(app.warning)


def test_an_export_is_written_beside_the_corpus_and_train_opens_with_it(recorded):
    app, corpus = recorded
    button(app, "Export").click().run()
    assert not app.exception
    assert corpus.folder.with_suffix(".zip").exists()
    assert "2 recordings are in" in texts(app.success)
    button(app, "Train on it →").click().run()
    assert not app.exception
    assert [one.value for one in app.title] == ["Train"]
    assert box(app, "Corpus").value == "table"
    assert "**2** utterances, **1** speakers, **2** emotions: happy, angry." in texts(app.markdown)


def test_two_corpora_whose_names_differ_behind_a_dot_have_each_its_own_export(opened, microphone):
    app = opened("recording_studio")
    for name, speaker in (("study.one", "Anna"), ("study.two", "Ben")):
        corpus = Collection(name)
        corpus.save_plan(PLAN)
        corpus.enter(Speaker(speaker), CONSENT["English"])
        corpus.add(spoken(), Prompt("One two three four.", emotion_of("happy"), 1), speaker)
    app.run()
    box(app, "Corpus of your own").set_value("study.one").run()
    step(app, "Recordings")
    button(app, "Export").click().run()
    assert Collection("study.one").folder.with_name("study.one.zip").exists()
    box(app, "Corpus of your own").set_value("study.two").run()
    step(app, "Recordings")
    assert not app.exception
    assert not app.get("download_button")


def test_vectors_of_the_recordings_open_in_the_embedding_space(recorded, tiny_run, tmp_path):
    app, corpus = recorded
    assert "A map needs at least 3 recordings; record 1 more." in texts(app.caption)
    corpus.add(spoken(), Prompt("Five six seven.", emotion_of("happy"), 1), "Anna")
    shutil.copytree(tiny_run, tmp_path / "workspace" / "runs" / "one")
    st.cache_data.clear()
    app.run()
    box(app, "Model").set_value("runs/one").run()
    button(app, "Embed and open →").click().run()
    assert not app.exception
    assert texts(app.error) == ""
    assert [one.value for one in app.title] == ["Embedding space"]
    assert box(app, "File").value == "mine-by-one"


def test_a_speaker_is_deleted_with_everything(recorded):
    app, corpus = recorded
    step(app, "Speaker")
    assert "Anna has agreed to this text" in texts(app.success)
    button(app, "Delete for good").click().run()
    assert not app.exception
    assert corpus.contents().rows == ()
    assert corpus.speakers() == {}


def test_a_text_that_has_changed_is_agreed_to_anew(recorded):
    app, corpus = recorded
    step(app, "Speaker")
    app.text_area[0].set_value("I agree to something else.").run()
    step(app, "Record")
    assert "A speaker has to agree first" in texts(app.markdown)
    button(app, "To the speaker →").click().run()
    app.checkbox[0].check().run()
    button(app, "Agree and record").click().run()
    assert [one.text for one in corpus.speakers()["Anna"].agreements] == [
        CONSENT["English"], "I agree to something else.",
    ]  # fmt: skip


def test_who_agreed_to_another_text_than_the_last_speaker_can_still_record(recorded):
    app, corpus = recorded
    corpus.enter(Speaker("Ben"), CONSENT["German"])
    step(app, "Record")
    assert not app.exception
    assert box(app, "Speaker").options == ["Anna", "Ben"]
