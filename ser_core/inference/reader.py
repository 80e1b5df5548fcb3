"""Predictions of a model of emotions for recordings."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np

from ser_core.audio.signal import Signal
from ser_core.audio.speech import are_speech, speech_notes, why_not_speech
from ser_core.checkpoints.listing import find
from ser_core.checkpoints.store import Checkpoint, load_checkpoint
from ser_core.errors import InputError
from ser_core.evaluation.back_ends import BACK_ENDS, FITTED, BackEndInputs
from ser_core.evaluation.calibration import softmax
from ser_core.features import FrontEnd
from ser_core.geometry.angles import angles_to
from ser_core.inference.arousal import HeardArousal, heard_arousal
from ser_core.models import EMOTION
from ser_core.models.running import ModelOutputs, run_model
from ser_core.types import FloatArray, Seconds
from ser_core.voices import Calibration, Voice, calibration_of, find_voice

NONE_OF_THESE = "none of these"
NOT_SPEECH = "not speech"


@dataclass(frozen=True)
class EmotionPrediction:
    """A model's judgement of one recording.

    Attributes:
        emotion: the class that the checkpoint's own back end chooses.
        probabilities: of the head, fractions that add up to 1.
        angles_degrees: to each class direction, 0 to 180.
        ranges_degrees: angle within which 90 % of each class's development speech lies.
        inside_range: whether the recording lies inside at least one class's range; if not, it is none of these.
        nearest_class: the class with the smallest angle.
        embedding: shape ``(D,)``.
        notes: for readers of this judgement.
        other_tasks: predictions of further tasks: task → class → probability, or task → rating → value.
        arousal: how excited it sounds; None for a model that does not predict it.
        speech: that the recording holds speech, unlike :class:`NotSpeech`.
    """

    emotion: str
    probabilities: dict[str, float]
    angles_degrees: dict[str, float]
    ranges_degrees: dict[str, float]
    inside_range: bool
    nearest_class: str
    embedding: FloatArray
    duration_seconds: Seconds
    notes: tuple[str, ...]
    other_tasks: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    arousal: HeardArousal | None = None
    speech: Literal[True] = True

    @property
    def verdict(self) -> str:
        """The emotion, or :data:`NONE_OF_THESE` outside every class's range."""
        return self.emotion if self.inside_range else NONE_OF_THESE


@dataclass(frozen=True)
class NotSpeech:
    """The answer to a recording without speech; the notes describe its content and the file."""

    duration_seconds: Seconds
    notes: tuple[str, ...]
    speech: Literal[False] = False

    @property
    def verdict(self) -> str:
        """:data:`NOT_SPEECH`."""
        return NOT_SPEECH


def require_rate(front_end: FrontEnd, signals: Sequence[Signal]) -> None:
    """See that signals have the sample rate of a model; raises InputError if one has another."""
    for signal in signals:
        if signal.sample_rate != front_end.sample_rate:
            raise InputError(
                f"Expected a signal at {front_end.sample_rate} Hz, as the model was trained; got "
                f"{signal.sample_rate} Hz. Read it with read_audio(…, sample_rate={front_end.sample_rate})."
            )


def model_outputs(checkpoint: Checkpoint, signals: Sequence[Signal]) -> ModelOutputs:
    """Run a model over recordings, in batches.

    Raises:
        InputError: if one has another sample rate than the model, or the model needs more than sound.
    """
    require_rate(checkpoint.front_end, signals)
    samples = [signal.samples for signal in signals]
    inputs = {name: item.of_signals(samples) for name, item in checkpoint.inputs.items()}
    return run_model(checkpoint.model, inputs)


class Reader:
    """A checkpoint, ready to judge recordings of any speaker, or of one ``voice`` by its ``calibration``."""

    def __init__(self, checkpoint: Checkpoint, voice: Voice | None = None) -> None:
        """Judge with ``checkpoint``, corrected for a voice, if any.

        Raises:
            InputError: if the model's first task is not emotions.
            VoiceError: if the voice was made for another model.
        """
        checkpoint.card.require_emotions()
        self.checkpoint = checkpoint
        self.voice = voice
        self.front_end = checkpoint.front_end
        self.calibration = None if voice is None else calibration_of(voice, checkpoint)

    @classmethod
    def load(cls, checkpoint: str | Path, *, voice: str | Path | None = None) -> "Reader":
        """Load a checkpoint by name or folder, and a voice by name or file.

        Raises:
            CheckpointError: if the checkpoint is missing, damaged or of another version.
            VoiceError: if the voice is missing, damaged, or made for another model.
        """
        known = None if voice is None else find_voice(voice)
        return cls(load_checkpoint(find(checkpoint)), known)

    def corrected(self, calibration: Calibration) -> "Reader":
        """Return a reader of the same model that judges by this correction, and by no voice."""
        reader = Reader(self.checkpoint)
        reader.calibration = calibration
        return reader

    @property
    def labels(self) -> tuple[str, ...]:
        """The classes that the model knows."""
        return self.checkpoint.labels

    def read(self, signal: Signal, *, name: str = "the recording") -> EmotionPrediction | NotSpeech:
        """Judge one recording, if it holds speech.

        Raises:
            InputError: if it has another sample rate than the model.
        """
        require_rate(self.front_end, [signal])
        if not self.are_speech([signal])[0]:
            return NotSpeech(signal.duration_seconds, (why_not_speech(signal, name=name), *signal.notes))
        reading = self.read_many([signal])[0]
        notes = speech_notes(signal.samples, sample_rate=signal.sample_rate)
        return dataclasses.replace(reading, notes=(*reading.notes, *notes))

    def are_speech(self, signals: Sequence[Signal]) -> list[bool]:
        """Tell which recordings hold speech, by the one rule of :func:`ser_core.audio.speech.are_speech`."""
        return are_speech([signal.samples for signal in signals], sample_rate=self.front_end.sample_rate)

    def read_many(self, signals: Sequence[Signal]) -> list[EmotionPrediction]:
        """Judge recordings in batches, without a check for speech; errors are those of :func:`model_outputs`."""
        outputs = model_outputs(self.checkpoint, signals)
        embeddings, probabilities, angles = self.figures(outputs.embeddings, outputs.heads[EMOTION])
        chosen = self.judge(embeddings, probabilities, angles)
        others = {
            task.name: task.predictions(outputs.heads[task.name]) for task in self.checkpoint.card.definitions[1:]
        }
        heard = heard_arousal(self.checkpoint.card, outputs.heads)
        arousal: Sequence[HeardArousal | None] = heard or [None] * len(signals)
        return [
            self._reading(
                chosen[row],
                probabilities[row],
                angles[row],
                embeddings[row],
                duration_seconds=signal.duration_seconds,
                notes=signal.notes,
                other_tasks={name: predicted[row] for name, predicted in others.items()},
                arousal=arousal[row],
            )
            for row, signal in enumerate(signals)
        ]

    def measure(self, signals: Sequence[Signal]) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Compute embeddings ``(B, D)``, probabilities ``(B, K)`` and angles in degrees ``(B, K)`` in batches.

        Errors are those of :func:`model_outputs`.
        """
        outputs = model_outputs(self.checkpoint, signals)
        return self.figures(outputs.embeddings, outputs.heads[EMOTION])

    def figures(self, embeddings: FloatArray, logits: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Turn embeddings ``(B, D)`` and logits ``(B, K)`` of the model into the values of :meth:`measure`.

        They are corrected for the voice, if there is one.
        """
        directions = self.checkpoint.directions
        if self.calibration is not None:
            embeddings, logits = self.calibration.applied(embeddings, logits)
            directions = self.calibration.directions
        return embeddings, softmax(logits, self.checkpoint.temperature), angles_to(embeddings, directions)

    def read_figures(
        self, embedding: FloatArray, probabilities: FloatArray, angles: FloatArray, *, duration_seconds: Seconds
    ) -> EmotionPrediction:
        """Judge an embedding ``(D,)``, probabilities ``(K,)`` and angles in degrees ``(K,)``, such as means.

        ``duration_seconds`` is that of the sound they are of.
        """
        emotion = self.judge(embedding[None], probabilities[None], angles[None])[0]
        return self._reading(emotion, probabilities, angles, embedding, duration_seconds=duration_seconds)

    def judge(self, embeddings: FloatArray, probabilities: FloatArray, angles: FloatArray) -> list[str]:
        """Choose a class for each row by the back end that the checkpoint's card names."""
        back_end = self.checkpoint.card.back_end
        if back_end in FITTED:
            predicted = self.checkpoint.fitted_back_end(embeddings)
        else:
            predicted = BACK_ENDS[back_end](BackEndInputs(self.labels, embeddings, probabilities, angles))
        chosen: list[str] = predicted.tolist()
        return chosen

    def _reading(
        self,
        emotion: str,
        probabilities: FloatArray,
        angles: FloatArray,
        embedding: FloatArray,
        *,
        duration_seconds: Seconds,
        notes: tuple[str, ...] = (),
        other_tasks: Mapping[str, Mapping[str, float]] = MappingProxyType({}),
        arousal: HeardArousal | None = None,
    ) -> EmotionPrediction:
        ranges = self.checkpoint.ranges
        return EmotionPrediction(
            emotion=emotion,
            probabilities=dict(zip(self.labels, map(float, probabilities), strict=True)),
            angles_degrees=dict(zip(self.labels, map(float, angles), strict=True)),
            ranges_degrees=dict(zip(self.labels, map(float, ranges), strict=True)),
            inside_range=bool((angles <= ranges).any()),
            nearest_class=self.labels[int(np.argmin(angles))],
            embedding=embedding,
            duration_seconds=duration_seconds,
            notes=notes,
            other_tasks=other_tasks,
            arousal=arousal,
        )
