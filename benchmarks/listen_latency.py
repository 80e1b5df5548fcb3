"""Time from a five-second recording in memory to everything that Listen shows of it, the model loaded."""

import argparse
import io
import statistics
import time

import numpy as np
import soundfile

from ser_core.audio.pitch import pitch_contour
from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.inference import Atlas, Reader
from ser_core.plots.spectrogram import log_mel_picture


def five_seconds() -> bytes:
    """Five seconds of artificial speech as a 48 kHz WAV, as a browser's microphone delivers it."""
    manifest = open_corpus("demo")
    parts = [read_audio(manifest.path(item)).samples for item in manifest.utterances[:8]]
    samples = np.concatenate(parts)[: 5 * 16_000]
    file = io.BytesIO()
    soundfile.write(file, np.repeat(samples, 3), 48_000, format="WAV", subtype="PCM_16")
    return file.getvalue()


def main() -> None:
    """Print the median and the slowest of the counted rounds, and the first one apart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", default="demo-residual")
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    recording = five_seconds()
    reader, atlas = Reader.load(arguments.checkpoint), Atlas.load(arguments.checkpoint)
    seconds = []
    for _ in range(arguments.rounds + 1):
        began = time.perf_counter()
        signal = read_audio(io.BytesIO(recording))
        reading = reader.read(signal)
        atlas.neighbours(reading.embedding, 5)
        log_mel_picture(signal.samples, sample_rate=signal.sample_rate)
        pitch_contour(signal.samples, sample_rate=signal.sample_rate)
        seconds.append(time.perf_counter() - began)
    first, counted = seconds[0], seconds[1:]
    print(f"five-second recording, checkpoint {arguments.checkpoint}, {len(counted)} rounds after the first")
    print(f"first {first:.3f} s, median {statistics.median(counted):.3f} s, slowest {max(counted):.3f} s")
    print(f"the median is {statistics.median(counted) / 5:.4f} of the recording's own duration")


if __name__ == "__main__":
    main()
