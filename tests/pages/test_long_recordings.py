"""Long recordings judges beside the page, keeps what it found, and survives what cannot be judged."""

import re
import time

import numpy as np
import pytest

from tests.conftest import tiny_voice
from tests.pages.shown import answers, texts

PATIENCE = 240


def talk() -> np.ndarray:
    random = np.random.default_rng(0)
    quiet = 1e-4 * random.standard_normal(20_000)
    return np.concatenate(
        [quiet, tiny_voice(150, 4.0, random, seconds=5.0), quiet, tiny_voice(220, 3.0, random, seconds=3.0)]
    )


def button(app, label: str):
    return next((one for one in app.button if one.label == label), None)


def uploaded(app, content: bytes, name: str = "talk.wav"):
    app.get("file_uploader")[0].set_value((name, content, "audio/wav"))
    return app.run()


def judged(app):
    """Press the button and wait as a visitor does."""
    button(app, "Judge this recording").click().run()
    limit = time.monotonic() + PATIENCE
    while button(app, "Stop") is not None:
        assert time.monotonic() < limit, "The recording is not judged."
        time.sleep(0.2)
        app.run()
    return app


def summed_up(app) -> bool:
    """Tell whether the picture of a track is there, with its sentence."""
    picture = [one for one in app.main if getattr(one, "type", "") == "bidi_component"]
    return (
        bool(picture)
        and re.search(r"\*\*Most(ly| often) [a-z ]+ \(\d+\N{NO-BREAK SPACE}%\)", texts(app.markdown)) is not None
    )


@pytest.fixture
def page(opened):
    return opened("long_recordings")


def test_an_upload_is_judged_beside_the_page_and_can_be_taken_away(page, wav):
    app = uploaded(page, wav(talk()))
    assert "talk.wav is ready" in texts(app.caption)
    judged(app)
    assert not app.exception
    assert not app.error
    segment, *others = [one.value for one in app.header]
    assert segment.startswith("Segment ")
    assert others == ["Minute by minute", "Take it elsewhere"]
    assert summed_up(app)
    assert len(app.get("download_button")) == 5
    segment = next(one for one in app.selectbox if one.label == "Segment")
    assert "silence" in segment.options[0]
    said = " ".join(one.value for one in app.subheader)  # of the first segment in which somebody speaks
    assert re.search(r"(Clearly|Probably|Perhaps) \w+|\w+ or \w+|None of these", said)
    segment.set_value(0).run()
    assert "Nobody speaks here" in texts(app.caption)
    assert not re.search(r"Clearly|Probably|Perhaps| or |None of these", " ".join(one.value for one in app.subheader))
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/long_recordings.py").run()
    assert not app.exception
    assert "talk.wav is stored in the memory" in texts(app.caption)
    assert summed_up(app)
    assert next(one for one in app.selectbox if one.label == "Segment").value == 0


def test_the_windows_and_their_probabilities_are_there_for_experts(page, wav):
    app = judged(uploaded(page, wav(talk())))
    assert "Window by window" not in texts(app.header)
    next(one for one in app.toggle if one.label == "For experts").set_value(True).run()
    assert not app.exception
    assert "Window by window" in texts(app.header)
    assert re.search(r"\d+ windows of up to 3 s", texts(app.caption))


def test_a_segment_opens_on_the_page_listen(page, wav):
    app = judged(uploaded(page, wav(talk())))
    button(app, "Open on the page Listen →").click().run()
    assert not app.exception
    assert "Listen" in [one.value for one in app.title]
    assert re.search(r"talk.wav, 0:01.\S+ to \S+ is stored in the memory", texts(app.caption))
    assert len(answers(app)) == 1


@pytest.mark.parametrize(
    ("make", "advice"),
    [
        (lambda wav: b"", "empty"),
        (lambda wav: b"Dear diary, this is no sound at all.\n" * 20, "Convert it to WAV"),
        (lambda wav: wav(np.zeros(160)), "longer"),
        (lambda wav: wav(np.zeros(32_000)), "silence"),
        (lambda wav: wav(talk())[:90_000], "truncated"),
    ],
    ids=["empty", "text named wav", "10 ms", "silent", "truncated"],
)
def test_a_bad_file_gets_advice_and_the_page_lives_on(page, wav, make, advice):
    app = judged(uploaded(page, make(wav)))
    assert not app.exception
    assert advice in texts(app.error)
    assert len(app.error) == 1
    assert not app.header


def test_a_file_in_the_workspace_is_read_from_there(page, wav, tmp_path):
    app = page
    app.radio[0].set_value("From the workspace").run()
    assert "No recording in the workspace" in texts(app.markdown)
    folder = tmp_path / "workspace" / "recordings" / "week 1"
    folder.mkdir(parents=True)
    (folder / "talk.wav").write_bytes(wav(talk()))
    (folder / "notes.txt").write_text("no sound")
    app.run()
    file = next(one for one in app.selectbox if one.label == "File")
    assert file.options == ["week 1/talk.wav"]
    judged(app)
    assert not app.error
    assert summed_up(app)


def test_settings_out_of_range_are_refused_with_the_range(page, wav):
    app = uploaded(page, wav(talk()))
    next(one for one in app.number_input if one.label == "Hop (s)").set_value(10.0).run()
    assert "Choose half of the window" in texts(app.error)
    assert button(app, "Judge this recording") is None
    assert not app.exception


@pytest.mark.usefixtures("no_models")
def test_without_a_model_the_page_says_how_to_make_one(page):
    assert not page.exception
    assert "No model yet" in texts(page.markdown)


def test_judging_can_be_stopped_and_begun_anew(page, wav, monkeypatch):
    from ser_core.jobs import Progress

    def endless(*_, progress, **__):
        while True:
            progress(Progress(0.25, 1.0, 30.0, "Judging the speech"))
            time.sleep(0.02)

    app = uploaded(page, wav(talk()))
    with monkeypatch.context() as patch:
        patch.setattr("ser_core.tracks.track_recording", endless)
        button(app, "Judge this recording").click().run()
        assert button(app, "Stop") is not None
        button(app, "Stop").click().run()
        assert not app.exception
        assert button(app, "Judge this recording") is not None
    assert summed_up(judged(app))
