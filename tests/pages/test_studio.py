"""Recording studio: plan, speaker, prompts and takes, what was recorded; and whatever goes wrong on the way."""

from pathlib import Path

import numpy as np
import pytest

from ser_core.errors import AudioError
from ser_core.recordings import Collection, Plan, Speaker, Take
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
def mine(tmp_path: Path, monkeypatch) -> Collection:
    monkeypatch.setenv("SER_WORKSPACE", str(tmp_path / "workspace"))
    collection = Collection("mine")
    collection.save_plan(PLAN)
    collection.enter(Speaker("Anna", gender="female"), CONSENT["English"])
    return collection


@pytest.fixture
def microphone(monkeypatch):
    """Let the browser's answer be what a test says; each is given once."""
    answers: list = []

    def draw(shown, *, key):
        drawn.append(shown)
        answer = answers.pop() if answers else None
        if isinstance(answer, AudioError):
            raise answer
        return recorder.Heard(shown.prompt, answer) if answer is not None else recorder.Heard()

    drawn: list = []
    monkeypatch.setattr(recorder, "draw", draw)
    draw.answers, draw.drawn = answers, drawn
    return draw


def heard(app, microphone, take):
    microphone.answers.append(take)
    return app.run()


def test_the_first_visit_asks_for_a_name_then_for_a_plan_and_a_speaker(opened, microphone):
    app = opened("studio")
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
    app = opened("studio")
    Collection("mine").save_plan(Plan())
    app.run()
    change(app).run()
    assert not app.exception
    assert expected in texts(app.error)
    assert not [one for one in app.button if one.label == "Keep this plan"]


def test_a_take_is_cut_kept_and_followed_by_the_next_prompt(opened, microphone):
    app = opened("studio")
    Collection("mine").save_plan(PLAN)
    Collection("mine").enter(Speaker("Anna"), CONSENT["English"])
    app.run()
    assert microphone.drawn[-1].emotion == "happy"
    heard(app, microphone, spoken())
    assert "happy: “One two three four.”" in texts(app.subheader)
    start, end = app.slider[0].value
    assert start == pytest.approx(0.35, abs=0.1)
    assert end == pytest.approx(2.25, abs=0.1)
    assert "Level and speech are good." in texts(app.success)
    next(one for one in app.number_input if one.label == "Start (s)").set_value(0.5).run()
    assert app.slider[0].value == (0.5, end)
    app.slider[0].set_value((0.4, 2.0)).run()
    assert [one.value for one in app.number_input if one.label.endswith("t (s)") or one.label == "End (s)"] == [
        0.4,
        2.0,
    ]
    button(app, "Keep").click().run()
    assert not app.exception
    (row,) = Collection("mine").contents().rows
    assert (row.emotion, row.text) == ("happy", "One two three four.")
    import soundfile

    assert soundfile.info(Collection("mine").path(row)).duration == pytest.approx(1.6, abs=0.001)
    assert microphone.drawn[-1].sentence == "Five six seven."
    assert "1 of 4 prompts recorded, 3 left" in app.get("progress")[0].proto.text
    assert "Kept last: happy" in texts(app.caption)
