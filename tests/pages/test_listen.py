"""Listen answers good recordings, and bad ones with advice instead of a traceback."""

import dataclasses
import io
import json
import re
import zipfile

import numpy as np
import pytest
import streamlit as st

from ser_core.audio.signal import Signal
from ser_core.checkpoints.folder import write_digests
from ser_core.inference import Reader
from tests.conftest import tiny_voice
from tests.pages.shown import answers, box, button, texts
from ui import cache
from ui.components import folded, speech_player
from ui.state import key_of


def speech_like(seconds: float = 1.5) -> np.ndarray:
    return tiny_voice(150, 3.0, np.random.default_rng(0), seconds=seconds)


def player_shown(app) -> bool:
    return any(one.proto.component_name.endswith("speech_player") for one in app.get("bidi_component"))


def radio(app, label):
    return next(one for one in app.radio if one.label == label)


def source(app):
    return radio(app, "Recording")


@pytest.fixture
def with_artificial_voice(opened):
    """The page with a clip of the demo corpus, which the demo model judges."""
    app = opened("listen")
    return radio(app, "Voices").set_value("Artificial voices").run()


def test_the_page_opens_with_a_clip_of_a_person_that_is_judged_by_the_model_of_people(opened):
    app = opened("listen")
    assert not app.exception
    assert not app.error
    assert box(app, "Model").value == "people"
    assert radio(app, "Voices").value == "People"
    assert "Actors, who speak German: EmoDB, CC0." in texts(app.caption)
    assert len(answers(app)) == 1
    assert answers(app) != ["Not speech"]
    assert player_shown(app)
    assert "Press a point to see whose it is." in texts(app.caption), "only vectors ship with the model of people"


def test_an_artificial_clip_is_judged_at_once_and_labelled(with_artificial_voice):
    app = with_artificial_voice
    assert not app.exception
    assert not app.error
    assert answers(app) == ["Probably neutral"]
    said = next(one.value for one in app.markdown if "sure;" in one.value)
    assert re.fullmatch(r"\d+\s%\ssure; next comes \w+ with \d+\s%\.", said.replace("\\", ""))
    assert "Spoken as: neutral (artificial speech)" in texts(app.caption)
    assert "Artificial speech" in texts(app.caption)
    assert "Nearest known utterances" in texts(app.subheader)
    assert "Press a point to hear it." in texts(app.caption)
    assert "Of speech by people whom this model had not heard, 0 % fell outside all ranges" in texts(app.caption)
    assert "Expected calibration error" not in texts(app.markdown), "what stands behind a press is not drawn before"
    app.session_state[key_of("about this model")] = True
    assert "Expected calibration error: 18.1 %" in texts(app.run().markdown)
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
    assert len(answers(app)) == 1
    # Two vowels in turn are no emotion that any speaker showed; whatever the answer, the words fit the figures.
    if answers(app) == ["None of these"]:
        assert "outside the range of every emotion" in texts(app.markdown)


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
    assert "with speakers it has not heard was not measured" in texts(app.caption)
    app.session_state[key_of("about this model")] = True
    assert "Not measured: this card is of a release that did not." in texts(app.run().markdown)


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
    source(app).set_value("Upload a file").run()
    app.get("file_uploader")[0].set_value(("take.wav", make(wav), "audio/wav"))
    app.run()
    assert not app.exception
    assert advice in texts(app.error)
    assert len(app.error) == 1
    assert not answers(app)


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
    source(app).set_value("Upload a file").run()
    app.get("file_uploader")[0].set_value(("sound.wav", wav(samples), "audio/wav"))
    app.run()
    assert not app.exception
    assert words in texts(app.info)
    assert not app.error
    assert answers(app) == ["Not speech"]
    assert "Nearest known utterances" not in texts(app.subheader)
    assert player_shown(app)


def test_a_clipped_recording_at_3_khz_is_judged_with_notes(opened, wav):
    samples = np.clip(speech_like(2)[::5] * 20, -1, 1)
    app = opened("listen")
    source(app).set_value("Upload a file").run()
    app.get("file_uploader")[0].set_value(("loud.wav", wav(samples, 3_200), "audio/wav"))
    app.run()
    assert not app.exception
    assert "3200 Hz" in texts(app.warning)
    assert "clipped" in texts(app.warning)


def test_captions_name_only_what_is_drawn(opened, wav):
    app = opened("listen")
    source(app).set_value("Upload a file").run()
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
    source(app).set_value("Demo clip").run()
    assert not app.exception
    assert "No model yet" in texts(app.markdown)
    assert player_shown(app)
    assert not answers(app)


def test_a_recording_is_still_there_after_a_look_at_another_page(opened, wav):
    app = opened("listen")
    app.get("audio_input")[0].set_value(("rec.wav", wav(speech_like()), "audio/wav"))
    app.run()
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/listen.py").run()
    assert not app.exception
    assert "is stored in the memory" in texts(app.caption)
    assert len(answers(app)) == 1


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
    model = next(entry for entry in cache.checkpoints() if entry.name == box(app, "Model").value)
    judged = Reader.load(model.path).read(Signal(quantised[4_000:24_000]))
    answer = judged.emotion if judged.inside_range else "none of these"
    whole = Reader.load(model.path).read(Signal(quantised)).verdict
    assert f"Heard as **{answer}**; the whole as **{whole}**." in texts(app.markdown)


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
    assert len(answers(app)) == 1


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
    assert len(answers(app)) == 1


def test_the_model_fits_the_voice_until_the_visitor_chooses_one(opened):
    app = opened("listen")
    assert box(app, "Model").value == "people"  # for the person with whose clip the page opens
    radio(app, "Voices").set_value("Artificial voices").run()
    assert box(app, "Model").value == "demo-residual"
    source(app).set_value("Record").run()
    assert box(app, "Model").value == "people"
    box(app, "Model").set_value("demo-residual").run()
    assert not app.exception
    source(app).set_value("Upload a file").run()
    assert box(app, "Model").value == "demo-residual"


def test_why_it_answers_so_stands_below_with_the_map_the_doubts_and_what_decided_on_demand(with_artificial_voice):
    app = with_artificial_voice
    components = [one.proto.component_name for one in app.get("bidi_component")]
    for part in ("angle_dial", "utterance_map", "utterance_map_marks", "speech_player"):
        assert any(name.endswith(part) for name in components), part
    for title in ("Nearest known utterances", "Which parts of the sound decided", "What speaks against it"):
        assert title in texts(app.subheader)
    assert "The angles from this voice to each emotion are exact" in texts(app.caption)
    assert "On other corpora, with people it never heard" in texts(app.markdown)
    assert not app.get("plotly_chart"), "nothing is computed before somebody asks"
    button(app, "Show what speaks for neutral").click().run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert "how much evidence for neutral is lost without it" in texts(app.caption)
    method = next(one for one in app.radio if one.label == "Method")
    method.set_value("integrated gradients").run()
    assert "share of the evidence for neutral" in texts(app.caption)


def test_a_model_that_hears_more_than_a_spectrogram_is_asked_by_silencing_parts(with_artificial_voice, monkeypatch):
    app = with_artificial_voice
    monkeypatch.setattr("ser_core.inference.attribution.hears_spectrogram_alone", lambda card: False)
    st.cache_resource.clear()  # of other tests' answers to this clip
    app.run()
    assert not [one for one in app.radio if one.label == "Method"], "there is one way alone"
    button(app, "Show what speaks for neutral").click().run()
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) == 1
    assert "One part after another is silenced" in texts(app.caption)


def test_for_experts_the_back_end_the_measures_and_the_evidence_are_added(with_artificial_voice):
    app = with_artificial_voice
    assert "Chosen by" not in texts(app.caption)
    assert "Probabilities" not in texts(app.subheader)
    next(one for one in app.toggle if one.label == "For experts").set_value(True).run()
    button(app, "Show what speaks for neutral").click().run()
    assert not app.exception
    assert "Chosen by the nearest direction, as the model's card says. Nearest direction: neutral" in texts(app.caption)
    assert {"Probabilities", "Angles"} <= {one.value for one in app.subheader}
    assert "Evidence (cosine) for neutral" in texts(app.caption)


def test_two_ways_to_judge_that_disagree_are_both_named_with_the_reason(opened, monkeypatch):
    read = Reader.read

    def contrary(self, signal, **names):
        reading = read(self, signal, **names)
        shares = {label: 0.3 * (label == reading.emotion) for label in reading.probabilities} | {"boredom": 0.7}
        return dataclasses.replace(reading, probabilities=shares)

    monkeypatch.setattr(Reader, "read", contrary)
    app = radio(opened("listen"), "Voices").set_value("Artificial voices").run()
    assert not app.exception
    assert answers(app) == ["Neutral or boredom"]
    assert "These two disagree. By angle neutral is nearer" in texts(app.markdown)
    assert "by probability boredom is ahead (70 %, neutral 30 %)" in texts(app.markdown)


class Opened:
    """An expander that a visitor has opened."""

    open = True

    def __init__(self, name: str, label: str) -> None:
        self.container = st.expander(label)

    def __enter__(self):
        return self.container.__enter__()

    def __exit__(self, *error: object) -> None:
        self.container.__exit__(*error)


def test_a_folder_goes_in_and_a_table_comes_out_with_what_was_refused_by_name(opened, wav, monkeypatch):
    monkeypatch.setattr(folded, "expander", Opened)
    app = opened("listen")
    files = next(one for one in app.get("file_uploader") if one.label.startswith("Recordings, or ZIP"))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("in/first.wav", wav(speech_like()))
        packed.writestr("in/silence.wav", wav(np.zeros(32_000)))
    files.set_value(
        [
            ("takes.zip", archive.getvalue(), "application/zip"),
            ("notes.wav", b"Dear diary, this is no sound at all.\n" * 20, "audio/wav"),
        ]
    )
    app.run()
    folder = next(one for one in app.get("file_uploader") if one.label == "A whole folder")
    assert folder.proto.accept_directory
    folder.set_value([("takes/second.wav", wav(speech_like(2)), "audio/wav")])
    app.run()
    assert not app.exception
    assert "3 of 4 files were judged." in texts(app.markdown)
    assert "notes.wav: Expected audio in notes.wav" in texts(app.warning)
    table = next(one.value for one in app.dataframe if "answer" in one.value.columns)
    assert table["file"].tolist() == ["in/first.wav", "in/silence.wav", "takes/second.wav"]
    assert table["answer"].tolist()[1] == "not speech"
    assert "Download the table (CSV)" in [one.label for one in app.get("download_button")]


def test_of_many_refused_files_some_are_shown_and_the_others_counted(opened, monkeypatch):
    monkeypatch.setattr(folded, "expander", Opened)
    app = opened("listen")
    files = next(one for one in app.get("file_uploader") if one.label.startswith("Recordings, or ZIP"))
    files.set_value([(f"{number}.wav", b"no sound", "audio/wav") for number in range(8)])
    app.run()
    refusals = [one.value for one in app.warning if ".wav: " in one.value]
    assert [one.split(":")[0] for one in refusals] == ["0.wav", "1.wav", "2.wav", "3.wav", "4.wav"]
    assert "3 more were refused." in texts(app.warning)
