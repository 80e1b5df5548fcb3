"""Speakers of a corpus and their agreements."""

import dataclasses
import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ser_core import plain_json
from ser_core.errors import ConfigError, CorpusError, reason_of
from ser_core.recordings.names import LONGEST_SPEAKER, one_line
from ser_core.storage import write_text_atomically

VERSION = 1
FILE = "speakers.json"
GENDERS = ("female", "male")
OLDEST = 130
LONGEST_LANGUAGE = 40
LONGEST_CONSENT = 5000

CONSENT: Mapping[str, str] = MappingProxyType(
    {
        "English": (
            "I speak these sentences of my own free will. My voice is recorded and kept on this computer, together "
            "with the name or pseudonym that I chose and with what I tell about myself. The recordings may be used to "
            "train and test programs that tell emotions from voices. Nobody passes them on without asking me. I can "
            "stop at any time, and I can have my recordings deleted."
        ),
        "German": (
            "Ich spreche diese Sätze freiwillig. Meine Stimme wird aufgenommen und auf diesem Computer aufbewahrt, "
            "zusammen mit dem Namen oder Pseudonym, das ich gewählt habe, und mit dem, was ich über mich angebe. Mit "
            "den Aufnahmen dürfen Programme trainiert und geprüft werden, die Gefühle in Stimmen erkennen. Niemand "
            "gibt sie weiter, ohne mich zu fragen. Ich kann jederzeit aufhören und meine Aufnahmen löschen lassen."
        ),
    }
)


@dataclass(frozen=True)
class Agreement:
    """A speaker's agreement to a consent text; ``date`` is ISO 8601 with time zone."""

    text: str
    date: str


@dataclass(frozen=True)
class Speaker:
    """A speaker, by name or pseudonym; unknown details are None; validated on construction.

    Attributes:
        gender: ``female`` or ``male``.
        age: in years.
        agreements: oldest first.
    """

    name: str
    gender: str | None = None
    age: int | None = None
    language: str | None = None
    agreements: tuple[Agreement, ...] = ()

    def __post_init__(self) -> None:
        """Check every value; raises ConfigError for an invalid one."""
        object.__setattr__(self, "name", one_line(self.name, "a speaker's name or pseudonym", LONGEST_SPEAKER))
        if self.language is not None:
            object.__setattr__(self, "language", one_line(self.language, "a language", LONGEST_LANGUAGE))
        if self.gender not in (None, *GENDERS):
            raise ConfigError(f"Expected a gender among {', '.join(GENDERS)}; got {self.gender!r}. Or leave it out.")
        if self.age is not None and not 0 <= self.age <= OLDEST:
            raise ConfigError(f"Expected an age from 0 to {OLDEST}; got {self.age}. Correct it, or leave it out.")

    def has_agreed_to(self, text: str) -> bool:
        """Return whether the speaker has agreed to this exact text."""
        return any(agreement.text == _tidy(text) for agreement in self.agreements)

    def agreeing_to(self, text: str) -> "Speaker":
        """Return the speaker with an agreement dated now; raises ConfigError if the text is empty or too long."""
        words = _tidy(text)
        if not 0 < len(words) <= LONGEST_CONSENT:
            raise ConfigError(
                f"Expected a consent text of 1 to {LONGEST_CONSENT} characters; got {len(words)}. "
                "Write what the speaker agrees to."
            )
        if self.has_agreed_to(words):
            return self
        now = datetime.datetime.now(datetime.UTC).astimezone().isoformat(timespec="seconds")
        return dataclasses.replace(self, agreements=(*self.agreements, Agreement(words, now)))


def consent_text(speakers: Mapping[str, Speaker], name: str) -> str:
    """Return the consent text for a speaker: the last they agreed to, else the newest of the corpus, else ours."""
    if name in speakers and speakers[name].agreements:
        return speakers[name].agreements[-1].text
    agreements = [agreement for speaker in speakers.values() for agreement in speaker.agreements]
    return max(agreements, key=lambda one: one.date).text if agreements else CONSENT["English"]


def read_speakers(folder: Path) -> dict[str, Speaker]:
    """Read the speakers of a corpus by name; empty if there are none yet; raises CorpusError if the file is damaged."""
    path = folder / FILE
    try:
        listed = [_speaker(entry) for entry in plain_json.read(path)["speakers"]]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ConfigError) as error:
        raise CorpusError(
            f"Expected the speakers and what they have agreed to in {path}; got: {reason_of(error)}. Put the file back "
            "from a copy or an export, or move it away and let every speaker agree again; the recordings are still "
            "there."
        ) from error
    return {speaker.name: speaker for speaker in listed}


def write_speakers(speakers: Sequence[Speaker], folder: Path) -> None:
    """Write the speakers of a corpus; raises StorageError if it cannot be written; an existing file is unchanged."""
    entries = [dataclasses.asdict(speaker) for speaker in speakers]
    text = json.dumps({"version": VERSION, "speakers": entries}, indent=2, ensure_ascii=False)
    write_text_atomically(folder / FILE, text + "\n")


def _speaker(entry: Mapping[str, Any]) -> Speaker:
    agreements = tuple(Agreement(str(one["text"]), str(one["date"])) for one in entry["agreements"])
    age = entry.get("age")
    details = {name: entry.get(name) for name in ("gender", "language")}
    return Speaker(str(entry["name"]), age=None if age is None else int(age), agreements=agreements, **details)


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())
