"""Samples without a header: libsndfile asked for their format, or guessed it from the name and heard noise."""

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.audio.streaming import AudioStream
from ser_core.corpora.folder import require_readable
from ser_core.errors import AudioError, CorpusError

# What libsndfile takes for raw samples by the name alone, each in its own encoding.
SUFFIXES = ["raw", "au", "snd", "vox", "gsm", "AU", "VOX"]


def headerless(path):
    rng = np.random.default_rng(0)
    path.write_bytes((rng.normal(scale=3_000, size=32_000)).astype("<i2").tobytes())
    return path


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_raw_samples_get_advice_whatever_they_are_called(tmp_path, suffix):
    path = headerless(tmp_path / f"samples.{suffix}")
    for read in (read_audio, AudioStream):
        with pytest.raises(AudioError, match=r"Expected audio .*Convert it to WAV or FLAC"):
            read(path)
    with pytest.raises(CorpusError, match=r"1 cannot.*Convert it to WAV or FLAC"):
        require_readable([path])


def test_a_file_with_a_header_is_read_under_any_of_these_names(tmp_path):
    import soundfile

    path = tmp_path / "a.wav"
    soundfile.write(path, np.zeros(8_000), 16_000)
    for suffix in SUFFIXES[1:]:
        named = tmp_path / f"b.{suffix}"
        named.write_bytes(path.read_bytes())
        assert read_audio(named).duration_seconds == 0.5
