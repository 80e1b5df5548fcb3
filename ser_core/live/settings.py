"""How live speech is cut: into windows, and into utterances."""

from collections.abc import Mapping
from dataclasses import dataclass

from ser_core.config import check_range
from ser_core.errors import ConfigError
from ser_core.types import Seconds

_RANGES: Mapping[str, tuple[float, float]] = {
    "window_seconds": (0.5, 10),
    "hop_seconds": (0.05, 5),
    "pause_seconds": (0.2, 5),
    "longest_utterance_seconds": (2, 60),
    "patience_seconds": (0, float("inf")),
    "trail_seconds": (1, 3_600),
}


@dataclass(frozen=True)
class ListeningSettings:
    """Settings of live listening, in seconds.

    Attributes:
        window_seconds: length of the sliding window that is read.
        hop_seconds: how far apart windows are.
        pause_seconds: of silence after which an utterance has ended.
        longest_utterance_seconds: a longer one is read in parts.
        patience_seconds: how much later than spoken a window may be read. If one is older when its turn comes, all but
            the newest are skipped. Infinite patience reads every window, for recordings fed at once.
        trail_seconds: how far back moments are kept.
    """

    window_seconds: Seconds = 2.0
    hop_seconds: Seconds = 0.2
    pause_seconds: Seconds = 0.4
    longest_utterance_seconds: Seconds = 15.0
    patience_seconds: Seconds = 1.0
    trail_seconds: Seconds = 60.0

    def __post_init__(self) -> None:
        """Check that each lies in its range, and that windows leave nothing out."""
        for name, (low, high) in _RANGES.items():
            check_range(f"live.{name}", getattr(self, name), low, high)
        if self.hop_seconds > self.window_seconds:
            raise ConfigError(
                f"Expected live.hop_seconds of at most the window's {self.window_seconds:g}; got "
                f"{self.hop_seconds:g}. With a longer hop, what is said between two windows would not be heard."
            )
