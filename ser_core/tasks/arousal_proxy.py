"""Arousal of played emotions by a published table: a proxy where nobody rated the speech.

It is ordinal: it tells that anger is more excited than boredom, and not by how much this sentence is. All clips of one
emotion and intensity have the same figure, whoever speaks and however well.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ser_core.config import FileRecord, lookup, read_toml
from ser_core.errors import ConfigError
from ser_core.labels import EMOTIONS

CALM, EXCITED = -1.0, 1.0  # the ends of the scale
_FILES: Mapping[str, Path] = {"russell-mehrabian-1977": Path(__file__).with_name("arousal_proxy.toml")}
TABLES = tuple(_FILES)


@dataclass(frozen=True)
class PublishedArousal(FileRecord):
    """A figure of the source: its word for the emotion, and the mean arousal it reports, −1 to 1."""

    term: str
    arousal: float


@dataclass(frozen=True)
class UnmovedEmotions(FileRecord):
    """Emotions that no intensity moves."""

    emotions: tuple[str, ...]


@dataclass(frozen=True)
class ArousalTable(FileRecord):
    """Arousal of emotions and intensities, −1 (calm) to 1 (excited).

    Attributes:
        title: author and year.
        published: emotion → figure of the source.
        chosen: emotion → our figure, where the source has none.
        steps: intensity → what it adds; our choice.
        unmoved: emotions to which intensities add nothing; our choice.
    """

    title: str
    citation: str
    url: str
    published: Mapping[str, PublishedArousal]
    chosen: Mapping[str, float]
    steps: Mapping[str, float]
    unmoved: UnmovedEmotions

    def __post_init__(self) -> None:
        """Check emotions and figures; raises ConfigError."""
        figures = {**self.chosen, **{name: figure.arousal for name, figure in self.published.items()}}
        for emotion in (*figures, *self.unmoved.emotions):
            lookup("emotion of a table of arousal", emotion, dict.fromkeys(EMOTIONS))
        for name, value in {**figures, **self.steps}.items():
            if not CALM <= value <= EXCITED:
                raise ConfigError(f"Expected a figure of {name} from -1 to 1 in a table of arousal; got {value:g}.")

    def arousal(self, emotion: str | None, intensity: str | None) -> float | None:
        """Return the figure of a played emotion; None for an emotion or an intensity that the table does not know.

        Speech without an intensity counts as played at the usual one.

        Examples:
            >>> table = arousal_table("russell-mehrabian-1977")
            >>> table.arousal("angry", None), table.arousal("sad", "strong"), table.arousal("other", None)
            (0.59, -0.07, None)
        """
        step = 0.0 if intensity is None else self.steps.get(intensity)
        figure = self.published.get(emotion or "")
        base = self.chosen.get(emotion or "") if figure is None else figure.arousal
        if base is None or step is None:
            return None
        moved = base if emotion in self.unmoved.emotions else base + step
        return round(min(EXCITED, max(CALM, moved)), 6)


@functools.cache
def arousal_table(name: str) -> ArousalTable:
    """Read a table by its name in :data:`TABLES`.

    Raises:
        ConfigError: if there is none of that name.
    """
    return ArousalTable.from_table(read_toml(lookup("table of arousal", name, _FILES)), name)
