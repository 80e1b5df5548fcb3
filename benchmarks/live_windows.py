"""What a live window costs beside its hop, and whether half an hour of them leaves delay and memory as they were."""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from ser_core.audio.reading import read_audio
from ser_core.audio.signal import Signal
from ser_core.corpora import open_corpus
from ser_core.inference import Reader
from ser_core.live import LiveListener, LivePrediction, LiveSettings
from ser_core.models.running import run_model
from ser_core.types import FloatArray

BLOCK = 1_600  # a tenth of a second, as a browser sends it


def speech() -> FloatArray:
    """About a minute of the demo corpus, with a second of a quiet room between its utterances."""
    manifest = open_corpus("demo")
    random = np.random.default_rng(0)
    parts = []
    for item in manifest.utterances[::18]:
        parts += [read_audio(manifest.path(item)).samples, (1e-4 * random.standard_normal(16_000)).astype(np.float32)]
    return np.concatenate(parts)


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Time one call: on the clock, and of this process's own computing, which other programs disturb less."""
    began, computed = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - computed)


def told(times: list[tuple[float, float]]) -> str:
    """Say the percentiles of both."""
    rows = []
    for name, column in zip(("clock", "computing"), zip(*times, strict=True), strict=True):
        low, middle, high = np.percentile(column, [5, 50, 95])
        rows.append(f"{name} median {middle:.1f} ms (5 % {low:.1f}, 95 % {high:.1f})")
    return ", ".join(rows)


def memory() -> float:
    """Megabytes that this process holds (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def cost(name: str, sound: FloatArray) -> None:
    """Print what a window costs, in parts and as a whole."""
    reader, settings = Reader.load(name), LiveSettings()
    length = round(settings.window_seconds * 16_000)
    models, readings = [], []
    for start in range(0, len(sound) - length, length // 2):
        window = sound[start : start + length]
        inputs = {name: item.of_signals([window]) for name, item in reader.checkpoint.inputs.items()}
        models.append(milliseconds(lambda inputs=inputs: run_model(reader.checkpoint.model, inputs)))
        readings.append(milliseconds(lambda window=window: reader.read_many([Signal(window)])))
    listener, feeds, silent = LiveListener(reader), [], []
    predictions: list[LivePrediction] = []
    for start in range(0, len(sound), BLOCK):
        predictions.clear()
        spent = milliseconds(
            lambda start=start: predictions.extend(listener.feed(sound[start : start + BLOCK], 16_000))
        )
        if [prediction.kind for prediction in predictions] == ["window"]:
            (silent if predictions[0].verdict is None else feeds).append(spent)
    hop = 1000 * settings.hop_seconds
    print(f"{name}, windows of {settings.window_seconds:g} s, hop {hop:.0f} ms, {len(feeds)} judged windows")
    print(f"  the model alone: {told(models[1:])}")
    print(f"  a reading:       {told(readings[1:])}")
    print(f"  a live window:   {told(feeds[1:])}; {statistics.median(ms for ms, _ in feeds) / hop:.3f} of its hop")
    print(f"  a silent window: {told(silent)}")


def endurance(name: str, sound: FloatArray, minutes: float) -> None:
    """Feed minutes of speech as fast as they are taken, and print whether anything grows."""
    listener = LiveListener(Reader.load(name))
    began, fed, held, behind = time.perf_counter(), 0, [], []
    while fed < minutes * 60 * 16_000:
        for start in range(0, len(sound), BLOCK):
            block = sound[start : start + BLOCK]
            listener.feed(block, 16_000)
            behind.append(listener.counters.backlog_seconds)
            fed += len(block)
        held.append(memory())
    seconds = time.perf_counter() - began
    thirds = [max(part) for part in np.array_split(behind, 3)]
    counters = listener.counters
    faster = counters.seconds / seconds
    delays = ", ".join(f"{1000 * third:.0f} ms" for third in thirds)
    print(f"{name}, {counters.seconds / 60:.1f} minutes fed in {seconds:.0f} s ({faster:.1f} times real time)")
    print(f"  memory after the first minute {held[0]:.0f} MB, at the end {held[-1]:.0f} MB, most {max(held):.0f} MB")
    print(f"  largest delay in the first, second and last third: {delays}")
    print(f"  {counters}")


def main() -> None:
    """Print the cost of a window for each checkpoint, and the endurance of the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoints", nargs="+", default=["demo-residual", "ravdess-residual"])
    parser.add_argument("--minutes", type=float, default=30.0, help="fed at once; 0 leaves that part out")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    sound = speech()
    for name in arguments.checkpoints:
        cost(name, sound)
    if arguments.minutes:
        endurance(arguments.checkpoints[0], sound, arguments.minutes)


if __name__ == "__main__":
    main()
