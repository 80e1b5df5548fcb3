"""How often the 95 % intervals of scores and differences hold the truth, in the designs that results are measured in.

Speakers, seeds and utterances are drawn by a program: a speaker is easy or hard for both systems, and gains more or
less by the second; so does a seed. Truth is measured on 200 000 draws. Beside it: how often a claim about the best of
several networks is judged wrongly when all of them are equally good.
"""

import argparse
import itertools
from dataclasses import dataclass

import numpy as np

from ser_core.evaluation.metrics import uar
from ser_core.evaluation.seeds import difference_of_counts, mean_of_counts
from ser_core.evaluation.statistics import interval_by_speaker, scores_of
from ser_core.seeding import stream
from ser_core.types import FloatArray, IntArray

CLASSES = tuple("abcdefgh")
EACH = 8  # utterances of a class by one speaker, as in RAVDESS
SKILL, GAIN = 0.65, 0.03
EASE = (0.10, 0.04, 0.05, 0.08)  # how much skill differs: by speaker, seed, both together, speaker's class
WORLDS = {  # how much the gain differs: by speaker, by seed, by both together
    "all differ": (0.06, 0.05, 0.05),
    "speakers differ": (0.08, 0.01, 0.02),
    "seeds differ": (0.02, 0.06, 0.02),
    "nothing differs": (0.0, 0.0, 0.0),
}


@dataclass(frozen=True)
class Design:
    """Who is tested under each seed.

    Attributes:
        name: where it is used.
        speakers: of the corpus, or of the fold where that is fixed.
        seeds: how many.
        tested: speakers that a seed tests, drawn by the seed; all of them if zero.
        share: of their utterances that a seed tests, drawn by the seed.
    """

    name: str
    speakers: int
    seeds: int
    tested: int = 0
    share: float = 1.0


DESIGNS = (
    Design("emobox, fold 1: the same 4 speakers", 4, 3),
    Design("speaker-k-fold, fold 1: 5 of 24", 24, 3, tested=5),
    Design("speaker-k-fold, fold 1: 2 of 10", 10, 3, tested=2),
    Design("speaker-k-fold, folds 1, 2: 4 of 10", 10, 3, tested=4),
    Design("random, a tenth of all, 24 speakers", 24, 3, share=0.1),
    Design("random, a tenth of all, 10 speakers", 10, 3, share=0.1),
    Design("random-70-30, 24 speakers", 24, 3, share=0.3),
    Design("held-out-speakers: 2 of 10", 10, 12, tested=2),
    Design("in full: all of 24 speakers", 24, 5),
    Design("in full: all of 10 speakers", 10, 5),
    Design("in full: random-5-fold, 24 speakers", 24, 5, share=0.5),
    Design("in full: random-70-30, 24 speakers", 24, 5, share=0.3),
)


def measured(
    random: np.random.Generator, design: Design, world: str, *, systems: int = 2, ease: tuple[float, ...] = EASE
) -> IntArray:
    """Test systems, the first of two without the gain; counts, shape ``(systems, seeds, S, K, K)``."""
    seeds, speakers, classes = design.seeds, design.speakers, len(CLASSES)

    def differing(spread: tuple[float, ...]) -> FloatArray:
        shapes = ((1, speakers, 1), (seeds, 1, 1), (seeds, speakers, 1), (1, speakers, classes))
        parts = [random.normal(scale=size, size=shape) for size, shape in zip(spread, shapes, strict=False)]
        return sum(parts) + np.zeros((seeds, speakers, classes))

    tested = np.ones((seeds, speakers, classes, EACH), dtype=bool)
    if design.tested:
        order = np.argsort(random.random((seeds, speakers)), axis=1)
        tested &= (order < design.tested)[..., None, None]
    if design.share < 1:
        tested &= random.random(tested.shape) < design.share
    skill, luck = SKILL + differing(ease), random.random(tested.shape)  # an utterance is hard for all systems
    counts = np.zeros((systems, seeds, speakers, classes, classes), dtype=np.int64)
    diagonal = np.arange(classes)
    for system in range(systems):
        gain = GAIN + differing(WORLDS[world]) if system or systems > 2 else 0.0
        own = np.where(random.random(tested.shape) < 0.6, luck, random.random(tested.shape))
        right = tested & (own < np.clip(skill + gain, 0, 1)[..., None])
        counts[system, ..., diagonal, diagonal] = np.moveaxis(right.sum(axis=-1), -1, 0)
        counts[system, ..., diagonal, (diagonal + 1) % classes] = np.moveaxis((tested & ~right).sum(axis=-1), -1, 0)
    return counts


def truth(random: np.random.Generator, world: str, ease: tuple[float, ...] = EASE) -> tuple[float, float]:
    """The first system's score and the second's gain, on very many speakers and seeds."""
    skill = SKILL + random.normal(scale=np.linalg.norm(ease), size=200_000)
    gain = GAIN + random.normal(scale=np.linalg.norm(WORLDS[world]), size=skill.size)
    score = float(np.clip(skill, 0, 1).mean())
    return score, float(np.clip(skill + gain, 0, 1).mean()) - score


def bootstrapped(random: np.random.Generator, counts: IntArray, draws: int) -> FloatArray:
    """Middle of draws of speakers and of seeds with replacement, for comparison; the two bounds."""
    seeds, speakers = counts.shape[1:3]
    of_speakers = random.multinomial(speakers, np.full(speakers, 1 / speakers), size=draws)
    of_seeds = random.multinomial(seeds, np.full(seeds, 1 / seeds), size=draws)
    sums = np.einsum("ds,rnsk->rndk", of_speakers, counts.reshape(*counts.shape[:3], -1))
    scores = scores_of(sums.reshape(-1, *counts.shape[3:]), uar).reshape(2, seeds, draws)
    gains = (scores[1] - scores[0]).T
    entering = of_seeds * np.isfinite(gains)
    kept = entering.sum(axis=1) > 0
    values = (entering * np.nan_to_num(gains))[kept].sum(axis=1) / entering[kept].sum(axis=1)
    return np.quantile(values, [0.025, 0.975])


def coverage(design: Design, world: str, *, trials: int, draws: int) -> tuple[FloatArray, float]:
    """Return how often the interval of a gain, that of a score, and the bootstrap hold the truth; and a width."""
    random = stream(0, "score coverage", design.name, world)
    score, gain = truth(random, world)
    held, width = np.zeros(3), 0.0
    for _ in range(trials):
        counts = measured(random, design, world)
        found, level = difference_of_counts(counts[0], counts[1]), mean_of_counts(counts[0])
        plain = bootstrapped(random, counts, draws) if draws else (np.nan, np.nan)
        held += (found.low <= gain <= found.high, level.low <= score <= level.high, plain[0] <= gain <= plain[1])
        width += found.high - found.low
    return held / trials, width / trials


def of_one_run(speakers: int, *, trials: int, draws: int) -> FloatArray:
    """How often the interval by speaker of a single run, and a bootstrap, hold the truth for other speakers.

    Nothing is said of other seeds: none is drawn again.
    """
    random = stream(0, "score coverage", "one run", speakers)
    ease = (EASE[0], 0.0, *EASE[2:])
    score, _ = truth(random, "nothing differs", ease)
    names, held = [str(number) for number in range(speakers)], np.zeros(2)
    for _ in range(trials):
        counts = measured(random, Design("one", speakers, 1), "nothing differs", ease=ease)[0, 0]
        owner, row, column = (np.repeat(place, counts.ravel()) for place in np.indices(counts.shape).reshape(3, -1))
        labels = np.array(CLASSES)
        spoken = labels[row].tolist(), labels[column].tolist(), np.array(names)[owner].tolist()
        found = interval_by_speaker(*spoken, CLASSES)
        drawn = random.multinomial(speakers, np.full(speakers, 1 / speakers), size=draws)
        low, high = np.quantile(scores_of(np.einsum("ds,skl->dkl", drawn, counts), uar), [0.025, 0.975])
        held += found.low <= score <= found.high, low <= score <= high
    return held / trials


def wrong_first(design: Design, world: str, *, networks: int, depths: int, trials: int) -> tuple[float, float]:
    """How often, of equally good networks at their best depths, one is said to be first, or to be beaten."""
    random = stream(0, "score coverage", "first of", design.name, world)
    said = np.zeros(2)
    for _ in range(trials):
        counts = measured(random, design, world, systems=networks * depths)
        scores = np.array([np.mean(scores_of(of.sum(axis=1), uar)) for of in counts]).reshape(networks, depths)
        best = [counts[place * depths + int(scores[place].argmax())] for place in range(networks)]
        found = [difference_of_counts(rival, best[0], level=1 - 0.05 / (networks - 1)) for rival in best[1:]]
        said += all(one.low > 0 for one in found), any(one.high < 0 for one in found)
    return float(said[0] / trials), float(said[1] / trials)


def main() -> None:
    """Print coverage by design, with the chance error of the simulation itself."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trials", type=int, default=2000, help="of each design and world")
    parser.add_argument("--draws", type=int, default=200, help="of the bootstrap beside; 0 leaves it out")
    arguments = parser.parse_args()
    worlds = list(WORLDS)
    error = 100 * np.sqrt(0.95 * 0.05 / arguments.trials)
    print("Percent of 95 % intervals that hold the truth.")
    print(f"{arguments.trials} simulations a cell: two standard errors of a true 95 % are ±{2 * error:.1f} points,")
    print(f"those of the mean of {len(worlds)} cells ±{2 * error / len(worlds) ** 0.5:.1f}.")
    print("\n| design | seeds | " + " | ".join(f"gain: {world}" for world in worlds) + " | mean | bootstrap | score |")
    print("|---|---|" + "---|" * (len(worlds) + 3))
    for design in DESIGNS:
        found = [coverage(design, world, trials=arguments.trials, draws=arguments.draws)[0] for world in worlds]
        gain, score, plain = 100 * np.array(found).T
        cells = [*(f"{value:.1f}" for value in gain), f"{gain.mean():.1f}"]
        cells += [f"{plain.min():.1f} to {plain.max():.1f}" if arguments.draws else "", f"{score.mean():.1f}"]
        print(f"| {design.name} | {design.seeds} | " + " | ".join(cells) + " |", flush=True)
    print("\nOne run, interval by speaker:")
    for speakers in (4, 10, 24):
        found, plain = 100 * of_one_run(speakers, trials=arguments.trials, draws=max(200, arguments.draws))
        print(f"{speakers} speakers: {found:.1f} (bootstrap {plain:.1f})", flush=True)
    print("\nSix equal networks at the best of three depths, percent of trials that say so wrongly:")
    for design, world in itertools.product((DESIGNS[6], DESIGNS[-1]), ("all differ", "nothing differs")):
        first, beaten = wrong_first(design, world, networks=6, depths=3, trials=arguments.trials // 4)
        print(f"{design.name}, {world}: first {100 * first:.1f}, beaten {100 * beaten:.1f}", flush=True)


if __name__ == "__main__":
    main()
