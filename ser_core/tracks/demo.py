"""A conversation of artificial voices, as long as wanted, to try long recordings with."""

from collections.abc import Iterator

import numpy as np

from ser_core.audio.reading import SAMPLE_RATE, read_audio
from ser_core.corpora.manifest import Manifest
from ser_core.seeding import stream
from ser_core.types import FloatArray, Seconds

_SENTENCES = (2, 5)  # that a voice says in one emotion before another one speaks
_BREATH = (0.1, 0.4)  # seconds between them
_PAUSE = (0.8, 3.0)  # seconds between two voices
_NOISE = 1e-4  # of the room


def conversation(manifest: Manifest, *, seconds: Seconds, seed: int = 0) -> Iterator[FloatArray]:
    """Let the voices of a corpus speak in turn, each some sentences in one emotion; the last sentence is cut.

    Yields mono float32 at 16 kHz, each ``(N,)``. The seed decides who speaks, in which emotion, and the pauses.

    Raises:
        AudioError: if a recording cannot be read.
    """
    random = stream(seed, "conversation")
    left = round(seconds * SAMPLE_RATE)
    for part in _parts(manifest, random):
        samples = part[:left] + np.float32(_NOISE) * random.standard_normal(min(left, len(part)), dtype=np.float32)
        left -= len(samples)
        yield samples
        if not left:
            return


def _parts(manifest: Manifest, random: np.random.Generator) -> Iterator[FloatArray]:
    while True:
        voice, emotion = random.choice(manifest.speakers), random.choice(manifest.labels)
        clips = [row for row in manifest.utterances if (row.speaker, row.emotion) == (voice, emotion)]
        for number in random.permutation(len(clips))[: random.integers(*_SENTENCES, endpoint=True)]:
            row = clips[number]
            yield read_audio(manifest.path(row), start=row.start, end=row.end).samples
            yield _quiet(random.uniform(*_BREATH))
        yield _quiet(random.uniform(*_PAUSE))


def _quiet(seconds: Seconds) -> FloatArray:
    return np.zeros(round(seconds * SAMPLE_RATE), dtype=np.float32)
