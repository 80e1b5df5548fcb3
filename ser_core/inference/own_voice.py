"""Making a voice from a model's predictions for clips, and its effect on clips that it was not made from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ser_core.audio.signal import Signal
from ser_core.audio.speech import require_speech
from ser_core.errors import VoiceError
from ser_core.inference.reader import EmotionPrediction, Reader
from ser_core.models.running import run_head
from ser_core.voices import Voice, VoiceClip, deciding


@dataclass(frozen=True)
class Change:
    """Predictions for one clip without and with a voice.

    ``held_out`` is whether the voice was made without this clip; otherwise it is the only one, and the result is too
    good.
    """

    clip: VoiceClip
    before: EmotionPrediction
    after: EmotionPrediction
    held_out: bool


@dataclass(frozen=True)
class Tally:
    """Number of clips whose verdict is the spoken emotion, without and with the voice.

    Only clips are counted whose emotion is stated and that were judged by a voice made without them.
    """

    before: int
    after: int
    of: int


def heard_as_spoken(changes: Sequence[Change]) -> Tally:
    """Count the verdicts that are right, among clips that did not make the voice by which they are judged."""
    held_out = [change for change in changes if change.held_out and change.clip.emotion is not None]
    before = sum(change.before.verdict == change.clip.emotion for change in held_out)
    after = sum(change.after.verdict == change.clip.emotion for change in held_out)
    return Tally(before, after, len(held_out))


def clip_of(reader: Reader, signal: Signal, *, name: str, emotion: str | None) -> VoiceClip:
    """Compute a clip's embedding without any voice; the signal has the model's sample rate.

    Raises:
        AudioError: if it holds no speech.
    """
    require_speech(signal, name=name)
    ((embedding,), _, _) = Reader(reader.checkpoint).measure([signal])
    return VoiceClip(name, emotion, signal.duration_seconds, embedding)


def make_voice(reader: Reader, name: str, method: str, clips: Sequence[VoiceClip]) -> Voice:
    """Make a voice of clips for the reader's model, and check that the model can use it.

    Raises:
        ConfigError: for a forbidden name or an unknown method.
        VoiceError: if the clips do not suffice or do not suit the model.
    """
    checkpoint = reader.checkpoint
    voice = Voice(name, method, checkpoint.card.name, checkpoint.digest, tuple(clips))
    Reader(checkpoint, voice)
    return voice


def before_and_after(reader: Reader, voice: Voice) -> list[Change]:
    """Judge each clip of a voice, in order, without the voice, and with the voice that the other clips make.

    Raises:
        VoiceError: if the voice was made for another model than the reader's.
    """
    plain, whole = Reader(reader.checkpoint), Reader(reader.checkpoint, voice)
    changes = []
    for clip in voice.clips:
        others = _made_by_others(reader, voice, clip)
        after = _read(others or whole, clip)
        changes.append(Change(clip, _read(plain, clip), after, held_out=others is not None))
    return changes


COUNTS = (0, 1, 2, 4, 8, 16)  # clips of a voice after which an answer is shown


@dataclass(frozen=True)
class AfterClips:
    """The prediction for one clip after the first ``clips`` of a voice's other ones."""

    clips: int
    prediction: EmotionPrediction


def after_clips(reader: Reader, voice: Voice, clip: VoiceClip) -> list[AfterClips]:
    """Judge a clip of a voice after 0, 1, 2, 4, 8 and 16 of its other clips, as far as there are so many.

    Of the clips those are counted by which the voice's method decides, in their order.

    Raises:
        VoiceError: if the voice was made for another model than the reader's.
    """
    others = [one for one in deciding(voice) if one is not clip]
    found = [AfterClips(0, _read(Reader(reader.checkpoint), clip))]
    for count in COUNTS[1:]:
        if count <= len(others):
            known = replace(voice, clips=tuple(others[:count]))
            found.append(AfterClips(count, _read(Reader(reader.checkpoint, known), clip)))
    return found


def _made_by_others(reader: Reader, voice: Voice, clip: VoiceClip) -> Reader | None:
    try:
        return Reader(reader.checkpoint, voice.without(clip))
    except VoiceError:  # no clip is left, or none from which the method can make a voice
        return None


def _read(reader: Reader, clip: VoiceClip) -> EmotionPrediction:
    embeddings = np.asarray(clip.embedding)[None]
    (figures,) = zip(*reader.figures(embeddings, run_head(reader.checkpoint.model, embeddings)), strict=True)
    return reader.read_figures(*figures, duration_seconds=clip.seconds)
