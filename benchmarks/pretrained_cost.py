"""What do the pretrained networks cost: the time of a clip on one thread, and memory?"""

import argparse
import statistics
import time
from pathlib import Path

import numpy as np
import torch

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.inputs import INPUTS
from ser_core.pretrained import NETWORKS, frozen_network


def memory() -> float:
    """Return the memory that this process holds, in MB; Linux alone tells it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def main() -> None:
    """Print both for each network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="length of the clip")
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    manifest = open_corpus("demo")
    samples = np.concatenate([read_audio(manifest.path(row)).samples for row in manifest.utterances[:20]])
    samples = np.resize(samples, round(arguments.seconds * 16_000))
    for name in NETWORKS:
        source, before = INPUTS[name](), memory()
        began = time.process_time()
        network = frozen_network(NETWORKS[name])
        loading = time.process_time() - began
        source.of_signals([samples])  # the first one allocates
        taken = []
        for _ in range(arguments.rounds):
            start, computed = time.perf_counter(), time.process_time()
            source.of_signals([samples])
            taken.append((time.perf_counter() - start, time.process_time() - computed))
        clock, computing = (1000 * statistics.median(column) for column in zip(*taken, strict=True))
        weights = sum(value.numel() for value in network.state_dict().values())
        size = NETWORKS[name].weights.path.stat().st_size
        print(
            f"{name}: {weights / 1e6:.1f} M weights, {size / 1e6:.1f} MB on disk, loaded in {loading:.2f} s; "
            f"{arguments.seconds:g} s of sound, {arguments.rounds} rounds, one thread: median {clock:.0f} ms on the "
            f"clock, {computing:.0f} ms of computing; {memory() - before:.0f} MB more memory"
        )


if __name__ == "__main__":
    main()
