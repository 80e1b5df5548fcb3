"""A file named ``.raw`` made libsndfile ask for its format, and the command end in a traceback."""

import pytest

from ser_core.audio.reading import read_audio
from ser_core.errors import AudioError


def test_raw_samples_get_advice(tmp_path):
    path = tmp_path / "samples.raw"
    path.write_bytes(bytes(64_000))
    with pytest.raises(AudioError, match="with a header.*Convert it to WAV or FLAC"):
        read_audio(path)
