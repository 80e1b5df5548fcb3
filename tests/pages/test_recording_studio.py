"""Recording studio, from the first visit to takes: plan, speaker, prompts, and whatever goes wrong on the way."""

import errno
import os

import numpy as np
import pytest
from streamlit.runtime.scriptrunner import StopException

from ser_core.errors import AudioError
from ser_core.recordings import Collection, Prompt, RecordingPlan, Speaker, Take, emotion_of
from ser_core.recordings.speakers import CONSENT
from tests.pages.shown import button, texts
from tests.pages.studio import PLAN, heard, spoken


def test_the_first_visit_asks_for_a_name_then_for_a_plan_and_a_speaker(opened, microphone):
    app = opened("recording_studio")
    assert not app.exception
    assert "No corpus of your own yet" in texts(app.markdown)
    app.text_input[0].set_value("../x")
    button(app, "Create").click().run()
    assert "Write for example x." in texts(app.error)
    app.text_input[0].set_value("our-voices")
    button(app, "Create").click().run()
    assert "= **24 prompts** for each speaker, about 5 minutes" in texts(app.markdown)
    button(app, "German sentences").click().run()
    app.multiselect[0].set_value(["neutral", "sad"])
    next(one for one in app.text_input if one.label == "Emotions of your own").set_value("wütend=angry")
    next(one for one in app.number_input if one.label == "Repetitions").set_value(2.0).run()
    assert "6 sentences × 3 emotions × 2 = **36 prompts**" in texts(app.markdown)
    button(app, "Keep this plan").click().run()
    kept = Collection("our-voices").plan()
    assert (kept.emotions, kept.repetitions) == (("neutral", "sad", "wütend=angry"), 2)
    assert kept.sentences[0].startswith("Der Brief")
    assert button(app, "Agree and record").disabled
    app.checkbox[0].check().run()
    button(app, "Agree and record").click().run()
    assert "a speaker's name or pseudonym" in texts(app.error)
    next(one for one in app.text_input if one.label == "Name or pseudonym").set_value("Somebody  new")
    button(app, "Agree and record").click().run()
    assert "got 'Somebody new', which is everybody" in texts(app.error)  # it would hide the field for the next one
    next(one for one in app.text_input if one.label == "Name or pseudonym").set_value("Anna <b>")
    next(one for one in app.number_input if one.label.startswith("Age")).set_value(31.0)
    button(app, "Agree and record").click().run()
    assert not app.exception
    anna = Collection("our-voices").speakers()["Anna <b>"]
    assert (anna.age, anna.gender) == (31, None)
    assert anna.has_agreed_to(CONSENT["English"])
    assert microphone.drawn[-1].sentence in kept.sentences


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda app: app.text_area[0].set_value(""), "at least one sentence"),
        (lambda app: app.text_area[0].set_value("Same.\nSame."), "each sentence once"),
        (lambda app: app.multiselect[0].set_value([]), "at least one emotion"),
        (lambda app: app.number_input[0].set_value(0.0), "“Repetitions”; got 0"),
        (lambda app: app.text_input[-1].set_value("hapy"), "Did you mean 'happy'?"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_not_kept(opened, change, expected):
    app = opened("recording_studio")
    Collection("mine").save_plan(RecordingPlan())
    app.run()
    change(app).run()
    assert not app.exception
    assert expected in texts(app.error)
    assert not [one for one in app.button if one.label == "Keep this plan"]


def test_a_take_is_cut_kept_and_followed_by_the_next_prompt(opened, microphone):
    app = opened("recording_studio")
    Collection("mine").save_plan(PLAN)
    Collection("mine").enter(Speaker("Anna"), CONSENT["English"])
    app.run()
    assert microphone.drawn[-1].emotion == "happy"
    heard(app, microphone, spoken())
    assert "happy: “One two three four.”" in texts(app.header)
    start, end = app.slider[0].value
    assert start == pytest.approx(0.35, abs=0.1)
    assert end == pytest.approx(2.25, abs=0.1)
    assert "Nothing is wrong with it." in texts(app.caption)
    next(one for one in app.number_input if one.label == "Start (s)").set_value(0.5).run()
    assert app.slider[0].value == (0.5, end)
    app.slider[0].set_value((0.4, 2.0)).run()
    assert [one.value for one in app.number_input if one.label in ("Start (s)", "End (s)")] == [0.4, 2.0]
    button(app, "Keep").click().run()
    assert not app.exception
    (row,) = Collection("mine").contents().rows
    assert (row.emotion, row.text) == ("happy", "One two three four.")
    import soundfile

    assert soundfile.info(Collection("mine").path(row)).duration == pytest.approx(1.6, abs=0.001)
    assert microphone.drawn[-1].sentence == "Five six seven."
    assert "1 of 4 prompts recorded, 3 left" in app.get("progress")[0].proto.text
    assert "Kept last: happy" in texts(app.caption)


def test_a_second_press_on_keep_that_breaks_off_the_first_keeps_the_take_once(opened, microphone, monkeypatch):
    app = opened("recording_studio")
    Collection("mine").save_plan(PLAN)
    Collection("mine").enter(Speaker("Anna"), CONSENT["English"])
    app.run()
    heard(app, microphone, spoken())

    def broken_off(*_: object) -> None:
        raise StopException

    with monkeypatch.context() as patch:
        patch.setattr("ui.views.studio.attempt.again", broken_off)
        button(app, "Keep").click().run()
    button(app, "Keep").click().run()
    assert not app.exception
    assert len(Collection("mine").contents().rows) == 1
    assert microphone.drawn[-1].sentence == "Five six seven."


def test_another_tab_that_answers_the_same_prompt_takes_nothing_away(opened, microphone):
    app = opened("recording_studio")
    other = Collection("mine")
    other.save_plan(PLAN)
    other.enter(Speaker("Anna"), CONSENT["English"])
    app.run()
    asked = Prompt("One two three four.", emotion_of("happy"), 1)
    other.add(spoken(), asked, "Anna")
    heard(app, microphone, spoken())
    button(app, "Keep").click().run()
    assert not app.exception
    assert [row.emotion for row in other.contents().rows] == ["happy", "happy"]
    assert microphone.drawn[-1].sentence == "Five six seven."


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        (Take(np.zeros(48_000, dtype=np.float32), 48_000), "of silence. Check that the right microphone"),
        (Take(np.zeros(800, dtype=np.float32), 48_000), "got 0.02 s. Speak after the countdown"),
        (AudioError("Expected a recording from the browser; what came is damaged."), "what came is damaged"),
    ],
)
def test_a_take_without_speech_is_refused_and_the_prompt_asked_again(opened, microphone, take, expected):
    app = opened("recording_studio")
    Collection("mine").save_plan(PLAN)
    Collection("mine").enter(Speaker("Anna"), CONSENT["English"])
    app.run()
    first = microphone.drawn[-1]
    heard(app, microphone, take)
    assert not app.exception
    assert expected in texts(app.error)
    again = microphone.drawn[-1]
    assert (again.sentence, again.emotion) == (first.sentence, first.emotion)
    assert again.prompt != first.prompt
    heard(app, microphone, spoken())
    assert not app.error
    assert button(app, "Keep")


def test_what_is_doubtful_is_said_and_what_is_good_can_be_kept_at_once(opened, microphone):
    app = opened("recording_studio")
    Collection("mine").save_plan(PLAN)
    Collection("mine").enter(Speaker("Anna"), CONSENT["English"])
    app.run()
    app.toggle[0].set_value(True).run()
    heard(app, microphone, spoken())
    assert len(Collection("mine").contents().rows) == 1
    loud = spoken()
    heard(app, microphone, Take(np.clip(loud.samples * 9, -1, 1).astype(np.float32), loud.sample_rate))
    assert "Too loud" in texts(app.warning)
    button(app, "Record again").click().run()
    assert len(Collection("mine").contents().rows) == 1
    assert microphone.drawn[-1].sentence == "Five six seven."


def test_a_prompt_can_be_skipped_and_comes_last_and_the_end_is_told(opened, microphone):
    app = opened("recording_studio")
    corpus = Collection("mine")
    corpus.save_plan(RecordingPlan(("One two three.", "Five six seven."), ("sad",), order="in sequence"))
    corpus.enter(Speaker("Anna"), CONSENT["English"])
    app.run()
    button(app, "Skip for now").click().run()
    for sentence in ("Five six seven.", "One two three."):
        assert microphone.drawn[-1].sentence == sentence
        heard(app, microphone, spoken())
        button(app, "Keep").click().run()
    assert "Everything is recorded." in texts(app.markdown)
    button(app, "See the recordings").click().run()
    assert not app.exception
    assert "**2** recordings, **1** speaker: sad 2." in texts(app.markdown)


def test_a_full_disk_keeps_the_take_until_there_is_room(opened, microphone, monkeypatch):
    app = opened("recording_studio")
    Collection("mine").save_plan(PLAN)
    Collection("mine").enter(Speaker("Anna"), CONSENT["English"])
    app.run()
    heard(app, microphone, spoken())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("ser_core.storage.os.replace", full)
        button(app, "Keep").click().run()
    assert "Free some space" in texts(app.error)
    button(app, "Keep").click().run()
    assert not app.error
    assert len(Collection("mine").contents().rows) == 1
