"""Live predictions from a microphone, across interruptions, until the caller stops."""

import time
from collections.abc import Callable, Iterator

from ser_core.errors import MicrophoneLostError
from ser_core.live.listener import LiveListener
from ser_core.live.microphone import Microphone
from ser_core.live.prediction import LivePrediction
from ser_core.types import Seconds

RETRY: Seconds = 1.0  # between two attempts to reopen a microphone that was lost


def follow(
    microphone: Microphone, listener: LiveListener, *, notify: Callable[[str], None]
) -> Iterator[list[LivePrediction]]:
    """Pass the sound of an open microphone to a listener; continue when a lost microphone is back.

    ``notify`` is called with a sentence for people when the microphone is lost, and when it is back. Yields new
    predictions, possibly none, several times a second, or every second while the microphone is lost, so that the caller
    can stop.
    """
    while True:
        try:
            captured = microphone.read()
        except MicrophoneLostError as error:
            notify(f"{error} Listening then continues by itself.")
            since = time.monotonic()
            yield listener.finish()
            while not microphone.reopen():
                time.sleep(RETRY)
                yield []
            yield listener.gap(time.monotonic() - since)
            notify(f"{microphone.device.name} is back.")
        else:
            before_gap = listener.gap(captured.lost_seconds) if captured.lost_seconds else []
            yield [*before_gap, *listener.feed(captured.samples, captured.sample_rate)]
