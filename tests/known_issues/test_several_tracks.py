"""Programs for meetings and screens record each person into a track; all but the first were left out without a word."""

import io

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.audio.streaming import AudioStream

RATE = 48_000
TOLD = "The file holds 2 audio tracks side by side; the first was read."


def recorded(tracks: int, container: str, codec: str) -> io.BytesIO:
    """Record one second of another tone into each track."""
    av = pytest.importorskip("av")
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        streams = [output.add_stream(codec, rate=RATE, layout="mono") for _ in range(tracks)]
        for number, stream in enumerate(streams):
            tone = 0.3 * np.sin(2 * np.pi * 220 * (number + 1) * np.arange(RATE) / RATE)
            frame = av.AudioFrame.from_ndarray(tone[None].astype(np.float32), format="fltp", layout="mono")
            frame.rate = RATE
            for packet in [*stream.encode(frame), *stream.encode(None)]:
                output.mux(packet)
    file.seek(0)
    return file


@pytest.mark.parametrize(("container", "codec"), [("mp4", "aac"), ("matroska", "aac")])
def test_a_note_says_which_track_was_read_and_how_to_read_another(container, codec):
    file = recorded(2, container, codec)
    signal = read_audio(file, name="meeting")
    (note,) = [note for note in signal.notes if "tracks" in note]
    assert note.startswith(TOLD)
    assert "ffmpeg -i INPUT -map 0:a:1 output.wav" in note
    spectrum = np.abs(np.fft.rfft(signal.samples[:16_000]))
    assert abs(int(spectrum.argmax()) - 220) <= 2, "the first one's tone"
    stream = AudioStream(file, name="meeting")
    assert sum(map(len, stream.blocks())) > 0
    assert any(note.startswith(TOLD) for note in stream.notes)


@pytest.mark.parametrize(("container", "codec"), [("mp4", "aac"), ("matroska", "aac")])
def test_one_track_needs_no_note(container, codec):
    assert not any("tracks" in note for note in read_audio(recorded(1, container, codec)).notes)
