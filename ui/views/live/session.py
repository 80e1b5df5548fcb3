"""One visitor's live session: receives numbered blocks, counts missing ones, answers with numbered predictions."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ser_core.audio.pcm import to_base64, to_pcm16
from ser_core.errors import MicrophoneError, MicrophoneLostError
from ser_core.geometry.projection import PcaMap
from ser_core.inference import Reader
from ser_core.live import LiveListener, LivePrediction, VoiceLearner
from ser_core.live.ring_buffer import RingBuffer
from ser_core.plots.live_view import live_prediction
from ser_core.types import FloatArray, Seconds
from ui.components.live_microphone import BLOCK, RATE, Message
from ui.views.live.computer_microphone import TIMEOUT, ComputerMicrophone, SentBlocks

KEPT_SECONDS: Seconds = 180.0
MOST_PREDICTIONS = 600  # kept for a browser that does not answer; two minutes of windows

_TIMED_OUT = (
    f"Expected this page to ask for sound five times a second; it did not for {TIMEOUT:.0f} s, as happens to a page in "
    "the background, and the microphone was closed. Keep the page in front, and try again."
)


@dataclass(frozen=True)
class SessionModel:
    """The model of a live session.

    Attributes:
        key: identifies the model.
        reader: the model itself.
        map: places embeddings among the known utterances; ``None`` if the model has none.
    """

    key: str
    reader: Reader
    map: PcaMap | None


class LiveSession:
    """Sound and predictions since a visitor pressed *Start listening*.

    Attributes:
        name: chosen by the browser.
        stopped: whether the visitor has ended the session.
        trouble: why this computer's microphone cannot be used, ``what`` and ``advice``.
        kept: under which name the voice was kept that was learned, in a sentence; empty before.
    """

    def __init__(self, name: str, model: SessionModel, *, first: int = 0) -> None:
        """Start empty; ``first`` is the number of the next block."""
        self.name = name
        self.stopped = False
        self.trouble: dict[str, str] | None = None
        self.kept = ""
        self._lost = 0
        self._next = self._first = first
        self._sound = RingBuffer(round(KEPT_SECONDS * RATE))
        self._sent = SentBlocks()
        self._microphone: ComputerMicrophone | None = None
        self._overloads = 0  # of microphones that are closed now
        self._last: Message | None = None
        self._learns = False
        self.use_model(model)

    def use_model(self, model: SessionModel) -> None:
        """Judge the sound from now on with a model; it starts without earlier sound."""
        self._model = model
        self._listener = LiveListener(model.reader)
        self._learn_if_allowed()
        self._began = self._first * BLOCK / RATE + self.seconds
        self._predictions: deque[dict[str, Any]] = deque(maxlen=MOST_PREDICTIONS)
        self._count = 0  # predictions so far; the newest are kept

    def _learn_if_allowed(self) -> None:
        """Learn the voice that speaks, or forget it; a model that is corrected for another voice learns none."""
        if self._learns and self._model.reader.voice is None:
            self._listener.learn_voice()
        else:
            self._listener.forget_voice()

    @property
    def learned(self) -> VoiceLearner | None:
        """What was learned of the voice; ``None`` where nothing was, or it may not be."""
        learner = self._listener.learner
        return learner if learner is not None and learner.clips else None

    @property
    def model_key(self) -> str:
        """Key of the present model."""
        return self._model.key

    def take(self, message: Message) -> None:
        """Add the blocks of a message. Blocks that came before are ignored; missing ones become a gap."""
        self._last = message
        if message.learn is not None and message.learn != self._learns:
            self._learns = message.learn
            self._learn_if_allowed()
        self.stopped = message.act == "stop"
        missing = message.first - self._next
        if missing > 0 and message.blocks:
            self._add_gap(missing * BLOCK)
            self._next += missing
        new = message.blocks[max(0, -missing) :]
        if new:
            self._add(np.concatenate(new))
            self._next += len(new)
        if self.stopped:
            self.close()
            self._store(self._listener.finish())

    def read_computer_microphone(self, device: int | None) -> None:
        """Add the sound of this computer's microphone since the last call; open it if necessary.

        Args:
            device: number of the microphone; ``None`` for the system's default.
        """
        self.trouble = None
        try:
            if self._microphone is not None and not self._microphone.is_open:
                raise MicrophoneError(_TIMED_OUT)
            if self._microphone is None or self._microphone.number != device:
                self.close()
                self._microphone = ComputerMicrophone(device, RATE)
            samples, lost = self._microphone.take()
        except MicrophoneLostError as error:
            self._end(f"{error} Then press “Try again”: listening continues from there.")
            return
        except MicrophoneError as error:
            self._end(str(error))
            return
        if lost:
            self._add_gap(round(lost * RATE))
        if len(samples):
            self._add(samples)
            self._sent.add(to_base64(to_pcm16(samples)))

    def _end(self, advice: str) -> None:
        self.close()
        self.trouble = {"what": "This computer's microphone cannot be used.", "advice": advice}

    def close(self) -> None:
        """Close this computer's microphone, if it is open."""
        if self._microphone is not None:
            self._overloads += self._microphone.overloads
            self._microphone.close()
            self._microphone = None

    def answer(self) -> dict[str, Any] | None:
        """Return what the browser has not received yet; ``None`` before its first message."""
        message = self._last
        if message is None:
            return None
        seen = message.seen if message.model == self._model.key else 0
        oldest = self._count - len(self._predictions)
        first = min(max(seen, oldest), self._count)
        counters = self._listener.counters
        block, blocks = self._sent.since(message.arrived)
        return {
            "session": self.name,
            "number": message.number,
            "act": message.act,
            "next": self._next,
            "model": self._model.key,
            "first": first,
            "predictions": list(self._predictions)[first - oldest :],
            "sound": {"first": block, "blocks": blocks},
            "counted": {
                "lost": self.lost,
                "skipped": counters.skipped,
                "milliseconds": counters.milliseconds_mean,
                "overloads": self._overloads + (self._microphone.overloads if self._microphone is not None else 0),
            },
            "voice": self._voice_described(),
            "trouble": self.trouble,
        }

    def _voice_described(self) -> dict[str, Any]:
        learner = self._listener.learner
        since = None if learner is None or learner.since is None else round(self._began + learner.since, 3)
        return {
            "learning": learner is not None,
            "since": since,
            "utterances": 0 if learner is None else len(learner.clips),
            "seconds": 0.0 if learner is None else round(learner.seconds, 1),
            "enough": learner is not None and learner.has_enough,
        }

    def recording(self) -> FloatArray:
        """Return the kept sound, float32, shape ``(N,)``, at :data:`RATE`; lost blocks are silent."""
        return self._sound.between(self._sound.start, self._sound.end)

    def delete(self) -> None:
        """Delete the sound and what was learned of the voice; predictions stay until the visitor leaves."""
        self._learns = False
        self._listener.forget_voice()
        self._sound.clear()
        self._sent = SentBlocks()

    @property
    def deleted(self) -> bool:
        """Whether no sound is kept."""
        return self._sound.start == self._sound.end

    @property
    def seconds(self) -> Seconds:
        """Length of the session, including sound that is no longer kept."""
        return self._sound.end / RATE

    @property
    def lost(self) -> int:
        """Number of blocks of 200 ms that were lost."""
        return round(self._lost / BLOCK)

    def _add(self, samples: FloatArray) -> None:
        self._sound.append(samples)
        self._store(self._listener.feed(samples, RATE))

    def _add_gap(self, samples: int) -> None:
        """Add a gap for lost samples; it is silent in the recording."""
        self._lost += samples
        silent = min(samples, self._sound.capacity)
        if samples > silent:
            self._sound.skip(samples - silent)
        self._sound.append(np.zeros(silent, dtype=np.float32))
        self._store(self._listener.gap(samples / RATE))

    def _store(self, predictions: Sequence[LivePrediction]) -> None:
        for prediction in predictions:
            self._predictions.append(live_prediction(prediction, began=self._began, place=self._place(prediction)))
        self._count += len(predictions)

    def _place(self, prediction: LivePrediction) -> FloatArray | None:
        if self._model.map is None or prediction.embedding is None:
            return None
        place: FloatArray = self._model.map.place(prediction.embedding)[0]
        return place
