"""Settings of windows and utterances in live speech."""

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
}


@dataclass(frozen=True)
class LiveSettings:
    """Settings of live predictions, in seconds.

    Attributes:
        window_seconds: length of the sliding window.
        hop_seconds: distance between windows.
        pause_seconds: silence after which an utterance has ended.
        longest_utterance_seconds: a longer utterance is judged in parts.
        patience_seconds: largest delay with which a window may be judged. If a window is older when its turn comes, all
            but the newest are skipped. Infinite patience judges every window, for recordings that are fed at once.
    """

    window_seconds: Seconds = 2.0
    hop_seconds: Seconds = 0.2
    pause_seconds: Seconds = 0.4
    longest_utterance_seconds: Seconds = 15.0
    patience_seconds: Seconds = 1.0

    def __post_init__(self) -> None:
        """Check each range, and that no sound lies between two windows."""
        for name, (low, high) in _RANGES.items():
            check_range(f"live.{name}", getattr(self, name), low, high)
        if self.hop_seconds > self.window_seconds:
            raise ConfigError(
                f"Expected live.hop_seconds of at most the window's {self.window_seconds:g}; got "
                f"{self.hop_seconds:g}. With a longer hop, speech between two windows would be left out."
            )
