"""A recording of one's own lands on the map where its projection puts it, beside its exact neighbours."""

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.geometry.projection import place_by_pca
from ser_core.inference import Atlas, Reader
from tests.pages.shown import texts
from ui.components.point_map import MapMessage


def named(elements, label):
    return next(one for one in elements if one.label == label)


@pytest.fixture
def sent(monkeypatch):
    """Note the maps that the browser was sent, and what was marked on them."""
    maps, marks = [], []
    monkeypatch.setattr("ui.components.point_map.draw", lambda made, *, key: maps.append(made) or MapMessage())
    monkeypatch.setattr("ui.components.point_map.mark", lambda **given: marks.append(given))
    return maps, marks


@pytest.fixture
def clip():
    manifest = open_corpus("demo")
    return manifest.path(next(row for row in manifest.utterances if row.emotion == "angry"))


def nearest(app):
    return next(one.value for one in app.dataframe if "angle_degrees" in one.value)


def placed(opened, clip):
    app = opened("embedding_space")
    named(app.toggle, "Place a recording of mine on this map").set_value(True).run()
    named(app.radio, "Recording").set_value("Upload a file").run()
    upload = named(app.get("file_uploader"), "A recording of one voice")
    return upload.set_value((clip.name, clip.read_bytes(), "audio/flac")).run()


def test_an_upload_lands_where_pca_puts_it_with_its_nearest_by_exact_angle(opened, sent, clip):
    app = placed(opened, clip)
    assert not app.exception
    assert not app.error
    atlas = Atlas.load("demo-residual")
    kept = (atlas.frame["split"] != "train").to_numpy()
    vectors = atlas.embeddings[kept].astype(float)
    new = Reader.load("demo-residual").read(read_audio(clip)).embedding.astype(float)
    made, marked = sent[0][-1], sent[1][-1]["placed"]
    np.testing.assert_allclose(marked.at, made.drawn_at(place_by_pca(new, vectors)[0]), atol=1e-5)
    assert marked.name == clip.name
    cosines = vectors @ new / np.linalg.norm(vectors, axis=1) / np.linalg.norm(new)
    angles = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
    table = nearest(app)
    np.testing.assert_allclose(table["angle_degrees"], np.sort(angles)[:8], atol=1e-2)
    assert "Nearest direction: **" in texts(app.markdown)


def test_a_map_that_is_switched_off_has_no_mark(opened, sent, clip):
    app = placed(opened, clip)
    named(app.toggle, "Place a recording of mine on this map").set_value(False).run()
    assert sent[1][-1]["placed"] is None


def test_with_too_many_utterances_only_pca_places_and_the_page_says_so(opened, sent, clip, monkeypatch):
    monkeypatch.setattr("ui.views.embedding.placing.MOST_PLACED_AMONG", 10)
    monkeypatch.setattr("ui.views.embedding.placing.PCA", "another method")
    app = placed(opened, clip)
    assert "choose PCA, which places at once" in texts(app.info)
    assert sent[1][-1]["placed"] is None
    assert len(nearest(app))


def test_tsne_places_beside_the_page_which_shows_how_far_it_is(opened, sent, clip, monkeypatch):
    class Job:
        key, ended = "placing", False

        def done(self):
            return self.ended

        def result(self):
            return np.array([[0.25, 0.5]], dtype=np.float32)

    waited = []
    monkeypatch.setattr("ui.views.embedding.placing.PCA", "another method")
    monkeypatch.setattr("ui.views.embedding.placing.placed", lambda *given: Job())
    monkeypatch.setattr("ui.views.embedding.placing.wait_for_maps", lambda jobs, what, *, on_stop: waited.append(what))
    app = placed(opened, clip)
    assert not app.exception
    assert waited[-1] == "the place of the recording"
    assert sent[1][-1]["placed"] is None
    assert len(nearest(app)), "its neighbours do not wait"
    Job.ended = True
    app.run()
    np.testing.assert_allclose(sent[1][-1]["placed"].at, sent[0][-1].drawn_at(np.array([0.25, 0.5])))


def test_silence_is_refused_and_the_map_stays(opened, sent, wav):
    app = opened("embedding_space")
    named(app.toggle, "Place a recording of mine on this map").set_value(True).run()
    named(app.radio, "Recording").set_value("Upload a file").run()
    content = wav(np.zeros(32_000))
    named(app.get("file_uploader"), "A recording of one voice").set_value(("none.wav", content, "audio/wav")).run()
    assert not app.exception
    assert "Not speech, and not judged" in texts(app.info)
    assert sent[1][-1]["placed"] is None


def test_the_simple_map_says_that_it_does_not_show_the_recording(opened, clip):
    app = opened("embedding_space")
    app.query_params["map"] = "simple"
    named(app.toggle, "Place a recording of mine on this map").set_value(True).run()
    named(app.radio, "Recording").set_value("Demo clip").run()
    assert not app.exception
    assert "The simple map does not show it" in texts(app.info)
