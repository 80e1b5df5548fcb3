"""What a few unlabelled clips of strangers change, measured corpus by corpus: the figures of the lesson's text.

``python -m benchmarks.unlabelled_clips`` writes the file that ships, with ``docs/strangers.md``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ser_core.config import FileRecord
from ser_core.corpora import CORPORA
from ser_core.lessons.shipped import read_shipped

SHIPPED = Path(__file__).parent / "strangers_measured.json"
VERSION = 1


@dataclass(frozen=True)
class StrangersHeard(FileRecord):
    """One model on one corpus that it was not trained on. All scores but the first are transductive.

    Attributes:
        checkpoint: name of the model.
        digest: of its weights.
        corpus: in words.
        utterances: that were judged.
        speakers: of them.
        chance: mean recall of guessing, 0 to 1.
        clips: numbers of unlabelled clips of each speaker, from 0.
        scores: mean recall over the emotions that corpus and model share, after each number, 0 to 1.
    """

    checkpoint: str
    digest: str
    corpus: str
    utterances: int
    speakers: int
    chance: float
    clips: tuple[int, ...]
    scores: tuple[float, ...]

    def after(self, clips: int) -> float:
        """Return the score after a number of clips; raises KeyError if it was not measured."""
        return dict(zip(self.clips, self.scores, strict=True))[clips]


@dataclass(frozen=True)
class StrangersMeasured(FileRecord):
    """Every model and corpus that was measured."""

    version: int
    heard: tuple[StrangersHeard, ...]

    def of_model(self, digest: str) -> list[StrangersHeard]:
        """Return what was measured with the weights of a digest."""
        return [one for one in self.heard if one.digest == digest]


def measured_of(contents: Iterable[Mapping[str, Any]]) -> StrangersMeasured:
    """Take the lesson's figures from the files of ``benchmarks.unlabelled_clips``."""
    heard = []
    for content in contents:
        for corpus in content["corpora"]:
            drawn = [row for row in corpus["rows"] if row["clips"]]
            heard.append(
                StrangersHeard(
                    checkpoint=content["checkpoint"],
                    digest=content["checkpoint_digest"],
                    corpus=CORPORA[corpus["corpus"]].title if corpus["corpus"] in CORPORA else corpus["corpus"],
                    utterances=corpus["utterances"],
                    speakers=corpus["speakers"],
                    chance=corpus["chance"],
                    clips=(0, *(row["clips"] for row in drawn)),
                    scores=(corpus["unadapted"]["uar_present"], *(row["after"] for row in drawn)),
                )
            )
    return StrangersMeasured(VERSION, tuple(heard))


def read_strangers(path: Path = SHIPPED) -> StrangersMeasured:
    """Read a file of :class:`StrangersMeasured`; raises ConfigError if it is missing or holds something else."""
    return read_shipped(StrangersMeasured, path, "the scores of strangers after unlabelled clips")
