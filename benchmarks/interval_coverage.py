"""How often an interval holds the angle that very many speakers would give, beside the middle of the draws.

Speakers are made by a program: two classes at a known angle, a voice of each speaker, a way of each speaker to speak
each class, and noise. Truth is measured on 20 000 of them.
"""

import argparse
import itertools

import numpy as np

from ser_core.geometry.angles import class_angle_matrix, class_directions
from ser_core.geometry.intervals import LabelledVectors, class_angle_intervals
from ser_core.seeding import stream
from ser_core.types import Degrees, FloatArray

ORDER = ("a", "b")
EACH = 4  # utterances of a class by one speaker
WORLDS: dict[str, tuple[Degrees, float, float]] = {  # angle, length of a voice and a way, length of the noise
    "60°, voices 0.5": (60.0, 0.5, 0.5),
    "30°, voices 1.0": (30.0, 1.0, 1.0),
    "90°, voices 0.3": (90.0, 0.3, 1.0),
}


def recorded(random: np.random.Generator, speakers: int, size: int, world: str) -> LabelledVectors:
    """Record speakers, each class :data:`EACH` times."""
    angle, voice, noise = WORLDS[world]
    means = np.zeros((2, 1, size))
    means[0, 0, 0], means[1, 0, :2] = 1, (np.cos(np.radians(angle)), np.sin(np.radians(angle)))
    parts = (((speakers, 1, 1), voice), ((speakers, 2, 1), voice), ((speakers, 2, EACH), noise))
    rows = means + sum(random.normal(scale=length / size**0.5, size=(*shape, size)) for shape, length in parts)
    names = np.repeat(np.arange(speakers), 2 * EACH).astype(str)
    return LabelledVectors(rows.reshape(-1, size), [*["a"] * EACH, *["b"] * EACH] * speakers, names.tolist())


def measured(vectors: LabelledVectors) -> FloatArray:
    """The angle within a, and that between a and b."""
    directions = class_directions(vectors.embeddings, vectors.labels, ORDER)
    return class_angle_matrix(vectors.embeddings, vectors.labels, directions, ORDER)[0]


def middle_of_draws(random: np.random.Generator, vectors: LabelledVectors, speakers: int, draws: int) -> FloatArray:
    """The percentile interval, for comparison; bounds of both angles, shape ``(2, 2)``."""
    rows = vectors.embeddings.reshape(speakers, 2 * EACH, -1)
    labels = [*["a"] * EACH, *["b"] * EACH] * speakers
    drawn = [
        measured(LabelledVectors(rows[chosen].reshape(len(labels), -1), labels, labels))
        for chosen in random.integers(speakers, size=(draws, speakers))
    ]
    return np.quantile(drawn, [0.025, 0.975], axis=0).T


def main() -> None:
    """Print how often both kinds of intervals hold the truth."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--speakers", type=int, nargs="+", default=[4, 8, 24])
    parser.add_argument("--sizes", type=int, nargs="+", default=[16, 128])
    arguments = parser.parse_args()
    random = stream(0, "interval coverage")
    print(f"{arguments.trials} recordings of each kind, {arguments.draws} draws; percent of intervals that hold truth")
    print("speakers  size  world               between: ours (width) middle   within: ours (width) middle")
    for speakers, size, world in itertools.product(arguments.speakers, arguments.sizes, WORLDS):
        truth = measured(recorded(random, 20_000 * 16 // size, size, world))
        held, width = np.zeros((2, 2)), np.zeros(2)
        for trial in range(arguments.trials):
            vectors = recorded(random, speakers, size, world)
            ours = class_angle_intervals(vectors, None, ORDER, replicates=arguments.draws, seed=trial)[0]
            plain = middle_of_draws(random, vectors, speakers, arguments.draws)
            for kind, bounds in enumerate((ours, plain)):
                held[kind] += (bounds[:, 0] <= truth) & (truth <= bounds[:, 1])
            width += ours[:, 1] - ours[:, 0]
        (within, between), (plain_within, plain_between) = 100 * held / arguments.trials
        wide_within, wide_between = width / arguments.trials
        print(
            f"{speakers:8}  {size:4}  {world:18} {between:12.0f} ({wide_between:5.1f}) {plain_between:6.0f}"
            f" {within:14.0f} ({wide_within:5.1f}) {plain_within:6.0f}"
        )


if __name__ == "__main__":
    main()
