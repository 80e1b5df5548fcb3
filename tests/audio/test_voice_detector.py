"""The voice detector computes what the package that its weights come from computes."""

import json
from pathlib import Path

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.audio.voice_detector import CHUNK, voice_probabilities
from ser_core.corpora import open_corpus

# Made by tools/take_voice_detector.py from silero-vad 6.2.3 itself.
REFERENCE = json.loads((Path(__file__).parent / "silero_vad.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", REFERENCE)
def test_probabilities_equal_those_of_the_package(file: str):
    corpus = open_corpus("demo")
    row = next(row for row in corpus.utterances if row.file == file)
    (found,) = voice_probabilities([read_audio(corpus.path(row)).samples])
    np.testing.assert_allclose(found, REFERENCE[file], atol=1e-4)
    assert max(found) > 0.99


def test_sounds_together_are_heard_as_one_by_one(random: np.random.Generator):
    sounds = [random.normal(scale=0.1, size=size).astype(np.float32) for size in (5_000, 20_000, 100)]
    for together, sound in zip(voice_probabilities(sounds), sounds, strict=True):
        np.testing.assert_allclose(together, voice_probabilities([sound])[0], atol=1e-5)
        assert len(together) == -(-len(sound) // CHUNK)


def test_nothing_gives_nothing():
    assert voice_probabilities([]) == []
    assert voice_probabilities([np.zeros(0, dtype=np.float32)])[0].shape == (0,)
