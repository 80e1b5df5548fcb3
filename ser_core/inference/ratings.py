"""Predictions of a model of ratings: arousal, valence and dominance of a recording."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ser_core.audio.signal import Signal
from ser_core.audio.speech import are_speech, speech_notes, why_not_speech
from ser_core.checkpoints.listing import find
from ser_core.checkpoints.store import Checkpoint, load_checkpoint
from ser_core.errors import InputError
from ser_core.inference.reader import NotSpeech, Reader, model_outputs, require_rate
from ser_core.tasks import RATINGS
from ser_core.types import FloatArray, Seconds
from ser_core.voices import find_voice


@dataclass(frozen=True)
class RatingsPrediction:
    """A model's ratings of one recording, name → value, on the scale of its training corpus.

    Attributes:
        embedding: shape ``(D,)``.
        notes: for readers of these ratings.
        other_tasks: predictions of further tasks: task → class → probability.
        speech: that the recording holds speech, unlike :class:`NotSpeech`.
    """

    ratings: Mapping[str, float]
    embedding: FloatArray
    duration_seconds: Seconds
    notes: tuple[str, ...]
    other_tasks: Mapping[str, Mapping[str, float]]
    speech: Literal[True] = True


class RatingsReader:
    """A checkpoint whose first task are ratings, ready to judge recordings."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        """Judge with ``checkpoint``; raises InputError if its first task is another one."""
        if checkpoint.card.tasks[0] != RATINGS:
            raise InputError(
                f"Expected a model whose first task is ratings; {checkpoint.card.name} predicts "
                f"{checkpoint.card.tasks[0]} first. Load it with Reader."
            )
        self.checkpoint = checkpoint

    def read(self, signal: Signal, *, name: str = "the recording") -> RatingsPrediction | NotSpeech:
        """Rate one recording, if it holds speech; arguments and errors as of :meth:`Reader.read`."""
        rate = self.checkpoint.front_end.sample_rate
        require_rate(self.checkpoint.front_end, [signal])
        if not are_speech([signal.samples], sample_rate=rate)[0]:
            return NotSpeech(signal.duration_seconds, (why_not_speech(signal, name=name), *signal.notes))
        (rated,) = self.read_many([signal])
        notes = (*signal.notes, *speech_notes(signal.samples, sample_rate=rate))
        return RatingsPrediction(
            rated.ratings, rated.embedding, rated.duration_seconds, notes, other_tasks=rated.other_tasks
        )

    def read_many(self, signals: Sequence[Signal]) -> list[RatingsPrediction]:
        """Rate recordings in batches, without a check for speech.

        Raises:
            InputError: if a recording has another sample rate than the model.
        """
        outputs = model_outputs(self.checkpoint, signals)
        first, *others = (
            (task.name, task.predictions(outputs.heads[task.name])) for task in self.checkpoint.card.definitions
        )
        return [
            RatingsPrediction(
                first[1][row],
                outputs.embeddings[row],
                signal.duration_seconds,
                signal.notes,
                other_tasks={name: predicted[row] for name, predicted in others},
            )
            for row, signal in enumerate(signals)
        ]


def load_reader(checkpoint: str | Path, *, voice: str | Path | None = None) -> Reader | RatingsReader:
    """Load a checkpoint by name or folder, whatever it predicts first; errors as of :meth:`Reader.load`.

    Raises:
        InputError: if a voice is given and the model does not predict emotions.
    """
    known = None if voice is None else find_voice(voice)
    loaded = load_checkpoint(find(checkpoint))
    return RatingsReader(loaded) if known is None and not loaded.card.labels else Reader(loaded, known)
