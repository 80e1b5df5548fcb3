"""A voice is made from what a model hears in clips, and what it changes is shown on clips that it was not made from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.audio.signal import Signal
from ser_core.audio.speech import require_speech
from ser_core.errors import VoiceError
from ser_core.inference.reader import EmotionPrediction, Reader
from ser_core.models.running import run_head
from ser_core.voices import Voice, VoiceClip


@dataclass(frozen=True)
class Change:
    """One clip before and after.

    Attributes:
        before: what the model hears in it as it was trained.
        after: what it hears for this voice.
        held_out: whether the voice of ``after`` was made without this clip; where there is no other to make it from,
            the clip is judged by a voice that it made itself, which flatters.
    """

    clip: VoiceClip
    before: EmotionPrediction
    after: EmotionPrediction
    held_out: bool


@dataclass(frozen=True)
class Tally:
    """Clips whose verdict is the emotion in which they were spoken.

    Attributes:
        before: as the model was trained.
        after: for the voice.
        of: clips that were judged by a voice made without them; the others are not counted.
    """

    before: int
    after: int
    of: int


def heard_as_spoken(changes: Sequence[Change]) -> Tally:
    """Count the verdicts that are right, among clips that did not make the voice by which they are judged."""
    held_out = [change for change in changes if change.held_out]
    before = sum(change.before.verdict == change.clip.emotion for change in held_out)
    after = sum(change.after.verdict == change.clip.emotion for change in held_out)
    return Tally(before, after, len(held_out))


def clip_of(reader: Reader, signal: Signal, *, name: str, emotion: str) -> VoiceClip:
    """Hear a clip as the model was trained.

    Args:
        reader: of the model; whatever voice it knows plays no part.
        signal: at the model's sample rate.
        emotion: in which it was spoken.

    Raises:
        AudioError: if it holds no speech.
    """
    require_speech(signal, name=name)
    ((embedding,), _, _) = Reader(reader.checkpoint).measure([signal])
    return VoiceClip(name, emotion, signal.duration_seconds, embedding)


def make_voice(reader: Reader, name: str, method: str, clips: Sequence[VoiceClip]) -> Voice:
    """Put clips together as a voice for the reader's model, and see that the model can use it.

    Raises:
        ConfigError: if the name cannot be one, or there is no such method.
        VoiceError: if the clips do not suffice or do not suit the model.
    """
    checkpoint = reader.checkpoint
    voice = Voice(name, method, checkpoint.card.name, checkpoint.digest, tuple(clips))
    Reader(checkpoint, voice)
    return voice


def before_and_after(reader: Reader, voice: Voice) -> list[Change]:
    """Judge each clip of a voice without the voice, and with the voice that the other clips make.

    Args:
        reader: of the model that the voice was made for.
        voice: whose clips are judged.

    Returns:
        One change per clip, in their order.

    Raises:
        VoiceError: if the voice was made for another model.
    """
    plain, whole = Reader(reader.checkpoint), Reader(reader.checkpoint, voice)
    changes = []
    for clip in voice.clips:
        others = _made_by_others(reader, voice, clip)
        after = _read(others or whole, clip)
        changes.append(Change(clip, _read(plain, clip), after, held_out=others is not None))
    return changes


def _made_by_others(reader: Reader, voice: Voice, clip: VoiceClip) -> Reader | None:
    try:
        return Reader(reader.checkpoint, voice.without(clip))
    except VoiceError:  # no clip is left, or none from which the method can make a voice
        return None


def _read(reader: Reader, clip: VoiceClip) -> EmotionPrediction:
    embeddings = np.asarray(clip.embedding)[None]
    (figures,) = zip(*reader.figures(embeddings, run_head(reader.checkpoint.model, embeddings)), strict=True)
    return reader.read_figures(*figures, duration_seconds=clip.seconds)
