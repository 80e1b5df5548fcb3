"""What phones and browsers record is decoded in Chromium, by the script that the page uses."""

import base64
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from ser_core.corpora import open_corpus
from tests.browser.modules import evaluated
from tests.known_issues.test_recordings_of_phones import made
from ui.components.decoder import SampleChunk, checked, wav
from ui.components.decoder.mount import packed
from ui.sound import SoundReference

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

DECODER = {"decoder/browser/decoder.js": "Decoder"}
DECODED = """
  const bytes = Uint8Array.from(atob(argument), letter => letter.charCodeAt(0));
  const decoder = new Decoder({});
  return new Promise(done => decoder.update(bytes, null, (name, answer) => done(answer)));"""


@pytest.mark.parametrize(
    ("container", "codec", "rate", "channels"), [("ipod", "aac", 44_100, 1), ("webm", "libopus", 48_000, 2)]
)
def test_a_voice_survives_being_decoded_by_the_browser(
    modules: "Page", container: str, codec: str, rate: int, channels: int
) -> None:
    corpus = open_corpus("demo")
    voice, _ = soundfile.read(corpus.path(corpus.utterances[0]), dtype="float32")
    content = made(voice, container, codec, rate, channels)
    asked = packed(SoundReference("memo", "memo", content=content), 0)
    answer = evaluated(modules, DECODER, DECODED, base64.b64encode(asked).decode())
    piece = checked(answer)
    assert isinstance(piece, SampleChunk)
    heard, heard_rate = soundfile.read(io.BytesIO(wav([piece])), always_2d=True)
    assert (heard_rate, heard.shape[1]) == (16_000, channels)
    assert len(heard) == pytest.approx(len(voice), abs=1_600)
    likeness = np.correlate(heard[:, 0], voice, "full").max()
    assert likeness > 0.9 * np.linalg.norm(heard[:, 0]) * np.linalg.norm(voice)
