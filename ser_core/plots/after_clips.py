"""How the answer to a clip changes with the number of clips that a model knows of a voice, as plain numbers."""

from collections.abc import Sequence
from typing import Any

from ser_core.errors import InputError
from ser_core.inference.own_voice import AfterClips
from ser_core.inference.reader import NONE_OF_THESE, EmotionPrediction
from ser_core.types import FloatArray


def described_answers(
    answers: Sequence[AfterClips], labels: Sequence[str], places: FloatArray | None = None
) -> list[dict[str, Any]]:
    """Return what the browser draws of each answer: clips, verdict, angles, probabilities, why they differ, place.

    Args:
        answers: of :func:`ser_core.inference.own_voice.after_clips`, ``N`` of them, at least two.
        labels: of the model, in the order of the angles and probabilities.
        places: of the clip on a map after each number of clips, shape ``(N, 2)``, if there is a map.

    Raises:
        InputError: if there are fewer than two answers, or not a place for each.
    """
    if len(answers) < 2:
        raise InputError(f"Expected the answers after at least two numbers of clips; got {len(answers)}. Give clips.")
    if places is not None and places.shape != (len(answers), 2):
        raise InputError(
            f"Expected {len(answers)} places on a map, one for each answer; got an array of shape {places.shape}. "
            "Place the embedding of every answer."
        )
    return [
        {
            "clips": one.clips,
            "verdict": one.prediction.verdict,
            "angles": [round(one.prediction.angles_degrees[label], 2) for label in labels],
            "probabilities": [round(one.prediction.probabilities[label], 4) for label in labels],
            "apart": why_apart(one.prediction),
            "place": None if places is None else [round(float(value), 4) for value in places[number]],
        }
        for number, one in enumerate(answers)
    ]


def why_apart(prediction: EmotionPrediction) -> str:
    """Say why an answer is not the emotion whose curve of probabilities is highest; empty where it is.

    Args:
        prediction: for one clip.
    """
    shares, verdict = prediction.probabilities, prediction.verdict
    likely = max(shares, key=shares.__getitem__)
    if verdict == likely:
        return ""
    if verdict == NONE_OF_THESE:
        return "Outside the range of every emotion; the curves only compare those that are known."
    ahead = f"{likely} is more probable ({100 * shares[likely]:.0f} %)."
    return f"By angle {verdict} is nearest; {ahead}" if verdict == prediction.nearest_class else ahead.capitalize()


def in_words(answers: Sequence[AfterClips]) -> str:
    """Say the answers one after the other: ``after 0 clips sad, after 1 clip neutral``."""
    return ", ".join(
        f"after {one.clips} clip{'' if one.clips == 1 else 's'} {one.prediction.verdict}" for one in answers
    )
