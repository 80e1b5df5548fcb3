"""Published scores with their conditions."""

from dataclasses import dataclass
from typing import Literal

from ser_core.config import lookup
from ser_core.corpora import CORPORA, MAPPINGS
from ser_core.corpora.protocols import PROTOCOLS
from ser_core.errors import ConfigError

NOT_STATED = "not stated"


@dataclass(frozen=True)
class Replication:
    """Options of ``evaluate`` that repeat a published measurement.

    Attributes:
        corpus: a name of :data:`ser_core.corpora.CORPORA`.
        protocol: a name of :data:`ser_core.corpora.protocols.PROTOCOLS`: the nearest to the source's division.
        mapping: a name of :data:`ser_core.corpora.MAPPINGS`, where the source merges or leaves out emotions.
    """

    corpus: str
    protocol: str
    mapping: str = ""

    def __post_init__(self) -> None:
        """Check that each name exists."""
        lookup("corpus in [published.repeat]", self.corpus, CORPORA)
        lookup("protocol in [published.repeat]", self.protocol, PROTOCOLS)
        if self.mapping:
            lookup("mapping in [published.repeat]", self.mapping, MAPPINGS)


@dataclass(frozen=True)
class PublishedFigure:
    """Published score; unknown conditions are ``not stated``.

    Attributes:
        system: which system or setting it belongs to, in the source's words.
        metric: ``UA`` (mean recall of the emotions) or ``WA`` (share of all utterances).
        percent: from 0 to 100.
        place: where in the source it stands.
        called: the source's own name for the score.
        corpus: on which it was obtained.
        emotions: classes that were distinguished.
        protocol: how training and test were divided, and what was averaged.
        speakers: whether test speakers were ``heard`` in training, or ``not heard``.
        note: what a reader has to know besides.
        settings: ``key.path=value`` assignments that make the recipe that system; none if it is the recipe as it ships.
        cited: the other work whose system it is, where the source compares itself with others; empty for its own.
        repeat: how the same question is asked here; nothing where the source says too little for that.
    """

    system: str
    metric: Literal["UA", "WA"]
    percent: float
    place: str
    called: str = NOT_STATED
    corpus: str = NOT_STATED
    emotions: str = NOT_STATED
    protocol: str = NOT_STATED
    speakers: Literal["heard", "not heard", "not stated"] = "not stated"
    note: str = ""
    settings: tuple[str, ...] = ()
    cited: str = ""
    repeat: Replication | None = None

    def __post_init__(self) -> None:
        """Check values beyond their types."""
        if not 0 <= self.percent <= 100:
            raise ConfigError(
                f"Expected a published figure from 0 to 100 %; got {self.percent:g}. Correct [[published]]."
            )
        texts = ("system", "place", "called", "corpus", "emotions", "protocol")
        empty = [name for name in texts if not getattr(self, name).strip()]
        if empty:
            raise ConfigError(
                f"Expected words for {', '.join(empty)} of the published figure {self.percent:g} %; got none. "
                f'Write what the source says, or "{NOT_STATED}".'
            )

    @property
    def score(self) -> str:
        """The score as text.

        Examples:
            >>> PublishedFigure("ours", "UA", 56.3, "table 3").score
            'UA 56.30 %'
        """
        return f"{self.metric} {self.percent:.2f} %"

    def text(self) -> str:
        """Describe the score with its conditions in one line."""
        speakers = {"not stated": "whether speakers are heard in training: not stated"}
        parts = [
            f"{self.system} of {self.cited}" if self.cited else self.system,
            f"corpus: {self.corpus}",
            f"emotions: {self.emotions}",
            f"protocol: {self.protocol}",
            speakers.get(self.speakers, f"speakers {self.speakers} in training"),
            f"called: {self.called}",
        ]
        return f"{self.score} ({'; '.join(parts)}{'; ' + self.note if self.note else ''})"
