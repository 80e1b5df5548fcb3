"""Recording studio: plan, speaker, prompts and takes, what was recorded; and whatever goes wrong on the way."""

import errno
import os

import numpy as np
import pytest
import streamlit as st

from ser_core.errors import AudioError, MicrophoneError
from ser_core.live.devices import Device
from ser_core.recordings import Collection, Plan, Prompt, Speaker, Take, emotion_of
from ser_core.recordings.speakers import CONSENT
from ui.components import recorder

PLAN = Plan(("One two three four.", "Five six seven."), ("happy", "furious=angry"), order="in sequence")


def texts(elements) -> str:
    return " ".join(one.value.replace("\\", "") for one in elements)


def button(app, label: str):
    return next(one for one in app.button if one.label == label)


def box(app, label: str):
    return next(one for one in app.selectbox if one.label == label)


def step(app, name: str):
    return app.get("button_group")[0].set_value(name).run()


def spoken(*, seconds: float = 1.6, gain: float = 0.3, rate: int = 48_000) -> Take:
    time = np.arange(round(seconds * rate)) / rate
    buzz = sum(np.sin(2 * np.pi * 140 * number * time) / number for number in range(1, 9)) / 2
    pause = np.zeros(rate // 2)
    samples = np.concatenate([pause, gain * buzz * (0.3 + 0.7 * np.sin(np.pi * 3 * time) ** 2), pause])
    return Take((samples + 1e-4 * np.random.default_rng(0).standard_normal(samples.size)).astype(np.float32), rate)


@pytest.fixture
def microphone(monkeypatch):
    """Let the browser's answer be what a test says; each is given once."""
    answers: list = []

    def draw(shown, *, key):
        drawn.append(shown)
        answer = answers.pop() if answers else None
        if isinstance(answer, AudioError):
            raise answer
        if isinstance(answer, str):
            return recorder.Heard(shown.prompt, wish=answer)
        return recorder.Heard(shown.prompt, answer) if answer is not None else recorder.Heard()

    drawn: list = []
    monkeypatch.setattr(recorder, "draw", draw)
    draw.answers, draw.drawn = answers, drawn
    return draw


def heard(app, microphone, take):
    microphone.answers.append(take)
    return app.run()


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
    Collection("mine").save_plan(Plan())
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
    assert "happy: “One two three four.”" in texts(app.subheader)
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
    corpus.save_plan(Plan(("One two three.", "Five six seven."), ("sad",), order="in sequence"))
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
    button(app, "Write the list anew").click().run()
    assert "The list is written anew" in texts(app.success)
    rows = corpus.contents().rows
    assert len(rows) == 2
    corpus.path(rows[0]).unlink()
    app.run()
    assert "One file is listed and not there any more" in texts(app.warning)
    button(app, "Take out of the list").click().run()
    assert corpus.contents().rows == rows[1:]


def test_damaged_speakers_and_plans_leave_the_page_alive(recorded):
    app, corpus = recorded
    (corpus.folder / "speakers.json").write_text("{")
    step(app, "Record")
    assert "let every speaker agree anew" in texts(app.error)
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


def test_vectors_of_the_recordings_open_in_the_embedding_space(recorded, tiny_run, tmp_path):
    import shutil

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


def test_no_microphone_on_this_computer_is_said_and_the_browser_records(opened, microphone, monkeypatch):
    app = opened("recording_studio")
    Collection("mine").save_plan(PLAN)
    Collection("mine").enter(Speaker("Anna"), CONSENT["English"])
    monkeypatch.setattr("ser_core.live.devices.microphones", list)
    app.run()
    box(app, "Microphone").set_value("This computer's microphone").run()
    assert not app.exception
    assert "This computer has no microphone. The browser's is used." in texts(app.warning)
    assert microphone.drawn[-1].here


@pytest.fixture
def own_microphone(opened, microphone, monkeypatch):
    """Open the studio with this computer's microphone chosen; it hears what a test lays into the list, at once."""
    heard_by: list = []

    class Microphone:
        def __init__(self, number, *, holder):
            assert (number, holder) == (4, "the page Recording studio")

        def __enter__(self):
            if isinstance(heard_by[0], Exception):
                raise heard_by.pop(0)

        def __exit__(self, *_):
            pass

        def read(self, *, timeout):
            if heard_by and isinstance(heard_by[0], Exception):
                raise heard_by.pop(0)
            return heard_by.pop(0) if heard_by else Take(np.zeros(0, dtype=np.float32), 48_000)

    device = Device(number=4, name="USB", system="ALSA", channels=1, sample_rate=48_000, is_default=True)
    monkeypatch.setattr("ser_core.live.devices.microphones", lambda: [device])
    monkeypatch.setattr("ser_core.live.microphone.Microphone", Microphone)
    app = opened("recording_studio")
    Collection("mine").save_plan(PLAN)
    Collection("mine").enter(Speaker("Anna"), CONSENT["English"])
    app.run()
    box(app, "Microphone").set_value("This computer's microphone").run()
    assert not microphone.drawn[-1].here
    return app, heard_by


def test_this_computers_microphone_records_from_start_to_stop(own_microphone, microphone):
    app, heard_by = own_microphone
    heard_by.append(spoken())
    heard(app, microphone, "start")
    assert microphone.drawn[-1].recording
    while heard_by:
        app.run()
    heard(app, microphone, "stop")
    assert not app.exception
    assert button(app, "Keep")
    assert app.slider[0].max == pytest.approx(2.6, abs=0.01)
    button(app, "Record again").click().run()
    heard_by.append(spoken())
    heard(app, microphone, "start")
    heard(app, microphone, "cancel")
    assert not app.exception
    assert not microphone.drawn[-1].recording
    assert Collection("mine").contents().rows == ()


@pytest.mark.parametrize("when", ["opened", "recording"])
def test_a_microphone_that_is_taken_or_lost_is_told_and_the_prompt_asked_again(own_microphone, microphone, when):
    app, heard_by = own_microphone
    error = MicrophoneError("Expected this computer's microphone; it is gone. Plug it in.")
    heard_by += [error] if when == "opened" else [spoken(), error]
    heard(app, microphone, "start")
    while heard_by:
        app.run()
    if when == "recording":
        heard(app, microphone, "stop")
    assert not app.exception
    assert "it is gone. Plug it in." in texts(app.error)
    assert not microphone.drawn[-1].recording
