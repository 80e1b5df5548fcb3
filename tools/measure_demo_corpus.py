"""Measure the demo corpus: ``python tools/measure_demo_corpus.py [FOLDER]``. Neither Praat nor torch is needed."""

import argparse
import csv
import sys
from pathlib import Path

import numpy as np
import soundfile

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from sklearn.metrics import confusion_matrix

from demo_corpus.features import functionals
from demo_corpus.separability import ALL_FEATURES, one_feature_table, unheard_voice, within_voice

DEFAULT = Path(__file__).resolve().parents[1] / "ser_core" / "corpora" / "demo_speech"


def main(arguments: list[str] | None = None) -> None:
    """Print size, levels, and what one feature and all features reach on an unheard voice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    folder = parser.parse_args(arguments).folder
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    emotions = np.array([row["emotion"] for row in rows])
    voices = np.array([row["speaker"] for row in rows])
    measured, peaks, seconds = [], [], []
    for row in rows:
        samples, sample_rate = soundfile.read(folder / row["file"], dtype="float64")
        measured.append(functionals(samples, sample_rate=sample_rate))
        peaks.append(np.abs(samples).max())
        seconds.append(samples.shape[0] / sample_rate)
    names = list(measured[0])
    features = np.array([[clip[name] for name in names] for clip in measured])

    size = sum((folder / row["file"]).stat().st_size for row in rows)
    print(f"{len(rows)} clips, {len(set(voices))} voices, {size / 1e6:.2f} MB, {sum(seconds) / 60:.1f} minutes")
    print(f"seconds a clip {min(seconds):.2f} to {max(seconds):.2f}, mean {np.mean(seconds):.2f}")
    print(f"peak at most {20 * np.log10(max(peaks)):.1f} dBFS; features finite: {bool(np.isfinite(features).all())}\n")

    print("Means by emotion")
    shown = [n for n in names if n.startswith(("pitch_med", "pitch_range", "level_mean", "duration", "tilt", "pause"))]
    print("  " + " ".join(f"{name:>16}" for name in ["", *shown]))
    for emotion in dict.fromkeys(emotions):
        means = features[emotions == emotion].mean(axis=0)
        print("  " + " ".join([f"{emotion:>16}", *(f"{means[names.index(name)]:16.2f}" for name in shown)]))

    for title, table in (("as measured", features), ("relative to the voice", within_voice(features, voices))):
        print(f"\nOne feature, {title}, UA on an unheard voice (mean over voices)")
        for name, how, score in one_feature_table(names, table, emotions, voices):
            print(f"  {100 * score:5.1f} %  {name} ({how})")

    print(f"\nAll {len(names)} features, UA on an unheard voice: mean, lowest and highest voice")
    for title, make in ALL_FEATURES.items():
        scores = 100 * unheard_voice(make, features, emotions, voices)
        print(f"  {scores.mean():5.1f} %  {scores.min():5.1f} to {scores.max():5.1f}  {title}")
    print("\nConfusions of the logistic regression (rows: truth)")
    order = list(dict.fromkeys(emotions))
    counts = np.zeros((len(order), len(order)), dtype=int)
    for voice in sorted(set(voices)):
        unheard = voices == voice
        fitted = ALL_FEATURES["logistic regression"]().fit(features[~unheard], emotions[~unheard])
        counts += confusion_matrix(emotions[unheard], fitted.predict(features[unheard]), labels=order)
    print("  " + " ".join(f"{name:>9}" for name in ["", *order]))
    for name, row in zip(order, counts, strict=True):
        print("  " + " ".join([f"{name:>9}", *(f"{count:9d}" for count in row)]))


if __name__ == "__main__":
    main()
