"""Your voice: clips, what they change, keeping, and the choice on the other pages."""

import json
import re

import numpy as np
import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from ser_core.recordings import Collection, Prompt, Speaker, Take, emotion_of
from ser_core.voices import Voice, VoiceClip, find_voice, library
from ser_core.voices.one_person import Likeness
from ser_core.workspace import voices_directory
from tests.conftest import tiny_voice
from tests.pages.shown import answers, texts
from ui.sound import SoundReference
from ui.views.voice.uploads import CLIPS

MODEL = "demo-residual"
CHOICE = "One clip: press it in the picture, or choose it here"


def named(elements, label):
    return next(one for one in elements if one.label == label)


def picture(app):
    """The one picture of what the clips change, as Plotly gets it, with its words for those who cannot see it."""
    (chart,) = [one for one in app.get("plotly_chart") if one.proto.alt.startswith("As what each clip is heard")]
    return json.loads(chart.proto.spec), chart.proto.alt


def clips_in(app):
    """Numbers of the clips that the picture draws."""
    traces = picture(app)[0]["data"]
    return {number for trace in traces if trace["mode"] == "markers" for (number,) in trace["customdata"]}


def angles(app):
    """The figures of one clip, angle by angle."""
    return [one for one in app.get("plotly_chart") if one.proto.alt.startswith("Angle to each emotion")]


def choose_way(app, way):
    named(app.radio, "Clips").set_value(way)
    return app.run()


@pytest.fixture
def drawn(monkeypatch):
    """What crosses to the browser of each clip after each number of known ones: the classes, and the clips."""
    found = []
    monkeypatch.setattr("ui.components.after_clips.draw", lambda classes, clips, **_: found.append((classes, clips)))
    return found


@pytest.fixture
def demo(opened):
    """The page with the clips of an artificial voice."""
    app = opened("your_voice")
    named(app.selectbox, "Model").set_value(MODEL)
    return choose_way(app, "Demo voice")


def kept(name):
    """A voice of a model that is not here."""
    clip = VoiceClip("a.wav", "neutral", 1.0, np.ones(4, dtype=np.float32))
    return library.save_voice(Voice(name, "neutral", "gone", "ab" * 32, (clip,)))


def keep(app, name):
    named(app.text_input, "Name").set_value(name)
    named(app.button, "Keep this voice").click()
    return app.run()


def test_without_clips_the_page_says_in_one_sentence_what_comes_first(opened):
    app = opened("your_voice")
    assert not app.exception
    assert not app.error
    assert "say a sentence without emotion" in texts(app.markdown)
    assert [one.proto.label for one in app.get("audio_input")] == ["Say a sentence now"]
    assert not app.get("plotly_chart")


def test_what_limits_a_clip_is_told(opened, wav):
    app = opened("your_voice")
    short = SoundReference("short", "a*b.wav", content=wav(tiny_voice(140, 4.0, np.random.default_rng(0), seconds=0.5)))
    app.session_state[f"remembered: {CLIPS}"] = (short,)
    named(app.selectbox, "Model").set_value(MODEL).run()
    assert not app.exception
    assert "a*b.wav: Only 0." in texts(app.warning)


def test_clips_that_sound_like_two_people_are_named_and_those_of_one_voice_are_not(demo, monkeypatch):
    assert "Two people?" not in texts(demo.warning)
    monkeypatch.setattr(
        "ui.views.voice.making.likeness", lambda vectors: Likeness(0.2, len(vectors), (1, len(vectors) - 1))
    )
    demo.run()
    assert not demo.exception
    assert "Two people? By the voice, " in texts(demo.warning)
    assert "helps with neither: keep the clips of one" in texts(demo.warning)


def test_a_voice_is_seen_before_and_after_kept_and_chosen_on_the_other_pages(demo):
    assert not demo.exception
    assert not demo.error
    heard = re.search(r"Before, (\d) of 8 clips w[a-z]+ heard correctly, now (\d):", texts(demo.markdown))
    assert heard is not None
    assert "judged by what the other clips tell" in texts(demo.caption)
    assert clips_in(demo) == set(range(8))
    lanes = picture(demo)[0]["layout"]["yaxis"]["ticktext"]
    counted = [
        sum(
            lanes[round(y)] == trace["name"].removeprefix("spoken ")
            for trace in picture(demo)[0]["data"]
            if trace["mode"] == "markers"
            for x, y in zip(trace["x"], trace["y"], strict=True)
            if x == side
        )
        for side in (0, 1)
    ]
    assert [int(number) for number in heard.groups()] == counted  # the sentence and the picture say the same
    assert heard[0] in picture(demo)[1]
    keep(demo, "Anna")
    assert not demo.exception
    assert "Anna is kept" in texts(demo.success)
    voice = find_voice("Anna")
    assert (voice.method, len(voice.clips)) == ("neutral", 8)
    for page in ("listen", "live", "long_recordings"):
        demo.switch_page(f"pages/{page}.py").run()
        assert not demo.exception
        assert named(demo.selectbox, "Your voice").value == str(library.file_of("Anna"))
        assert "as the model was trained" in named(demo.selectbox, "Your voice").options
    named(demo.selectbox, "Model").set_value("ravdess-residual").run()
    assert not [one for one in demo.selectbox if one.label == "Your voice"]  # a voice of another model is not offered


def test_one_clip_is_shown_at_once_and_is_one_that_the_voice_changes(drawn, demo):
    clip = named(demo.selectbox, CHOICE)
    assert len(clip.options) == 8
    heard = re.search(r"heard as \*\*(\w+)\*\*, then as \*\*(\w+)\*\*", texts(demo.markdown))
    assert heard is not None
    assert heard[1] != heard[2]
    _, (shown,) = drawn[-1]
    assert clip.value == f"{shown.name}, spoken {shown.spoken}"
    assert [step["clips"] for step in shown.steps] == [0, 1, 2]  # of three neutral clips one may be this one
    assert shown.steps[0]["verdict"] == heard[1]
    assert shown.address is not None
    assert len(angles(demo)) == 1
    other = next(name for name in clip.options if name != clip.value)
    clip.set_value(other).run()
    assert not demo.exception
    assert other.startswith(f"{drawn[-1][1][0].name}, spoken ")
    choose_way(demo, "Spoken here, or uploaded")
    assert not demo.exception
    assert angles(demo) == []


def told(app) -> list[str]:
    """The headline, and the figures of all angles as experts see them."""
    charts = [one.proto.alt for one in app.get("plotly_chart")]
    assert len(charts) == 2
    return [*answers(app), *charts]


def test_the_chosen_voice_changes_what_listen_says(demo):
    keep(demo, "Anna")
    demo.switch_page("pages/listen.py").run()
    next(one for one in demo.toggle if one.label == "For experts").set_value(True).run()
    named(demo.selectbox, "Your voice").set_value("").run()
    plain = told(demo)
    named(demo.selectbox, "Your voice").set_value(str(library.file_of("Anna"))).run()
    assert not demo.exception
    assert told(demo) != plain
    library.delete(library.file_of("Anna"))
    st.cache_data.clear()
    demo.run()
    assert not demo.exception
    assert told(demo) == plain  # a voice that is gone is chosen no more


def test_uploads_have_an_emotion_each_and_a_silent_one_is_left_out(opened, wav, random):
    app = opened("your_voice")
    named(app.selectbox, "Model").set_value(MODEL).run()
    one, two = (wav(tiny_voice(pitch, 4.0, random, seconds=1.5)) for pitch in (120, 150))
    files = [("one.wav", one, "audio/wav"), ("two.wav", two, "audio/wav"), ("again.wav", one, "audio/wav")]
    app.get("file_uploader")[0].set_value([*files, ("quiet.wav", wav(np.zeros(32_000)), "audio/wav")])
    app.run()
    assert not app.exception
    assert [box.value for box in app.selectbox if box.label == "Spoken as"] == ["neutral"] * 3
    assert "Left out: Not speech, and not judged: quiet.wav holds" in texts(app.error)
    assert "2 clips decide here" in texts(app.info)
    assert clips_in(app) == {0, 1}
    named(app.selectbox, "Spoken as").set_value("angry").run()
    assert "1 clip of 2: judged by a voice made of no other clip." in texts(
        app.warning
    )  # of two neutral clips one is left
    [button for button in app.button if button.label == "Remove"][1].click().run()
    assert "got angry alone" in texts(app.error)


def test_takes_of_a_speaker_of_the_studio_are_clips(opened):
    app = opened("your_voice")
    corpus = Collection("ours")
    corpus.enter(Speaker("Anna"), "I agree.")
    random = np.random.default_rng(0)
    for emotion, pitch in (("neutral", 120), ("sad", 100), ("disgust", 150)):
        take = Take(tiny_voice(pitch, 4.0, random, seconds=1.0), 16_000)
        corpus.add(take, Prompt("The letter is on the table.", emotion_of(emotion), 1), "Anna")
    named(app.selectbox, "Model").set_value(MODEL)
    choose_way(app, "From the Recording studio")
    assert not app.exception
    assert len(app.multiselect[0].value) == 2
    assert "does not know disgust" in texts(app.caption)
    assert clips_in(app) == {0, 1}
    app.multiselect[0].set_value([]).run()
    assert "say a sentence without emotion" in texts(app.markdown)


def test_without_recordings_the_way_to_the_studio_is_shown(opened):
    app = opened("your_voice")
    choose_way(app, "From the Recording studio")
    assert not app.exception
    assert "No corpus of your own yet" in texts(app.markdown)


def test_a_second_press_that_breaks_off_the_first_keeps_the_voice_and_chooses_it(demo, monkeypatch):
    def broken_off(*_):
        raise StopException

    with monkeypatch.context() as patch:
        patch.setattr("ui.components.voice_choice.choose", broken_off)
        keep(demo, "Anna")
    keep(demo, "Anna")
    assert texts(demo.error) == ""
    assert "Anna is kept" in texts(demo.success)
    assert len(library.saved_voices()[0]) == 1


def test_few_shot_is_kept_under_a_name_that_no_other_voice_has(demo):
    kept("Anna")
    named(demo.radio, "Method").set_value("few-shot").run()
    assert not demo.exception
    keep(demo, "Anna")
    assert "Choose another name" in texts(demo.error)
    keep(demo, " ")
    assert "Expected a name for the voice" in texts(demo.error)
    keep(demo, "Berta")
    assert find_voice("Berta").method == "few-shot"
    assert len(library.saved_voices()[0]) == 2


def test_voices_are_renamed_and_deleted_here_and_a_damaged_file_hides_no_other(opened):
    app = opened("your_voice")
    kept("Anna")
    (voices_directory() / "broken.json").write_text("{")
    st.cache_data.clear()
    app.run()
    named(app.text_input, "New name").set_value("Berta")
    named(app.button, "Rename").click().run()
    assert "is called Berta now" in texts(app.success)
    assert "broken.json" in texts(app.warning)
    for _ in range(2):
        named(app.button, "Delete for good").click().run()
        assert not app.exception
    assert list(voices_directory().iterdir()) == []


@pytest.mark.usefixtures("no_models")
def test_without_a_model_the_way_to_one_is_shown(opened):
    app = opened("your_voice")
    assert not app.exception
    assert "No model yet" in texts(app.markdown)


def test_clips_of_which_nothing_is_told_make_a_voice_by_the_third_method(opened, wav, random, drawn):
    app = opened("your_voice")
    named(app.selectbox, "Model").set_value(MODEL).run()
    named(app.radio, "Method").set_value("unlabelled").run()
    sounds = [wav(tiny_voice(120 + 15 * number, 4.0, random, seconds=1.5)) for number in range(3)]
    app.get("file_uploader")[0].set_value([(f"{n}.wav", sound, "audio/wav") for n, sound in enumerate(sounds)])
    app.run()
    assert not app.exception
    assert [box.value for box in app.selectbox if box.label == "Spoken as"] == ["not stated"] * 3
    assert "emotion not stated" in [trace["name"] for trace in picture(app)[0]["data"] if trace["mode"] == "markers"]
    assert re.search("heard otherwise than before|heard as before", picture(app)[1])
    named(app.selectbox, CHOICE).set_value("1.wav").run()
    assert not app.exception
    classes, (shown,) = drawn[-1]
    assert (shown.name, shown.spoken) == ("1.wav", None)
    assert [step["clips"] for step in shown.steps] == [0, 1, 2]
    assert len(classes) == len(shown.steps[0]["angles"])
    assert f"after 0 clips {shown.steps[0]['verdict']}, after 1 clip" in texts(app.markdown)
    keep(app, "Anna")
    found = find_voice("Anna")
    assert found.method == "unlabelled"
    assert [clip.emotion for clip in found.clips] == [None] * 3
