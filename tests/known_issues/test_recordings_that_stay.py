"""Beside every recording stands where it is stored, and what is deleted is gone.

Pages said that a recording stays in memory until the page is closed; it was found there minutes later.
"""

import gc

import numpy as np
import pytest

from tests.pages.conftest import opened as opened
from tests.pages.conftest import wav as wav
from tests.pages.shown import texts
from tests.ui.test_live_session import blocks, judge, message, speech
from ui.components.live_microphone import BLOCK
from ui.sound import SoundReference
from ui.views.live.session import LiveSession


def held(content: bytes) -> int:
    gc.collect()
    return sum(one.content == content for one in gc.get_objects() if isinstance(one, SoundReference))


def noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(scale=0.1, size=20_000).astype(np.float32)


def button(app, label: str):
    return next(one for one in app.button if one.label == label)


def deleted(app):
    """Press Delete; the next run lets go of what the test's own page remembers of the last one."""
    return button(app, "Delete").click().run().run()


def bring_to_listen(app, content: bytes, way: str):
    app.radio[0].set_value("Record" if way == "audio_input" else "Upload a file").run()
    app.get(way)[0].set_value(("mine.wav", content, "audio/wav"))
    return app.run()


@pytest.mark.parametrize("way", ["audio_input", "file_uploader"])
def test_a_recording_that_was_brought_to_listen_is_deleted_with_what_was_computed_from_it(opened, wav, way):
    content = wav(noise(1))
    app = bring_to_listen(opened("listen"), content, way)
    assert "is stored in the memory of the computer that runs the app, not on its disk" in texts(app.caption)
    assert held(content)
    deleted(app)
    assert not app.exception
    assert not held(content)
    assert "is stored in the memory" not in texts(app.caption)
    assert "Bring a recording" in texts(app.caption)


def test_after_a_deletion_the_next_recording_is_taken(opened, wav):
    app = bring_to_listen(opened("listen"), wav(noise(1)), "audio_input")
    deleted(app)
    app = bring_to_listen(app, wav(noise(2)), "audio_input")
    assert not app.exception
    assert held(wav(noise(2)))
    assert "your recording is stored in the memory" in texts(app.caption)


def test_an_upload_to_long_recordings_is_deleted(opened, wav):
    content = wav(noise(3))
    app = opened("long_recordings")
    app.get("file_uploader")[0].set_value(("long.wav", content, "audio/wav"))
    app.run()
    assert "long.wav is stored in the memory" in texts(app.caption)
    deleted(app)
    assert not app.exception
    assert not held(content)
    assert "Choose a recording" in texts(app.markdown)


def test_a_recording_in_the_workspace_is_told_with_its_place(opened, wav, tmp_path):
    folder = tmp_path / "workspace" / "recordings"
    folder.mkdir(parents=True)
    (folder / "talk.wav").write_bytes(wav(noise(4)))
    app = opened("long_recordings")
    app.radio[0].set_value("From the workspace").run()
    assert f"It is read from {folder / 'talk.wav'}, where it stays" in texts(app.caption)
    assert not [one for one in app.button if one.label == "Delete"]


def test_what_was_said_live_is_deleted_and_the_next_listening_is_kept():
    session = LiveSession("mine", judge())
    session.take(message(1, 0, blocks(speech()), act="stop"))
    assert np.abs(session.recording()).max() > 0
    session.delete()
    assert session.deleted
    assert session.recording().size == 0
    assert not session._sound._samples.any()
    again = LiveSession("mine", judge())
    again.take(message(2, 0, blocks(speech())[:3]))
    assert not again.deleted
    assert again.recording().size == 3 * BLOCK
