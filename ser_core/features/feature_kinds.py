"""Names of the sets of acoustic features, and of their statistics, as recipes write them."""

from typing import Literal, TypeAlias, cast

SetName: TypeAlias = Literal["mfcc-40", "log-mel-128", "spectral-193", "short-term-34", "short-term-68"]
Statistics: TypeAlias = Literal["frames", "mean", "hsf1", "hsf2"]
FeatureKind: TypeAlias = Literal[
    "mfcc-40",
    "mfcc-40-hsf1",
    "mfcc-40-hsf2",
    "log-mel-128",
    "log-mel-128-hsf1",
    "log-mel-128-hsf2",
    "spectral-193",
    "spectral-193-mean",
    "spectral-193-hsf1",
    "spectral-193-hsf2",
    "short-term-34",
    "short-term-34-hsf1",
    "short-term-34-hsf2",
    "short-term-68",
    "short-term-68-hsf1",
    "short-term-68-hsf2",
]


def parts_of(kind: FeatureKind) -> tuple[SetName, Statistics]:
    """Split the name of a kind into that of its set and of its statistics.

    Examples:
        >>> parts_of("spectral-193-hsf1"), parts_of("mfcc-40")
        (('spectral-193', 'hsf1'), ('mfcc-40', 'frames'))
    """
    name, _, last = kind.rpartition("-")
    if last in ("mean", "hsf1", "hsf2"):
        return cast("SetName", name), cast("Statistics", last)
    return cast("SetName", kind), "frames"
