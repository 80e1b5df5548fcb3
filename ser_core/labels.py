"""The emotion vocabulary: canonical names, their order, and the one colour and marker each has everywhere."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from ser_core.errors import InputError
from ser_core.types import IntArray

EMOTIONS: tuple[str, ...] = (
    "neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprise",
    "boredom", "excited", "frustrated", "other",
)  # fmt: skip

# The first eight are the palette of Okabe and Ito (2008, "Color Universal Design"), made for colour-blind readers.
# Yellow is darkened to be seen on white, and grey, orange and vermilion with it, so that readers without red or green
# cones still tell them apart (a test simulates both). Every class has a marker of its own beside its colour.
COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "neutral": "#5A5A5A",
        "calm": "#56B4E9",
        "happy": "#D89000",
        "sad": "#0072B2",
        "angry": "#C24A00",
        "fearful": "#CC79A7",
        "disgust": "#009E73",
        "surprise": "#DCC800",
        "boredom": "#8C6D46",
        "excited": "#F2A49B",
        "frustrated": "#661100",
        "other": "#332288",
    }
)

# Plotly's marker names, so that two classes differ in shape as well as in colour.
SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "neutral": "circle",
        "calm": "square",
        "happy": "triangle-up",
        "sad": "triangle-down",
        "angry": "diamond",
        "fearful": "x",
        "disgust": "cross",
        "surprise": "star",
        "boredom": "hexagon",
        "excited": "triangle-right",
        "frustrated": "bowtie",
        "other": "pentagon",
    }
)


def in_order(labels: Iterable[str]) -> tuple[str, ...]:
    """Sort distinct canonical labels into the order of :data:`EMOTIONS`.

    Raises:
        InputError: if a name is not canonical.

    Examples:
        >>> in_order(["sad", "neutral", "sad"])
        ('neutral', 'sad')
    """
    present = set(labels)
    unknown = sorted(present - set(EMOTIONS))
    if unknown:
        raise InputError(
            f"Expected emotions among {', '.join(EMOTIONS)}; got {', '.join(map(repr, unknown))}. "
            "Rename them in the manifest, or map them with --map."
        )
    return tuple(emotion for emotion in EMOTIONS if emotion in present)


def codes(labels: Iterable[str], order: Sequence[str]) -> IntArray:
    """Number labels by their place in an order of ``K`` classes: integers ``(B,)`` from 0 to ``K - 1``.

    Raises:
        InputError: if a label is not in the order.

    Examples:
        >>> codes(["sad", "neutral"], ["neutral", "sad"])
        array([1, 0])
    """
    place = {label: number for number, label in enumerate(order)}
    try:
        return np.array([place[label] for label in labels], dtype=np.int64)
    except KeyError as error:
        raise InputError(
            f"Expected labels among {', '.join(order)}; got {error.args[0]!r}. "
            "Leave those rows out, or name that class too."
        ) from error
