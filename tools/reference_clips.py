"""Vectors that others' programs compute of a few clips that ship, for the tests of ours."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.types import FloatArray

FOLDER = Path(__file__).parents[1] / "tests/pretrained"


def write_reference(name: str, vectors_of: Callable[[FloatArray], FloatArray], *, every: int) -> None:
    """Keep each ``every``-th vector of two artificial and two spoken clips, by ``corpus:file``, and of all in a row."""
    clips = {}
    for corpus in ("demo", "emodb-clips"):
        manifest = open_corpus(corpus)
        for item in (manifest.utterances[0], manifest.utterances[-1]):
            clips[f"{corpus}:{item.file}"] = read_audio(manifest.path(item)).samples
    clips["together"] = np.concatenate(list(clips.values()))
    kept = {
        clip: np.ascontiguousarray(vectors_of(samples)[::every], dtype=np.float32) for clip, samples in clips.items()
    }
    save_file(kept, FOLDER / f"{name}.safetensors")
