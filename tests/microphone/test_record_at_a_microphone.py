"""``record`` at a microphone of the system: what is spoken into it is cut and kept as it was played."""

import subprocess
import sys

import numpy as np
import pytest
import soundfile

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus

pytestmark = pytest.mark.microphone


def test_what_is_spoken_is_cut_and_kept(virtual_microphone, tmp_path):
    demo = open_corpus("demo")
    speech = read_audio(demo.path(demo.utterances[0])).samples
    pause = np.zeros(16_000, dtype=np.float32)
    soundfile.write(tmp_path / "voice.wav", np.concatenate([pause, speech, pause]), 16_000)
    command = ["record", "mine", "--speaker", "Anna", "--yes", "--seconds", "6", "--countdown", "0"]
    with virtual_microphone.speaking(tmp_path / "voice.wav"):
        done = subprocess.run(
            [sys.executable, "-m", "ser_core", *command, "--sentences", "One two.", "--emotions", "sad"],
            env=virtual_microphone.environment | {"SER_WORKSPACE": str(tmp_path / "workspace")},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    (row,) = open_corpus(str(tmp_path / "workspace" / "recordings" / "mine" / "manifest.csv")).utterances
    heard = read_audio(tmp_path / "workspace" / "recordings" / "mine" / row.file).samples
    likeness = np.correlate(heard, speech[: len(heard)], "full").max()
    whole = np.linalg.norm(speech[: len(heard)])
    assert likeness > 0.9 * whole**2
