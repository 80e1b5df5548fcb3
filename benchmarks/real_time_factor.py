"""How long does reading a whole recording at once take, as a part of how long it was spoken?"""

import argparse
import io
import statistics
import time

import numpy as np
import soundfile
import torch

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.inference import Reader

AIM = 0.02


def recording(seconds: float) -> bytes:
    """Join the demo corpus, with half a second between its utterances, to one WAV file of 16-bit samples at 16 kHz."""
    manifest, parts, length = open_corpus("demo"), [], 0
    pause = np.zeros(8_000, dtype=np.float32)
    while length < 16_000 * seconds:
        for row in manifest.utterances:
            parts += [read_audio(manifest.path(row)).samples, pause]
            length += len(parts[-2]) + len(pause)
    file = io.BytesIO()
    soundfile.write(file, np.concatenate(parts)[: round(16_000 * seconds)], 16_000, format="WAV", subtype="PCM_16")
    return file.getvalue()


def spent(reader: Reader, content: bytes) -> tuple[float, float]:
    """Read a recording from the bytes of its upload to the judgement: seconds on the clock, and of computing."""
    began, computed = time.perf_counter(), time.process_time()
    reader.read(read_audio(io.BytesIO(content), name="recording.wav"))
    return time.perf_counter() - began, time.process_time() - computed


def main() -> None:
    """Print the real-time factor of each checkpoint at each length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoints", nargs="+", default=["demo-residual", "ravdess-residual"])
    parser.add_argument("--seconds", nargs="+", type=float, default=[10.0, 60.0], help="lengths of the recordings")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1, help="of the model")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    for seconds in arguments.seconds:
        content = recording(seconds)
        for name in arguments.checkpoints:
            reader = Reader.load(name)
            spent(reader, content)  # the first one loads and compiles
            rounds = [spent(reader, content) for _ in range(arguments.rounds)]
            clock, computing = (statistics.median(column) / seconds for column in zip(*rounds, strict=True))
            print(
                f"{name}, {seconds:g} s at once, {arguments.rounds} rounds, {arguments.threads} threads: real-time "
                f"factor median {clock:.4f} on the clock, {computing:.4f} of computing (aim: under {AIM})"
            )


if __name__ == "__main__":
    main()
