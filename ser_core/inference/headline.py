"""One headline for a judgement: the emotion, how sure, which other is close; or why there is no single answer.

A model judges in two ways from one embedding ``e``. Its head gives probabilities: the logit of class ``k`` is
``w_k · e + b_k``. Its directions give angles. The two can name different emotions; :func:`why_they_disagree` finds
which part of the equation makes the difference.
"""

from dataclasses import dataclass
from typing import Literal

from ser_core.geometry.angles import angles_to
from ser_core.inference.reader import EmotionPrediction, NotSpeech, Reader
from ser_core.types import Degrees, FloatArray

SURE, LIKELY = 0.8, 0.5  # probabilities from which an answer is called clear, and likely
NEAR_DEGREES: Degrees = 5.0  # angles that differ by less, and
NEAR_SHARE = 0.1  # probabilities that differ by less, are called nearly equal


@dataclass(frozen=True)
class Headline:
    """A judgement in one line.

    Attributes:
        kind: what sort of answer it is.
        emotions: the answer; where the two ways to judge disagree, the one that the model's card lets decide and then
            the other; the nearest where none fits; empty for what is not speech.
        certainty: in words; empty for other kinds than ``emotion``.
        second: the most probable of the other emotions; empty where there is none.
    """

    kind: Literal["emotion", "disagreement", "none of these", "not speech"]
    emotions: tuple[str, ...]
    certainty: Literal["clearly", "probably", "perhaps", ""] = ""
    second: str = ""

    @property
    def text(self) -> str:
        """The line.

        Examples:
            >>> Headline("emotion", ("sad",), "probably", "calm").text
            'Probably sad'
            >>> Headline("disagreement", ("neutral", "boredom")).text
            'Neutral or boredom'
        """
        if self.kind == "emotion":
            return f"{self.certainty} {self.emotions[0]}".capitalize()
        return (" or ".join(self.emotions) if self.kind == "disagreement" else self.kind).capitalize()


def headline_of(reading: EmotionPrediction | NotSpeech) -> Headline:
    """Choose the headline of a judgement.

    It is a disagreement if another emotion is more probable than the answer, or has a nearer direction, or if the
    recording lies outside the answer's range and inside another's.
    """
    if not reading.speech:
        return Headline("not speech", ())
    if not reading.inside_range:
        return Headline("none of these", (reading.nearest_class,))
    answer, probabilities = reading.emotion, reading.probabilities
    ranked = sorted(probabilities, key=lambda label: -probabilities[label])
    rivals = [ranked[0], reading.nearest_class, *([] if _holds(reading, answer) else _within(reading))]
    for rival in rivals:
        if rival != answer:
            return Headline("disagreement", (answer, rival))
    share = probabilities[answer]
    certainty: Literal["clearly", "probably", "perhaps"] = (
        "clearly" if share >= SURE else "probably" if share >= LIKELY else "perhaps"
    )
    return Headline("emotion", (answer,), certainty, ranked[1] if len(ranked) > 1 else "")


def why_they_disagree(reader: Reader, reading: EmotionPrediction, headline: Headline) -> str:
    """Say in one or two sentences why two emotions are named.

    Args:
        reader: that judged.
        reading: its judgement.
        headline: of the judgement, a disagreement.
    """
    answer, rival = headline.emotions
    angles, shares = reading.angles_degrees, reading.probabilities
    near, far = sorted((answer, rival), key=lambda label: angles[label])
    likely = max((answer, rival), key=lambda label: shares[label])
    if likely == near:
        return (
            f"The answer is {answer}, but the recording lies {angles[answer]:.0f}° from it, outside that emotion's "
            f"range, which ends at {reading.ranges_degrees[answer]:.0f}°, and inside that of {rival}."
        )
    both = (
        f"By angle {near} is nearer ({angles[near]:.0f}°, {far} {angles[far]:.0f}°); by probability {far} is ahead "
        f"({_percent(shares[far])}, {near} {_percent(shares[near])})"
    )
    if angles[far] - angles[near] < NEAR_DEGREES and shares[far] - shares[near] < NEAR_SHARE:
        return f"{both}: the two are nearly equal."
    from_rows = dict(zip(reader.labels, _angles_to_rows(reader, reading.embedding), strict=True))
    if from_rows[far] < from_rows[near]:
        return (
            f"{both}. What the model learned to weigh for {far} differs from the mean of its training speech: seen "
            f"from there, {far} is nearer ({from_rows[far]:.0f}°, {near} {from_rows[near]:.0f}°)."
        )
    return f"{both}: the model gives {far} more weight than {near}, whatever the sound."


def _holds(reading: EmotionPrediction, label: str) -> bool:
    return reading.angles_degrees[label] <= reading.ranges_degrees[label]


def _within(reading: EmotionPrediction) -> list[str]:
    """List the emotions whose range holds the recording, the nearest first."""
    angles = reading.angles_degrees
    return sorted((label for label in angles if _holds(reading, label)), key=lambda label: angles[label])


def _angles_to_rows(reader: Reader, embedding: FloatArray) -> FloatArray:
    """Measure the angle of an embedding to each row of the head, in degrees, shape ``(K,)``."""
    if reader.calibration is not None:
        rows: FloatArray = reader.calibration.turned_head
    else:
        rows = reader.checkpoint.model.head.weight.detach().cpu().numpy()
    angles: FloatArray = angles_to(embedding[None], rows)[0]
    return angles


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
