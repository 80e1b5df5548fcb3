"""A voice: clips with their embeddings by one model, and the emotion each was spoken in."""

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ser_core.config import lookup
from ser_core.errors import VoiceError
from ser_core.geometry.angles import unit
from ser_core.labels import EMOTIONS, in_order
from ser_core.recordings.names import one_line
from ser_core.types import FloatArray, Seconds

LONGEST_NAME = 60
MOST_CLIPS = 100
MODEL_COUNTS = 2.0  # clips; see docs/decisions/0018-own-voice.md


@dataclass(frozen=True, eq=False)
class VoiceClip:
    """Recording of the voice, its spoken emotion, if it is stated, and its embedding ``(D,)``, float32, not scaled."""

    name: str
    emotion: str | None
    seconds: Seconds
    embedding: FloatArray


@dataclass(frozen=True, eq=False)
class Voice:
    """Clips of one person for one model; checked when built.

    Attributes:
        name: of the person, or any other.
        method: a name in :data:`ser_core.voices.calibration.METHODS`.
        checkpoint: name of the model that computed the embeddings.
        digest: of its weights; the voice fits no other model.
        clips: at least one.
        model_counts: number of clips as which the model's own mean counts: ``n`` clips weigh ``n / (n +
            model_counts)``.
    """

    name: str
    method: str
    checkpoint: str
    digest: str
    clips: tuple[VoiceClip, ...]
    model_counts: float = MODEL_COUNTS

    def __post_init__(self) -> None:
        """Check what can be checked without the model.

        Raises:
            ConfigError: for a forbidden name.
            VoiceError: if there are no clips or too many, one comes twice or has no length, their sizes differ, or
                ``model_counts`` is negative.
            InputError: if a clip's vector has no direction.
        """
        object.__setattr__(self, "name", one_line(self.name, "a name for the voice", LONGEST_NAME))
        if not 1 <= len(self.clips) <= MOST_CLIPS:
            raise VoiceError(
                f"Expected 1 to {MOST_CLIPS} clips of a voice; got {len(self.clips)}. Give three to five, each a "
                "sentence of a few seconds."
            )
        if not (math.isfinite(self.model_counts) and self.model_counts >= 0):
            raise VoiceError(f"Expected the model to count as 0 clips or more; got {self.model_counts}. Correct that.")
        heard: dict[bytes, str] = {}
        for clip in self.clips:
            if clip.emotion is not None:
                lookup("emotion", clip.emotion, dict.fromkeys(EMOTIONS))
            if clip.embedding.shape != self.clips[0].embedding.shape or clip.embedding.ndim != 1:
                raise VoiceError(
                    f"Expected clips as one model hears them, of one size; {clip.name} is of shape "
                    f"{clip.embedding.shape}. Make the voice again from the recordings."
                )
            if not (math.isfinite(clip.seconds) and clip.seconds > 0):
                raise VoiceError(
                    f"Expected clips of some length; {clip.name} is said to last {clip.seconds} s. "
                    "Make the voice again from the recordings."
                )
            unit(clip.embedding)
            vector = clip.embedding.tobytes()
            if vector in heard:
                raise VoiceError(
                    f"Expected different recordings; {clip.name} is the same sound as {heard[vector]}. Leave one of "
                    "them out: a recording given twice says nothing more."
                )
            heard[vector] = clip.name

    @property
    def emotions(self) -> tuple[str, ...]:
        """The emotions that are stated for the clips, each once, in the order of every table."""
        return in_order(clip.emotion for clip in self.clips if clip.emotion is not None)

    @cached_property
    def embeddings(self) -> FloatArray:
        """Those of the clips, shape ``(n, D)``."""
        return np.stack([clip.embedding for clip in self.clips])

    def without(self, clip: VoiceClip) -> "Voice":
        """Return the voice as the other clips make it; raises VoiceError if there is no other."""
        return replace(self, clips=tuple(one for one in self.clips if one is not clip))
