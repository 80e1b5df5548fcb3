"""Listen answers good recordings, and bad ones with advice instead of a traceback."""

import json

import numpy as np
import pytest

from ser_core.audio.signal import Signal
from ser_core.checkpoints.folder import write_digests
from ser_core.inference import Reader
from tests.conftest import tiny_voice
from tests.pages.shown import box, texts
from ui import cache
from ui.components import speech_player


def speech_like(seconds: float = 1.5) -> np.ndarray:
    return tiny_voice(150, 3.0, np.random.default_rng(0), seconds=seconds)


def radio(app, label):
    return next(one for one in app.radio if one.label == label)


def test_a_demo_clip_is_judged_at_once_and_labelled_artificial(opened):
    app = opened("listen")
    radio(app, "Recording").set_value("Demo clip").run()
    radio(app, "Voices").set_value("Artificial voices").run()
    assert not app.exception
    assert not app.error
    assert [one.label for one in app.metric] == ["The model hears", "Nearest direction", "Most probable"]
    assert "Artificial speech" in texts(app.caption)
    assert "Nearest known utterances" in texts(app.subheader)
    assert "Of speech by people whom this model had not heard, 0 % fell outside all ranges" in texts(app.caption)
    assert "Expected calibration error: 18.1 %" in texts(app.markdown)
    voices = next(one for one in app.selectbox if one.label == "Voice")
    voices.set_value(voices.options[-1]).run()  # a test speaker of the shipped model, which therefore knows the clip
    assert "left out of its own neighbours" in texts(app.caption)
    assert "**0.0°**" not in texts(app.markdown)


def test_a_recording_from_the_microphone_is_judged(opened, wav):
    app = opened("listen")
    app.get("audio_input")[0].set_value(("rec.wav", wav(speech_like()), "audio/wav"))
    app.run()
    assert not app.exception
    assert not app.error
    assert len(app.metric) == 3
    # Two vowels in turn are no emotion that any speaker showed; whatever the answer, the words fit the figures.
    if app.metric[0].value == "none of these":
        assert "outside the range of every emotion" in texts(app.warning)


def test_a_model_of_an_earlier_release_answers_and_says_that_nobody_measured(opened, wav, plant_run):
    folder = plant_run("old") / "checkpoint"
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    del card["reliability"]
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    write_digests(folder)
    app = opened("listen")
    next(one for one in app.selectbox if one.label == "Model").set_value("runs/old").run()
    app.get("audio_input")[0].set_value(("rec.wav", wav(speech_like()), "audio/wav"))
    app.run()
    assert not app.exception
    assert not app.error
    assert "Not measured: this card is of a release that did not." in texts(app.markdown)
    assert "with speakers it has not heard was not measured" in texts(app.caption)


@pytest.mark.parametrize(
    ("make", "advice"),
    [
        (lambda wav: b"", "empty"),
        (lambda wav: b"Dear diary, this is no sound at all.\n" * 20, "Convert it to WAV"),
        (lambda wav: wav(np.zeros(160)), "longer"),
        (lambda wav: wav(speech_like())[:9_000], "truncated"),
    ],
    ids=["empty", "text named wav", "10 ms", "truncated"],
)
def test_a_bad_file_gets_advice_on_the_page(opened, wav, make, advice):
    app = opened("listen")
    app.radio[0].set_value("Upload a file").run()
    app.get("file_uploader")[0].set_value(("take.wav", make(wav), "audio/wav"))
    app.run()
    assert not app.exception
    assert advice in texts(app.error)
    assert len(app.error) == 1
    assert not app.metric


@pytest.mark.parametrize(
    ("samples", "words"),
    [
        (np.zeros(32_000), "Not speech, and not judged: sound.wav holds 2.0 s of silence."),
        (
            0.3 * np.sin(np.arange(32_000) / 7),
            "Not speech, and not judged: sound.wav holds 2.0 s of a sound without a voice.",
        ),
    ],
    ids=["silence", "tone"],
)
def test_what_is_not_speech_is_shown_and_not_judged(opened, wav, samples, words):
    app = opened("listen")
    app.radio[0].set_value("Upload a file").run()
    app.get("file_uploader")[0].set_value(("sound.wav", wav(samples), "audio/wav"))
    app.run()
    assert not app.exception
    assert words in texts(app.info)
    assert not app.error
    assert not app.metric
    assert "Nearest known utterances" not in texts(app.subheader)
    assert "The sound" in texts(app.subheader)


def test_a_clipped_recording_at_3_khz_is_judged_with_notes(opened, wav):
    samples = np.clip(speech_like(2)[::5] * 20, -1, 1)
    app = opened("listen")
    app.radio[0].set_value("Upload a file").run()
    app.get("file_uploader")[0].set_value(("loud.wav", wav(samples, 3_200), "audio/wav"))
    app.run()
    assert not app.exception
    assert "3200 Hz" in texts(app.warning)
    assert "clipped" in texts(app.warning)


def test_captions_name_only_what_is_drawn(opened, wav):
    app = opened("listen")
    app.radio[0].set_value("Upload a file").run()
    app.get("file_uploader")[0].set_value(("silence.wav", wav(np.zeros(32_000)), "audio/wav"))
    app.run()
    assert "Shaded" not in texts(app.caption)
    assert "White line" not in texts(app.caption)
    app.get("file_uploader")[0].set_value(("speech.wav", wav(speech_like()), "audio/wav"))
    app.run()
    assert "Shaded: speech" in texts(app.caption)
    assert "White line: pitch" in texts(app.caption)


@pytest.mark.usefixtures("no_models")
def test_without_a_model_the_sound_is_still_shown(opened):
    app = opened("listen")
    app.radio[0].set_value("Demo clip").run()
    assert not app.exception
    assert "No model yet" in texts(app.markdown)
    assert "The sound" in texts(app.subheader)
    assert not app.metric


def test_a_recording_is_still_there_after_a_look_at_another_page(opened, wav):
    app = opened("listen")
    app.get("audio_input")[0].set_value(("rec.wav", wav(speech_like()), "audio/wav"))
    app.run()
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/listen.py").run()
    assert not app.exception
    assert "is stored in the memory" in texts(app.caption)
    assert len(app.metric) == 3


def test_a_selection_is_judged_beside_the_whole_recording(opened, wav, monkeypatch):
    monkeypatch.setattr(speech_player, "draw", lambda *_, **__: speech_player.PlayerMessage((0.25, 1.5)))
    app = opened("listen")
    app.get("audio_input")[0].set_value(("rec.wav", wav(speech_like(2)), "audio/wav"))
    app.run()
    assert not app.exception
    assert "The selection, 0.250 to 1.500 s" in texts(app.subheader)
    assert "The whole recording, 2.000 s" in texts(app.subheader)
    heard = speech_like(2)
    quantised = (heard * 32_768).round().clip(-32_768, 32_767).astype(np.float32) / 32_768
    model = next(entry for entry in cache.checkpoints() if entry.name == app.selectbox[0].value)
    judged = Reader.load(model.path).read(Signal(quantised[4_000:24_000]))
    answer = judged.emotion if judged.inside_range else "none of these"
    assert f"Heard as **{answer}**; the whole as **{app.metric[0].value}**." in texts(app.markdown)


def test_a_selection_that_cannot_be_judged_gets_advice_and_the_whole_stays(opened, wav, monkeypatch):
    monkeypatch.setattr(speech_player, "draw", lambda *_, **__: speech_player.PlayerMessage((0.25, 0.3)))
    app = opened("listen")
    app.get("audio_input")[0].set_value(("rec.wav", wav(speech_like()), "audio/wav"))
    app.run()
    assert [one.value for one in app.error] == ["Expected a part of at least 0.1 s; got 0.050 s. Choose a longer part."]
    assert "The whole recording, 1.500 s" in texts(app.subheader)


def test_where_nothing_can_be_drawn_or_played_an_audio_element_and_the_pictures_take_its_place(
    opened, wav, monkeypatch
):
    monkeypatch.setattr(speech_player, "draw", lambda *_, **__: speech_player.PlayerMessage(missing=True))
    app = opened("listen")
    app.get("audio_input")[0].set_value(("rec.wav", wav(speech_like()), "audio/wav"))
    app.run()
    assert not app.exception
    assert "The simple player" in texts(app.info)
    assert "White line: pitch" in texts(app.caption)
    assert len(app.metric) == 3


def test_of_a_long_recording_a_part_is_shown_and_the_page_says_which(opened, wav, monkeypatch):
    monkeypatch.setattr(cache.sounds, "PLAYED_SECONDS", 1.0)
    sent = []
    monkeypatch.setattr(speech_player, "draw", lambda sound, **_: sent.append(sound) or speech_player.PlayerMessage())
    app = opened("listen")
    app.get("audio_input")[0].set_value(("rec.wav", wav(speech_like(2.75)), "audio/wav"))
    app.run()
    assert "Shown and played: 0 s to 1 s of 3 s. The model judges all of it." in texts(app.caption)
    field = next(one for one in app.number_input if one.label == "Shown from (s)")
    field.set_value(1.0).run()
    assert (sent[-1].begins, sent[-1].ends) == (1.0, 2.0)
    field = next(one for one in app.number_input if one.label == "Shown from (s)")
    field.set_value(99.0).run()
    assert "Expected a whole number from 0 to 1" in texts(app.error)
    assert len(app.metric) == 3


def test_the_model_fits_the_voice_until_the_visitor_chooses_one(opened):
    app = opened("listen")
    assert box(app, "Model").value == "ravdess-residual"  # for a microphone
    radio(app, "Recording").set_value("Demo clip").run()
    assert radio(app, "Voices").value == "People"
    assert "Actors, who speak German: EmoDB, CC0." in texts(app.caption)
    assert box(app, "Model").value == "ravdess-residual"
    assert app.metric
    radio(app, "Voices").set_value("Artificial voices").run()
    assert box(app, "Model").value == "demo-residual"
    radio(app, "Recording").set_value("Record").run()
    assert box(app, "Model").value == "ravdess-residual"
    box(app, "Model").set_value("demo-residual").run()
    assert not app.exception
    radio(app, "Recording").set_value("Upload a file").run()
    assert box(app, "Model").value == "demo-residual"
