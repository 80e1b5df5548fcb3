"""One visitor's listening: blocks come in by number, what is missing is counted, answers go out by number."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ser_core.audio.pcm import to_base64, to_pcm16
from ser_core.errors import MicrophoneError, MicrophoneLostError
from ser_core.geometry.projection import PcaMap
from ser_core.inference import Reader
from ser_core.live import Listening, Moment
from ser_core.live.ring import Ring
from ser_core.plots.live_view import live_moment
from ser_core.types import FloatArray, Seconds
from ui.components.live_microphone import BLOCK, RATE, Message
from ui.views.live.ear import GONE, Ear, Heard

KEPT_SECONDS: Seconds = 180.0
MOMENTS = 600  # that wait for a browser which is not answering; two minutes of windows

_GIVEN_BACK = (
    f"Expected this page to ask for sound five times a second; it was silent for {GONE:.0f} s, as a page in the "
    "background can be, and the microphone was given back. Keep the page in front, and try again."
)


@dataclass(frozen=True)
class Judge:
    """The model that reads what is heard.

    Attributes:
        key: changes with the model.
        reader: the model itself.
        map: places embeddings among the known utterances; ``None`` where the model knows none.
    """

    key: str
    reader: Reader
    map: PcaMap | None


class Hearing:
    """What was heard since a visitor pressed the button.

    Attributes:
        name: that the browser gave it.
        stopped: whether the visitor has ended it.
        trouble: why this computer's microphone cannot be heard, ``what`` and ``advice``.
    """

    def __init__(self, name: str, judge: Judge, *, first: int = 0) -> None:
        """Begin with nothing heard; ``first`` is the number of the block that is expected."""
        self.name = name
        self.stopped = False
        self.trouble: dict[str, str] | None = None
        self._lost = 0
        self._next = self._first = first
        self._sound = Ring(round(KEPT_SECONDS * RATE))
        self._sent = Heard()
        self._ear: Ear | None = None
        self._overloads = 0  # of microphones that were closed
        self._last: Message | None = None
        self.judge_by(judge)

    def judge_by(self, judge: Judge) -> None:
        """Let a model read what comes from now on; another one than before begins with nothing heard."""
        self._judge = judge
        self._listening = Listening(judge.reader)
        self._began = self._first * BLOCK / RATE + self.seconds
        self._moments: deque[dict[str, Any]] = deque(maxlen=MOMENTS)
        self._count = 0  # moments so far, of which the newest are kept

    @property
    def judge_key(self) -> str:
        """The model that reads now."""
        return self._judge.key

    def take(self, message: Message) -> None:
        """Hear what a message brings. A block that came before is passed over; a hole is counted and told the model."""
        self._last = message
        self.stopped = message.act == "stop"
        missing = message.first - self._next
        if missing > 0 and message.blocks:
            self._pass_over(missing * BLOCK)
            self._next += missing
        fresh = message.blocks[max(0, -missing) :]
        if fresh:
            self._hear(np.concatenate(fresh))
            self._next += len(fresh)
        if self.stopped:
            self.close()
            self._note(self._listening.finish())

    def listen_here(self, device: int | None) -> None:
        """Hear what has come from this computer's microphone since the last time; open it if it is not.

        Args:
            device: number of the microphone.
        """
        self.trouble = None
        try:
            if self._ear is not None and not self._ear.is_open:
                raise MicrophoneError(_GIVEN_BACK)
            if self._ear is None or self._ear.number != device:
                self.close()
                self._ear = Ear(device, RATE)
            samples, lost = self._ear.take()
        except MicrophoneLostError as error:
            self._end(f"{error} Then press “Try again”: listening goes on from there.")
            return
        except MicrophoneError as error:
            self._end(str(error))
            return
        if lost:
            self._pass_over(round(lost * RATE))
        if len(samples):
            self._hear(samples)
            self._sent.add(to_base64(to_pcm16(samples)))

    def _end(self, advice: str) -> None:
        self.close()
        self.trouble = {"what": "This computer's microphone is not heard.", "advice": advice}

    def close(self) -> None:
        """Give this computer's microphone back, if it is held."""
        if self._ear is not None:
            self._overloads += self._ear.overloads
            self._ear.close()
            self._ear = None

    def answer(self) -> dict[str, Any] | None:
        """Say what the browser does not have yet; ``None`` before its first message."""
        message = self._last
        if message is None:
            return None
        seen = message.seen if message.model == self._judge.key else 0
        oldest = self._count - len(self._moments)
        first = min(max(seen, oldest), self._count)
        counters = self._listening.counters
        piece, pieces = self._sent.since(message.arrived)
        return {
            "hearing": self.name,
            "number": message.number,
            "act": message.act,
            "next": self._next,
            "model": self._judge.key,
            "first": first,
            "moments": list(self._moments)[first - oldest :],
            "sound": {"first": piece, "blocks": pieces},
            "counted": {
                "lost": self.lost,
                "skipped": counters.skipped,
                "milliseconds": counters.milliseconds_mean,
                "overloads": self._overloads + (self._ear.overloads if self._ear is not None else 0),
            },
            "trouble": self.trouble,
        }

    def recording(self) -> FloatArray:
        """Return what is kept of the sound, float32 at :data:`RATE`; silent where blocks were lost."""
        return self._sound.between(self._sound.start, self._sound.end)

    def delete(self) -> None:
        """Forget the sound; what the model has said of it stays until the visitor leaves."""
        self._sound.clear()
        self._sent = Heard()

    @property
    def deleted(self) -> bool:
        """Whether nothing is kept of what was heard."""
        return self._sound.start == self._sound.end

    @property
    def seconds(self) -> Seconds:
        """How much sound came, with that which is no longer kept."""
        return self._sound.end / RATE

    @property
    def lost(self) -> int:
        """Blocks of 200 ms that never came."""
        return round(self._lost / BLOCK)

    def _hear(self, samples: FloatArray) -> None:
        self._sound.append(samples)
        self._note(self._listening.feed(samples, RATE))

    def _pass_over(self, samples: int) -> None:
        """Count sound that was lost; it is silent in the recording."""
        self._lost += samples
        silent = min(samples, self._sound.capacity)
        if samples > silent:
            self._sound.skip(samples - silent)
        self._sound.append(np.zeros(silent, dtype=np.float32))
        self._note(self._listening.gap(samples / RATE))

    def _note(self, heard: Sequence[Moment]) -> None:
        for moment in heard:
            self._moments.append(live_moment(moment, began=self._began, place=self._place(moment)))
        self._count += len(heard)

    def _place(self, moment: Moment) -> FloatArray | None:
        if self._judge.map is None or moment.embedding is None:
            return None
        place: FloatArray = self._judge.map.place(moment.embedding)[0]
        return place
