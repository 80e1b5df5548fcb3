"""Tiny corpora in each corpus's own layout, so that the loaders are tested without the data."""

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.corpora.manifest import Manifest, Utterance

MakeTree = Callable[[Iterable[str]], Path]
MakeManifest = Callable[..., Manifest]


def audio_bytes(suffix: str, seconds: float = 0.4) -> bytes:
    stream = io.BytesIO()
    samples = 0.1 * np.sin(np.arange(round(seconds * 16_000)) / 5)
    soundfile.write(stream, samples, 16_000, format=suffix.lstrip(".").upper(), subtype="PCM_16")
    return stream.getvalue()


def unlike(content: bytes, number: int) -> bytes:
    """Number a recording, so that it is no copy of another one: in a block of its FLAC, or its last two samples."""
    mark = number.to_bytes(4, "big")
    if content.startswith(b"fLaC"):  # behind STREAMINFO, a block of type 2 (application) with eight bytes
        return content[:42] + b"\x02\x00\x00\x08test" + mark + content[42:]
    return content[:-4] + mark


@pytest.fixture(scope="session")
def tone() -> Callable[[float], bytes]:
    """Return a function that makes the content of a WAV file of some seconds."""
    return lambda seconds: audio_bytes(".wav", seconds)


@pytest.fixture
def make_tree(tmp_path: Path) -> MakeTree:
    """Return a function that writes a short tone under each relative path and returns the folder.

    No two files hold the same bytes: copies stay together in every split.
    """
    content = {suffix: audio_bytes(suffix) for suffix in (".wav", ".flac")}

    def make(files: Iterable[str]) -> Path:
        root = tmp_path / "corpus"
        for number, file in enumerate(files):
            path = root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(unlike(content[path.suffix], number))
        return root

    return make


@pytest.fixture
def make_manifest() -> MakeManifest:
    """Return a function that makes a manifest of speakers (``f…`` female, ``m…`` male) who each say every emotion."""

    def make(
        speakers: Iterable[str],
        emotions: Iterable[str] = ("neutral", "happy", "sad", "angry"),
        takes: int = 3,
    ) -> Manifest:
        utterances = tuple(
            Utterance(
                file=f"{speaker}/{emotion}{take}.wav",
                speaker=speaker,
                emotion=emotion,
                gender={"f": "female", "m": "male"}.get(speaker[0]),
            )
            for speaker in speakers
            for emotion in emotions
            for take in range(takes)
        )
        return Manifest("made", Path("/nowhere"), utterances, "none", "none")

    return make
