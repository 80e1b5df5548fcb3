"""How excited a recording sounds to a model, with an interval; learned from a proxy for ratings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ser_core.checkpoints.card import Card
from ser_core.tasks.arousal_proxy import CALM, EXCITED
from ser_core.types import FloatArray

_WORDS = ((-0.6, "very calm"), (-0.2, "calm"), (0.2, "in between"), (0.6, "excited"))
_ABOVE = "very excited"


@dataclass(frozen=True)
class HeardArousal:
    """Arousal of one recording, −1 (calm) to 1 (excited).

    Attributes:
        value: as predicted.
        low: end of the interval, within the scale.
        high: other end.
        level: share of utterances whose proxy such intervals hold, of speakers like those that they were made from.
        table: the table of the proxy, ``ser_core.tasks.arousal_proxy.TABLES``.
    """

    value: float
    low: float
    high: float
    level: float
    table: str

    @property
    def in_words(self) -> str:
        """The value in a few words: the scale in fifths.

        Examples:
            >>> HeardArousal(-0.3, -0.7, 0.1, 0.9, "").in_words, HeardArousal(0.7, 0.2, 1, 0.9, "").in_words
            ('calm', 'very excited')
        """
        return next((words for end, words in _WORDS if self.value < end), _ABOVE)

    def as_table(self) -> dict[str, Any]:
        """Return it as JSON; see ``docs/contract.md``."""
        return {"value": self.value, "low": self.low, "high": self.high, "level": self.level, "proxy": self.table}


def heard_arousal(card: Card, heads: Mapping[str, FloatArray]) -> list[HeardArousal]:
    """Read arousal from the outputs of a model's heads, each ``(B, K)``; empty for a model that does not predict it."""
    task, interval = card.arousal_task, card.arousal_interval
    if task is None or interval is None:
        return []
    reach = interval.half_width
    return [
        HeardArousal(value, max(CALM, value - reach), min(EXCITED, value + reach), interval.level, task.table)
        for value in map(float, task.arousal(heads[task.name]))
    ]
