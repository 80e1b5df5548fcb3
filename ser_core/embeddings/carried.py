"""Speaker or emotion? What the vectors carry: what a linear probe reads from them, and what neighbours share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ser_core.embeddings.space import Space
from ser_core.errors import InputError
from ser_core.geometry.company import Company, company
from ser_core.geometry.probes import Probe, linear_probe
from ser_core.seeding import stream, stream_seed
from ser_core.types import IntArray

NEIGHBOURS = 10
MOST_PROBED = 3_000
MOST_QUERIES = 2_000
EQUAL = 0.1  # gains above chance that differ by less are called about equal
LITTLE = 0.4  # of the strongest one's gain: an attribute with less is not shown but drowned
NOTHING = 0.05  # a gain above chance that is not worth a name

# What is asked about, and what the probe's folds keep together, the first that the table tells: a probe for emotion may
# not know the voice, a probe for the voice may not know the sentence.
ATTRIBUTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "emotion": ("speaker", "recording"),
        "speaker": ("sentence", "text", "recording"),
        "gender": ("speaker", "recording"),
        "sentence": ("speaker", "recording"),
        "intensity": ("speaker", "recording"),
    }
)


@dataclass(frozen=True)
class Carried:
    """How much of one attribute the vectors carry.

    Attributes:
        attribute: a name of :data:`ATTRIBUTES`.
        values: how many different ones there are.
        probe: ``None`` where it cannot be fitted.
        held_out: what the probe's folds keep together: unheard speakers, sentences, recordings.
        company: of the nearest neighbours; ``None`` where there are none.
        remark: which utterances were looked at, and why something is missing.
    """

    attribute: str
    values: int
    probe: Probe | None
    held_out: str
    company: Company | None
    remark: str

    @property
    def gain(self) -> float:
        """How far neighbours share it beyond chance: 0 is chance, 1 is always."""
        if self.company is None or self.company.chance >= 1:
            return 0.0
        return (self.company.share - self.company.chance) / (1 - self.company.chance)


def carried(space: Space, *, seed: int = 0, progress: Callable[[int, int], None] | None = None) -> tuple[Carried, ...]:
    """Measure how much the vectors carry of every attribute that the table tells.

    Args:
        space: at least three utterances.
        seed: of samples and of the probes' folds.
        progress: told how many of how many steps are done.

    Returns:
        One for each attribute with at least two values, in the order of :data:`ATTRIBUTES`.
    """
    present = [name for name in ATTRIBUTES if len(set(space.told(name)[space.tells(name)])) > 1]
    found = []
    for number, name in enumerate(present):
        if progress is not None:
            progress(number, len(present))
        found.append(_carried(space, name, seed))
    if progress is not None:
        progress(len(present), len(present))
    return tuple(found)


def verdict(found: tuple[Carried, ...]) -> str:
    """Say in one sentence what the neighbourhoods of the space, and so its map, show."""
    known = {one.attribute: one for one in found if one.company is not None}
    emotion = known.get("emotion")
    if not known:
        return "The table tells too little to say what this space shows: it needs two emotions or two speakers."
    strongest, *others = sorted(known.values(), key=lambda one: one.gain, reverse=True)
    if strongest.gain < NOTHING:
        return f"Neighbours share hardly more than chance would give them: {_shares(strongest, *others)}."
    if emotion is None:
        return f"No emotions are named. This space shows {_plural(strongest)}: {_shares(strongest)}."
    if strongest is emotion:
        if not others:
            return f"This space shows emotions: {_shares(emotion)}."
        sure = emotion.gain - others[0].gain >= EQUAL
        told = "emotions more than" if sure else "about equally emotions and"
        return f"This space shows {told} {_plural(others[0])}: {_shares(emotion, others[0])}."
    if emotion.gain < LITTLE * strongest.gain:
        told = f"{_plural(strongest)} instead of emotions"
    elif strongest.gain - emotion.gain >= EQUAL:
        told = f"{_plural(strongest)} more than emotions"
    else:
        told = f"about equally {_plural(strongest)} and emotions"
    return f"This space shows {told}: {_shares(strongest, emotion)}."


def _shares(*those: Carried) -> str:
    return "; ".join(
        f"{100 * one.company.share:.0f} % of the {one.company.count} nearest neighbours share the {one.attribute} "
        f"(by chance {100 * one.company.chance:.0f} %)"
        for one in those
        if one.company is not None
    )


def _plural(one: Carried) -> str:
    names = {"emotion": "emotions", "speaker": "actors", "gender": "male and female voices", "sentence": "sentences"}
    return names.get(one.attribute, "intensities")


def _carried(space: Space, name: str, seed: int) -> Carried:
    known = space.select(space.tells(name))
    values = known.told(name)
    remarks = []
    probed = _rows(known, MOST_PROBED, seed, name, "probe")
    groups, held_out = _groups(known, name)
    probe: Probe | None = None
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
    near: Company | None = None
    queries = _rows(known, MOST_QUERIES, seed, name, "neighbours")
    count = min(NEIGHBOURS, len(known) - 1)
    try:
        near = company(known.embeddings, values.tolist(), known.recordings, count=count, queries=queries)
        if len(queries) < len(known):
            remarks.append(f"neighbours of a sample of {len(queries):,}, each among all {len(known):,} utterances")
    except InputError as error:
        remarks.append(f"no neighbours: {error}")
    return Carried(name, len(set(values)), probe, held_out, near, "; ".join(remarks))


def _rows(space: Space, most: int, seed: int, *names: str) -> IntArray:
    if len(space) <= most:
        return np.arange(len(space))
    return np.sort(stream(seed, "carried", *names).choice(len(space), size=most, replace=False))


def _groups(space: Space, name: str) -> tuple["np.ndarray[tuple[int], np.dtype[np.object_]]", str]:
    """Name the group of each row, and what the groups are."""
    for column in ATTRIBUTES[name]:
        if column == "recording":
            break
        if space.tells(column).all() and len(set(space.told(column))) > 1:
            return space.told(column), f"{column}s" if column != "text" else "texts"
    return space.recordings.astype(str).astype(object), "recordings"
