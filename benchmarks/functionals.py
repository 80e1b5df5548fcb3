"""Functionals: 386 values here against librosa's calls, and 68 short-term means against pyAudioAnalysis, in one run."""

import argparse
import time
import warnings
from collections.abc import Callable

import librosa
import numpy as np
import torch

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.features.feature_sets import feature_values, value_names
from ser_core.types import FloatArray

RATE, SPEECH_RATE = 22_050, 16_000


def with_librosa(signal: FloatArray) -> FloatArray:
    """Compute means and deviations as the author's public code does, with one call for each."""
    spectrogram = np.abs(librosa.stft(signal))
    values: list[Callable[[], FloatArray]] = [
        lambda: librosa.feature.mfcc(y=signal, sr=RATE, n_mfcc=40),
        lambda: librosa.feature.chroma_stft(S=spectrogram, sr=RATE),
        lambda: librosa.feature.melspectrogram(y=signal, sr=RATE),
        lambda: librosa.feature.spectral_contrast(S=spectrogram, sr=RATE),
        lambda: librosa.feature.tonnetz(y=librosa.effects.harmonic(signal), sr=RATE),
    ]
    means = [value().mean(axis=1) for value in values]
    return np.concatenate([*means, *(value().std(axis=1) for value in values)])


def with_librosa_once(signal: FloatArray) -> FloatArray:
    """Compute the same, with every value computed once."""
    spectrogram = np.abs(librosa.stft(signal))
    frames = np.vstack(
        [
            librosa.feature.mfcc(y=signal, sr=RATE, n_mfcc=40),
            librosa.feature.chroma_stft(S=spectrogram, sr=RATE),
            librosa.feature.melspectrogram(y=signal, sr=RATE),
            librosa.feature.spectral_contrast(S=spectrogram, sr=RATE),
            librosa.feature.tonnetz(y=librosa.effects.harmonic(signal), sr=RATE),
        ]
    )
    return np.concatenate([frames.mean(axis=1), frames.std(axis=1)])


def with_short_term_tool(signal: FloatArray) -> FloatArray:
    """Compute means and deviations of the 68 short-term features."""
    from pyAudioAnalysis.ShortTermFeatures import feature_extraction

    frames, _ = feature_extraction(signal * 2.0**15, SPEECH_RATE, 0.025 * SPEECH_RATE, 0.010 * SPEECH_RATE)
    return np.concatenate([frames.mean(axis=1), frames.std(axis=1)])


def timed(work: Callable[[FloatArray], FloatArray], signals: list[FloatArray]) -> tuple[FloatArray, FloatArray]:
    """Return the values of every signal, and the processor seconds of each."""
    rows, seconds = [], []
    for signal in signals:
        began = time.process_time()
        rows.append(work(signal))
        seconds.append(time.process_time() - began)
    return np.array(rows), np.array(seconds)


def compare(title: str, kind: str, rate: int, signals: list[FloatArray], *tools: Callable[..., FloatArray]) -> None:
    """Print the ratio of processor seconds, and how well values agree over the utterances."""

    def ours(signal: FloatArray) -> FloatArray:
        return feature_values(signal, kind, sample_rate=rate)[0]  # type: ignore[arg-type]

    for work in (ours, *tools):
        work(signals[0])  # warm up
    values, own = timed(ours, signals)
    print(f"{title}: {values.shape[1]} values, {1000 * own.mean():.1f} ms an utterance")
    for tool in tools:
        theirs, seconds = timed(tool, signals)
        ratios = np.percentile(seconds / own, (25, 50, 75))
        varying = np.flatnonzero((theirs.std(axis=0) > 0) & (values.std(axis=0) > 0))
        correlations = np.array([np.corrcoef(values[:, place], theirs[:, place])[0, 1] for place in varying])
        worst = value_names(kind)[varying[np.argmin(correlations)]]  # type: ignore[arg-type]
        print(
            f"  {tool.__name__}: {1000 * seconds.mean():.1f} ms, {seconds.sum() / own.sum():.1f} times as long "
            f"(quartiles by utterance {ratios[0]:.1f}, {ratios[1]:.1f}, {ratios[2]:.1f}); correlation over "
            f"utterances at least {correlations.min():.5f} ({worst}), median {np.median(correlations):.5f}"
        )


def main() -> None:
    """Print both comparisons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", default="demo")
    parser.add_argument("--utterances", type=int, default=100, help="evenly drawn from the corpus; 0 takes all")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")  # of empty bands in librosa, of what the tool escapes in its own source
    manifest = open_corpus(arguments.corpus)
    step = max(1, len(manifest.utterances) // arguments.utterances) if arguments.utterances else 1
    paths = [manifest.path(item) for item in manifest.utterances[::step]]
    print(f"{len(paths)} utterances of {arguments.corpus}, processor seconds, one thread")
    signals = [read_audio(path, sample_rate=RATE).samples for path in paths]
    compare("means and deviations of spectral-193", "spectral-193-hsf1", RATE, signals, with_librosa, with_librosa_once)
    signals = [read_audio(path, sample_rate=SPEECH_RATE).samples for path in paths]
    compare("means and deviations of short-term-68", "short-term-68-hsf1", SPEECH_RATE, signals, with_short_term_tool)


if __name__ == "__main__":
    main()
