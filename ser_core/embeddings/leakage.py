"""Attribute leakage: how much an embedding space reveals of its classes, of speaker, gender, sentence and intensity.

Measured in two ways: by a linear probe, and by how often nearest neighbours have the same value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ser_core.embeddings.space import CLASS, Space, class_names
from ser_core.errors import InputError
from ser_core.geometry.neighbour_agreement import NeighbourAgreement, neighbour_agreement
from ser_core.geometry.probes import ProbeResult, linear_probe
from ser_core.seeding import stream, stream_seed
from ser_core.types import IntArray

NEIGHBOURS = 10
MOST_PROBED = 3_000
MOST_QUERIES = 2_000
EQUAL = 0.1  # smallest difference of two gains that the verdict mentions
LITTLE = 0.4  # share of the largest gain below which an attribute counts as hidden
NOTHING = 0.05  # smallest gain above chance that the verdict mentions

# Each attribute with the columns that may group the probe's folds; the first column that is complete is taken. A probe
# for emotion, or for any other label, is tested on other speakers, a probe for the speaker on other sentences.
OTHER_SPEAKERS = ("speaker", "recording")
ATTRIBUTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        CLASS: OTHER_SPEAKERS,
        "speaker": ("sentence", "text", "recording"),
        "gender": OTHER_SPEAKERS,
        "sentence": OTHER_SPEAKERS,
        "intensity": OTHER_SPEAKERS,
    }
)

PLURALS: Mapping[str, str] = MappingProxyType(
    {
        CLASS: "emotions",
        "speaker": "speakers",
        "gender": "male and female voices",
        "sentence": "sentences",
        "intensity": "intensities",
    }
)


@dataclass(frozen=True)
class AttributeLeakage:
    """How much the vectors reveal of one attribute.

    Attributes:
        attribute: a key of :data:`ATTRIBUTES`, or the column of the classes.
        values: number of different values.
        probe: ``None`` if it cannot be fitted.
        held_out: what the groups of the probe's folds are, for example ``speakers``.
        neighbours: agreement of nearest neighbours; ``None`` if it cannot be measured.
        remark: which utterances were used, and why a value is missing.
    """

    attribute: str
    values: int
    probe: ProbeResult | None
    held_out: str
    neighbours: NeighbourAgreement | None
    remark: str

    @property
    def gain(self) -> float:
        """Agreement of neighbours above chance, at most 1: 0 is chance, 1 is full agreement."""
        if self.neighbours is None or self.neighbours.chance >= 1:
            return 0.0
        return (self.neighbours.share - self.neighbours.chance) / (1 - self.neighbours.chance)


def attribute_leakage(
    space: Space, label: str = CLASS, *, seed: int = 0, progress: Callable[[int, int], None] | None = None
) -> tuple[AttributeLeakage, ...]:
    """Measure how much three or more vectors reveal of their classes, and of each of :data:`ATTRIBUTES` in the table.

    The classes are the values of the column ``label``, and come first. Attributes without two values are left out.
    ``progress`` is called with the number of finished steps and of all.
    """
    wanted = dict.fromkeys((label, *ATTRIBUTES))
    present = [name for name in wanted if len(set(space.column(name)[space.has_value(name)])) > 1]
    found = []
    for number, name in enumerate(present):
        if progress is not None:
            progress(number, len(present))
        found.append(_leakage_of(space, name, seed))
    if progress is not None:
        progress(len(present), len(present))
    return tuple(found)


def verdict(found: tuple[AttributeLeakage, ...], label: str = CLASS) -> str:
    """Summarise in one sentence which attributes the neighbourhoods, and so a map of the space, show.

    ``label`` is the column of the classes, with which the others are compared.
    """
    known = {one.attribute: one for one in found if one.neighbours is not None}
    own = known.get(label)
    if not known:
        return "The table is not enough to say what this space shows: it needs two classes or two speakers."
    strongest, *others = sorted(known.values(), key=lambda one: one.gain, reverse=True)
    if strongest.gain < NOTHING:
        return f"Neighbours share hardly more than chance would give them: {_shares(strongest, *others)}."
    if own is None:
        return f"No classes are named. This space shows {_plural(strongest)}: {_shares(strongest)}."
    if strongest is own:
        if not others:
            return f"This space shows {_plural(own)}: {_shares(own)}."
        sure = own.gain - others[0].gain >= EQUAL
        shown = f"{_plural(own)} more than" if sure else f"about equally {_plural(own)} and"
        return f"This space shows {shown} {_plural(others[0])}: {_shares(own, others[0])}."
    if own.gain < LITTLE * strongest.gain:
        shown = f"{_plural(strongest)} instead of {_plural(own)}"
    elif strongest.gain - own.gain >= EQUAL:
        shown = f"{_plural(strongest)} more than {_plural(own)}"
    else:
        shown = f"about equally {_plural(strongest)} and {_plural(own)}"
    return f"This space shows {shown}: {_shares(strongest, own)}."


def _shares(*those: AttributeLeakage) -> str:
    return "; ".join(
        f"{100 * near.share:.0f} % of the {near.count} nearest neighbours share the {one.attribute} "
        f"(by chance {100 * near.chance:.0f} %)"
        for one in those
        if (near := one.neighbours) is not None
    )


def _plural(one: AttributeLeakage) -> str:
    """Return what the values of an attribute are called; of a column of somebody's own, its name."""
    return PLURALS.get(one.attribute, f"the {one.attribute}")


def _leakage_of(space: Space, name: str, seed: int) -> AttributeLeakage:
    known = space.select(space.has_value(name))
    values = np.array(class_names(known.frame[name]), dtype=object)
    remarks = []
    probed = _rows(known, MOST_PROBED, seed, name, "probe")
    groups, held_out = _groups(known, name)
    probe: ProbeResult | None = None
    try:
        probe = linear_probe(
            known.embeddings[probed],
            values[probed].tolist(),
            groups[probed].tolist(),
            seed=stream_seed(seed, name) % 2**32,
        )
        if len(probed) < len(known):
            remarks.append(f"probe on a sample of {len(probed):,} of {len(known):,} utterances")
        if probe.left_out:
            remarks.append(f"probe without {', '.join(probe.left_out[:5])}: in one group only")
    except InputError as error:
        remarks.append(f"no probe: {error}")
    near: NeighbourAgreement | None = None
    queries = _rows(known, MOST_QUERIES, seed, name, "neighbours")
    count = min(NEIGHBOURS, len(known) - 1)
    try:
        near = neighbour_agreement(known.embeddings, values.tolist(), known.recordings, count=count, queries=queries)
        if len(queries) < len(known):
            remarks.append(f"neighbours of a sample of {len(queries):,}, each among all {len(known):,} utterances")
    except InputError as error:
        remarks.append(f"no neighbours: {error}")
    return AttributeLeakage(name, len(set(values)), probe, held_out, near, "; ".join(remarks))


def _rows(space: Space, most: int, seed: int, *names: str) -> IntArray:
    if len(space) <= most:
        return np.arange(len(space))
    return np.sort(stream(seed, "carried", *names).choice(len(space), size=most, replace=False))


def _groups(space: Space, name: str) -> tuple["np.ndarray[tuple[int], np.dtype[np.object_]]", str]:
    """Return the group of each row, and what the groups are, for example ``speakers``."""
    for column in ATTRIBUTES.get(name, OTHER_SPEAKERS):
        if column == "recording":
            break
        if space.has_value(column).all() and len(set(space.column(column))) > 1:
            return space.column(column), f"{column}s" if column != "text" else "texts"
    return space.recordings.astype(str).astype(object), "recordings"
