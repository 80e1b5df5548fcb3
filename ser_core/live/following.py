"""A microphone and a model together, until somebody ends it."""

import time
from collections.abc import Callable, Iterator

from ser_core.errors import MicrophoneLostError
from ser_core.live.listening import Listening
from ser_core.live.microphone import Microphone
from ser_core.live.moment import Moment
from ser_core.types import Seconds

RETRY: Seconds = 1.0  # between two attempts to open a microphone that went away


def follow(microphone: Microphone, listening: Listening, *, tell: Callable[[str], None]) -> Iterator[list[Moment]]:
    """Feed what comes from an open microphone to a model; go on when a microphone that went away is back.

    Args:
        microphone: within its ``with``.
        listening: what hears it.
        tell: given a sentence for people when the microphone goes away, and when it is back.

    Yields:
        The new moments, none of them at times; several times a second, or every second while the microphone is away, so
        that whoever takes them can end it.
    """
    while True:
        try:
            captured = microphone.read()
        except MicrophoneLostError as error:
            tell(f"{error} Listening then goes on by itself.")
            since = time.monotonic()
            yield listening.finish()
            while not microphone.reopen():
                time.sleep(RETRY)
                yield []
            yield listening.gap(time.monotonic() - since)
            tell(f"{microphone.device.name} is back.")
        else:
            before_gap = listening.gap(captured.lost_seconds) if captured.lost_seconds else []
            yield [*before_gap, *listening.feed(captured.samples, captured.sample_rate)]
