"""What speaks against an answer, in sentences for people."""

from collections.abc import Sequence

from ser_core.inference.reader import EmotionPrediction
from ser_core.types import Degrees

CLOSE: Degrees = 15.0  # another direction that is so much further away at most is named
EDGE = 0.85  # of a range: beyond it an answer lies at the edge
MANY = 4  # emotions that are counted, not listed, where they are all the others
WIDE: Degrees = 75.0  # a range that is wider holds a large part of all speech


def doubts(reading: EmotionPrediction, neighbours: Sequence[str] = ()) -> list[str]:
    """List what speaks against the answer; nothing where it is the only one that fits.

    Args:
        reading: the judgement.
        neighbours: in which emotions the nearest known utterances were spoken.

    Returns:
        Sentences: the closest other emotion, other ranges that hold the recording, a place at the edge of the range,
        a wide range, and known utterances that were spoken otherwise.
    """
    answer = reading.emotion if reading.inside_range else reading.nearest_class
    angles, ranges = reading.angles_degrees, reading.ranges_degrees
    others = sorted((label for label in angles if label != answer), key=lambda label: angles[label])
    found = []
    if others and angles[others[0]] - angles[answer] <= CLOSE:
        found.append(
            f"{others[0].capitalize()} is almost as near: {angles[others[0]]:.0f}°, {answer} {angles[answer]:.0f}°."
        )
    holding = [label for label in others if angles[label] <= ranges[label]]
    if holding and reading.inside_range:
        every = len(holding) == len(others) >= MANY
        whose = f"all {len(others)} other emotions" if every else _joined(holding)
        found.append(f"It lies in the range of {whose} too.")
    if EDGE * ranges[answer] < angles[answer] <= ranges[answer]:
        found.append(f"It lies at the edge of the range of {answer}: {angles[answer]:.0f}° of {ranges[answer]:.0f}°.")
    if ranges[answer] > WIDE:
        found.append(f"The range of {answer} is wide, {ranges[answer]:.0f}°: much other speech lies in it as well.")
    differing = sum(label != answer for label in neighbours)
    if differing:
        were = "was" if differing == 1 else "were"
        found.append(f"{differing} of the {len(neighbours)} nearest known utterances {were} spoken otherwise.")
    return found


def _joined(labels: Sequence[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
