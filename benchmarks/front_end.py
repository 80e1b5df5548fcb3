"""Log-mel frames of the demo corpus: batched here, against librosa one by one, in the same run."""

import argparse
import dataclasses
import statistics
import time
from collections.abc import Callable

import librosa
import torch

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.features import FrontEnd, frames_of


def seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Print the median seconds of both and the median of the paired ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", default="demo")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    manifest = open_corpus(arguments.corpus)
    signals = [read_audio(manifest.path(item)).samples for item in manifest.utterances]
    front_end = dataclasses.replace(FrontEnd(), trim=False, level=False)

    def with_librosa() -> None:
        for signal in signals:
            librosa.power_to_db(
                librosa.feature.melspectrogram(
                    y=signal,
                    sr=front_end.sample_rate,
                    n_fft=front_end.transform_length,
                    hop_length=front_end.hop_length,
                    n_mels=front_end.mel_bands,
                    fmin=front_end.lowest_hertz,
                )
            )

    with_librosa(), frames_of(signals, front_end)  # warm up
    pairs = [(seconds(lambda: frames_of(signals, front_end)), seconds(with_librosa)) for _ in range(arguments.rounds)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(other / own for own, other in pairs)
    print(f"{len(signals)} signals of {arguments.corpus}, {arguments.threads} threads, {len(pairs)} paired rounds")
    print(f"ser_core {ours:.3f} s, librosa {theirs:.3f} s: {ratio:.1f} times faster")


if __name__ == "__main__":
    main()
