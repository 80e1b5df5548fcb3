"""Home: a map of voices that are heard at a press, a microphone that leads to an answer, and three doors."""

import gc
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ser_core.corpora import open_corpus
from ser_core.plots.point_map import PointMap
from tests.conftest import tiny_voice
from tests.pages.shown import box, button, texts
from tests.plots.test_point_map import read
from ui import garbage
from ui.components.point_map import MapMessage
from ui.components.recordings import ARTIFICIAL, PEOPLE
from ui.views.home.doors import PLACE


@pytest.fixture
def pressed(opened, monkeypatch) -> Callable[[int | None], AppTest]:
    """Open Home as if the visitor had pressed that point; what was drawn is kept in ``drawn``, and ``sounds``."""

    def open_with(clicked: int | None) -> AppTest:
        def draw(made: PointMap, *, key: str, plain: bool = False) -> MapMessage:
            open_with.drawn = made
            return MapMessage(clicked=clicked)

        def give_sounds(*, space: str, sounds: dict[int, str]) -> None:
            open_with.sounds = sounds

        monkeypatch.setattr("ui.components.point_map.draw", draw)
        monkeypatch.setattr("ui.components.point_map.give_sounds", give_sounds)
        return opened("home")

    return open_with


def categories(made: PointMap, name: str) -> Counter:
    header, arrays = read(made.content)
    column = next(one for one in header["columns"] if one["name"] == name)
    return Counter(column["entries"][code]["name"] for code in arrays[name])


def test_the_map_shows_every_clip_of_people_and_a_sentence_of_every_artificial_voice_in_every_emotion(pressed):
    app = pressed(None)
    assert not app.exception
    assert not app.error
    people, demo = open_corpus("emodb-clips"), open_corpus("demo")
    artificial = {(clip.speaker, clip.emotion) for clip in demo.utterances}
    expected = Counter(clip.emotion for clip in people.utterances) + Counter(emotion for _, emotion in artificial)
    assert categories(pressed.drawn, "emotion") == expected
    counted = f"{len(people.utterances) + len(artificial)} voices: {len(people.utterances)} of people"
    assert counted in texts(app.markdown)
    assert "Press a point to hear it" in texts(app.markdown)
    assert not app.get("audio")


def test_people_and_artificial_voices_differ_in_size_and_the_page_says_so(pressed):
    app = pressed(None)
    header, arrays = read(pressed.drawn.content)
    assert header["smaller"] is not None
    people = len(open_corpus("emodb-clips").utterances)
    assert arrays["smaller"].tolist() == [0] * people + [1] * (len(pressed.drawn.ids) - people)
    assert "Large: people, small: artificial" in texts(app.markdown)


def test_the_browser_knows_where_every_sound_is_before_a_press(pressed, monkeypatch):
    monkeypatch.setattr("ui.components.players.address_of_flac", str)
    pressed(None)
    clips = open_corpus("emodb-clips")
    assert sorted(pressed.sounds) == pressed.drawn.ids.tolist()
    assert len(set(pressed.sounds.values())) == len(pressed.sounds)
    for number, clip in enumerate(clips.utterances):
        assert pressed.sounds[number] == str(clips.path(clip))


def test_a_press_says_who_speaks_and_only_the_map_plays_it(pressed):
    app = pressed(0)
    assert not app.exception
    (player,) = app.get("audio")
    assert not player.proto.autoplay
    first = open_corpus("emodb-clips").utterances[0]
    assert f"**{first.emotion}** · a man of {first.age:g}, acted German" in texts(app.markdown)
    assert "artificial voice" in texts(pressed(102).markdown)


def test_a_voice_of_the_map_is_chosen_on_listen_for_the_model_that_learned_from_such_voices(pressed):
    for point, model, voices in ((9, "people", PEOPLE), (102, "demo-residual", ARTIFICIAL)):
        app = pressed(point)
        button(app, "Judge it →").click().run()
        assert not app.exception
        assert [one.value for one in app.title] == ["Listen"]
        assert box(app, "Model").value == model
        assert next(one for one in app.radio if one.label == "Voices").value == voices
        if voices == PEOPLE:
            clip = open_corpus("emodb-clips").utterances[point]
            chosen = [box(app, label).value for label in ("Voice", "Spoken as", "Sentence")]
            assert chosen == [clip.speaker, clip.emotion, clip.text]


def test_what_is_said_into_the_microphone_is_judged_on_listen_by_the_model_of_people(opened, wav):
    app = opened("home")
    (recorder,) = app.get("audio_input")
    assert recorder.key.endswith(f"at {PLACE}")
    spoken = wav(tiny_voice(150, 3.0, np.random.default_rng(0), seconds=1.5))
    recorder.set_value(("spoken.wav", spoken, "audio/wav")).run()
    assert not app.exception
    assert [one.value for one in app.title] == ["Listen"]
    assert box(app, "Model").value == "people"
    app.switch_page("pages/home.py").run()  # coming back does not lead away again
    assert [one.value for one in app.title] == ["Speech emotion by angle"]


def test_three_doors_lead_to_pages_and_one_line_to_the_intended_use(opened):
    links = {one.proto.label: one.proto.page for one in opened("home").get("page_link")}
    assert links["Try your voice"] == "live"
    assert links["Look into an embedding"] == "embedding_space"
    assert links["See what a loss does"] == "what_a_loss_does"
    assert sum("no diagnosis" in label for label in links) == 1


def test_without_webgl_the_voices_are_chosen_by_name(opened):
    app = opened("home")
    app.query_params["map"] = "simple"
    app.run()
    assert not app.get("audio")
    assert "Press a point" not in texts(app.markdown)
    box(app, "Voice").select_index(2).run()
    assert not app.exception
    (player,) = app.get("audio")
    assert player.proto.autoplay


@pytest.mark.usefixtures("no_models")
def test_home_without_a_model_is_whole(opened):
    app = opened("home")
    assert not app.exception
    assert not app.error


def test_a_page_leaves_the_libraries_out_of_what_streamlit_collects_after_every_run(opened):
    garbage._set_aside.cache_clear()
    gc.unfreeze()
    opened("home")
    assert gc.get_freeze_count() > 100_000
