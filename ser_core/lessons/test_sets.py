"""The same network tested on speakers it has heard and on others, seed by seed.

``python -m benchmarks.who_is_in_the_test_set`` writes the file that ships; the lesson draws its figures.
"""

from dataclasses import dataclass
from pathlib import Path

from ser_core.config import FileRecord
from ser_core.lessons.shipped import read_shipped

SHIPPED = Path(__file__).parent / "test_sets.json"


@dataclass(frozen=True)
class SpeakerScores(FileRecord):
    """One network on one corpus, under two protocols that differ in who is tested.

    Attributes:
        system: the network, in words.
        corpus: in words.
        emotions: how many are distinguished.
        heard_protocol: a name of :data:`ser_core.corpora.protocols.PROTOCOLS` that shares speakers between the parts.
        unheard_protocol: one that keeps them apart.
        heard: mean recall over the emotions on the test part of each seed, 0 to 1.
        unheard: likewise, for the same seeds.
        source: the command or files that the scores are from.
    """

    system: str
    corpus: str
    emotions: int
    heard_protocol: str
    unheard_protocol: str
    heard: tuple[float, ...]
    unheard: tuple[float, ...]
    source: str

    @property
    def chance(self) -> float:
        """Mean recall of guessing."""
        return 1 / self.emotions


@dataclass(frozen=True)
class SpeakersMeasured(FileRecord):
    """What the lesson shows.

    Attributes:
        version: of this form.
        scores: of every network and corpus.
    """

    version: int
    scores: tuple[SpeakerScores, ...]


def read_test_sets(path: Path = SHIPPED) -> SpeakersMeasured:
    """Read a file of :class:`SpeakersMeasured`.

    Raises:
        ConfigError: if it is missing or holds something else.
    """
    return read_shipped(SpeakersMeasured, path, "the scores on heard and unheard speakers")
