"""Why a network that has learned nothing is far above guessing in lesson 2.

The directions are fitted to the clips of the voices that are heard, before training as after. Three measurements on the
voices that are not heard, by the figure of the lesson, mean recall by the nearest direction:

* as the lesson shows it before training;
* with the emotions of the heard clips dealt at random before directions are fitted: what is left if they mean nothing;
* directions fitted without a network: to level and pitch of a clip, and to its average spectrum, 64 log-mel bands.
"""

import argparse

import numpy as np
import soundfile

from ser_core.audio.pitch import pitch_contour
from ser_core.corpora import open_corpus
from ser_core.embeddings.space import TRAINING
from ser_core.features.front_end import FrontEnd, frames_of
from ser_core.geometry.angles import angles_to, class_directions, unit
from ser_core.lessons.space_forming import shipped_epochs
from ser_core.lessons.triplets_measured import TRIPLETS
from ser_core.seeding import stream
from ser_core.types import BoolArray, FloatArray


def main() -> None:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.untrained_directions", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="how often emotions are dealt at random")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    _, _, space = shipped_epochs(TRIPLETS)[0]
    emotions, heard = space.column("emotion"), space.column("split") == TRAINING
    vectors = unit(space.embeddings.astype(np.float64))
    random = stream(chosen.seed, "emotions dealt at random")
    dealt = []
    for _ in range(chosen.rounds):
        names = emotions.copy()
        names[heard] = random.permutation(names[heard])
        dealt.append(right(vectors, names, emotions, heard))
    files = list(space.column("file"))
    print(f"untrained network: {100 * right(vectors, emotions, emotions, heard):.1f} % right, guessing "
          f"{100 / len(np.unique(emotions)):.1f} %")  # fmt: skip
    print(f"emotions dealt at random, {chosen.rounds} times: {100 * np.mean(dealt):.1f} % right on average, "
          f"{100 * np.min(dealt):.1f} to {100 * np.max(dealt):.1f} %")  # fmt: skip
    for name, values in zip(("level and pitch", "the average spectrum"), described(files), strict=True):
        print(f"{name} alone: {100 * right(standardised(values, heard), emotions, emotions, heard):.1f} % right")


def right(vectors: FloatArray, fitted: "np.ndarray", emotions: "np.ndarray", heard: BoolArray) -> float:
    """Fit directions to the heard clips under one set of names; return the mean recall on the others, 0 to 1."""
    classes = list(np.unique(emotions))
    nearest = angles_to(vectors[~heard], class_directions(vectors[heard], fitted[heard], classes)).argmin(axis=1)
    true = emotions[~heard]
    return float(np.mean([np.mean(nearest[true == name] == code) for code, name in enumerate(classes)]))


def described(files: list[str]) -> tuple[FloatArray, FloatArray]:
    """Return level and log pitch of clips of the demo corpus, ``(B, 2)``, and their mean log-mel frame, ``(B, 64)``."""
    manifest = open_corpus("demo")
    rows = {row.file: row for row in manifest.utterances}
    heights, spectra = [], []
    for file in files:
        samples, rate = soundfile.read(manifest.path(rows[file]), dtype="float32")
        hertz = pitch_contour(samples, sample_rate=rate)[1]
        heights.append([10 * np.log10(np.mean(np.square(samples))), np.log2(np.nanmedian(hertz))])
        spectra.append(frames_of([samples], FrontEnd(level=False))[0].numpy().mean(axis=0))
    return np.array(heights), np.array(spectra)


def standardised(values: FloatArray, heard: BoolArray) -> FloatArray:
    """Return values in standard deviations of the heard clips, ``(B, …)``."""
    return np.asarray((values - values[heard].mean(axis=0)) / values[heard].std(axis=0))


if __name__ == "__main__":
    main()
