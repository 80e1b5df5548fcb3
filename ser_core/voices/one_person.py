"""Whether clips are of one person: by a network that was trained to tell speakers apart, whatever they say.

Clips of one person resemble each other, measured by the mean cosine of all pairs. Below :data:`ALIKE` they more likely
are two people's; the two groups of Ward's method then say which clips are whose. Emotions change a voice too, so that
this is a hint, not a proof: ``benchmarks/two_people.py`` tells how often it is right.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from torch import Tensor

from ser_core.audio.signal import Signal
from ser_core.corpora.manifest import Manifest
from ser_core.geometry.angles import unit
from ser_core.inputs.pretrained import Ge2eVoice
from ser_core.types import FloatArray

ALIKE = {2: 0.52, 4: 0.59, 8: 0.62}  # from so many clips on; of EmoDB and RAVDESS one person in twenty lies below


class Likeness(NamedTuple):
    """How much clips are of one voice.

    Attributes:
        cosine: mean over all pairs of clips.
        clips: how many there are, at least two.
        fewer: places of the clips of the smaller of the two groups that are least alike; of equal ones that without
            the first clip.
    """

    cosine: float
    clips: int
    fewer: tuple[int, ...]

    @property
    def is_two_people(self) -> bool:
        """Whether they differ more than clips of one person usually do."""
        return self.cosine < max((count, least) for count, least in ALIKE.items() if count <= self.clips)[1]


def voice_vectors(signals: Sequence[Signal]) -> FloatArray:
    """Compute whose voice is heard, as a unit vector of each signal at 16 kHz, ``(B, 256)``.

    Raises:
        InputError: if the network's weights are missing.
    """
    return _means(Ge2eVoice().of_signals([signal.samples for signal in signals]))


def voice_vectors_of(manifest: Manifest, *, cache: Path | None = None) -> FloatArray:
    """Compute :func:`voice_vectors` of a corpus's utterances, with the folder that keeps them, if any.

    Raises:
        AudioError: if a recording cannot be read.
        InputError: if the network's weights are missing.
    """
    return _means(Ge2eVoice().of_manifest(manifest, cache=cache, progress=None).values)


def _means(windows: Sequence[Tensor]) -> FloatArray:
    """Return the unit mean of the vectors ``(T, 256)`` of each utterance's windows."""
    return unit(np.stack([one.mean(dim=0).numpy() for one in windows]))


def likeness(vectors: FloatArray) -> Likeness | None:
    """Compare the unit vectors ``(B, D)`` of clips with each other; None for fewer than two clips."""
    from scipy.cluster.hierarchy import fcluster, linkage

    count = len(vectors)
    if count < 2:
        return None
    cosines = vectors @ vectors.T
    mean = float((cosines.sum() - np.trace(cosines)) / (count * (count - 1)))
    numbers = fcluster(linkage(np.asarray(vectors, dtype=np.float64), "ward"), 2, "maxclust")
    first = numbers == numbers[0]
    fewer = ~first if first.sum() * 2 >= count else first
    return Likeness(mean, count, tuple(np.flatnonzero(fewer).tolist()))


def two_people_text(found: Likeness | None, names: Sequence[str]) -> str:
    """Say which clips sound like somebody else's, and what that means; empty if all may be one person's."""
    if found is None or not found.is_two_people:
        return ""
    if not found.fewer:
        return "These clips hardly resemble each other in voice. Are they of one person?"
    named = ", ".join(names[place] for place in found.fewer)
    return (
        f"Two people? By the voice, {named} {'differs' if len(found.fewer) == 1 else 'differ'} most from the others. A "
        "voice made of two people lies between them and helps with neither: keep the clips of one. If all are of one "
        "person, leave them: emotions change a voice too."
    )
