"""16-bit samples are those of WAV files, and only whole ones come out of a message."""

import io

import numpy as np
import pytest
import soundfile

from ser_core.audio.pcm import from_base64, from_pcm16, to_base64, to_pcm16


def test_samples_become_the_integers_that_libsndfile_writes_and_reads(random) -> None:
    samples = random.uniform(-1.1, 1.1, 10_000).astype(np.float32)
    file = io.BytesIO()
    soundfile.write(file, samples, 16_000, format="FLAC", subtype="PCM_16")
    file.seek(0)
    theirs, _ = soundfile.read(file, dtype="int16")
    np.testing.assert_array_equal(to_pcm16(samples), theirs)
    file.seek(0)
    np.testing.assert_array_equal(from_pcm16(theirs), soundfile.read(file, dtype="float32")[0])


def test_text_brings_back_every_value_up_to_the_longest(random) -> None:
    values = random.integers(-32_768, 32_768, 1_000).astype(np.int16)
    for count in (0, 1, 2, 3, 1_000):
        np.testing.assert_array_equal(from_base64(to_base64(values[:count]), longest=count), values[:count])
    assert from_base64(to_base64(values), longest=999) is None


@pytest.mark.parametrize("text", [None, 7, b"AAAA", "no base64!", "AAAA", "AAA", "ÄÄÄÄ"])
def test_anything_else_is_none(text: object) -> None:
    assert from_base64(text, longest=100) is None  # "AAAA" holds three bytes: one and a half values
