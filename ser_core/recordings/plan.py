"""Recording plan: sentences × emotions × repetitions, in an order for each speaker."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ser_core.config import did_you_mean, fill, lookup, read_toml
from ser_core.corpora.manifest import Utterance
from ser_core.errors import ConfigError
from ser_core.labels import EMOTIONS
from ser_core.recordings.names import LONGEST_SENTENCE, LONGEST_WORD, one_line
from ser_core.seeding import stream
from ser_core.storage import write_text_atomically
from ser_core.tables import is_missing

SHUFFLED, IN_SEQUENCE = "shuffled", "in sequence"
ORDERS = {SHUFFLED: "shuffled by the seed", IN_SEQUENCE: "in sequence, emotion after emotion"}
MOST_PROMPTS = 20_000
# Everyday sentences that fit every emotion and name none, for users without their own.
SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "English": (
            "The letter is on the kitchen table.",
            "She comes home from work at seven.",
            "We left the car behind the station.",
            "There is another chair in the next room.",
            "He put the blue cup on the top shelf.",
            "I will call you again tomorrow evening.",
        ),
        "German": (
            "Der Brief liegt auf dem Küchentisch.",
            "Sie kommt um sieben von der Arbeit nach Hause.",
            "Wir haben das Auto hinter dem Bahnhof gelassen.",
            "Im Zimmer nebenan steht noch ein Stuhl.",
            "Er hat die blaue Tasse oben ins Regal gestellt.",
            "Ich rufe dich morgen Abend noch einmal an.",
        ),
    }
)


@dataclass(frozen=True)
class Emotion:
    """How a sentence is to be spoken: the word shown to the speaker, and the canonical emotion."""

    word: str
    label: str

    @property
    def shade(self) -> str | None:
        """The word if it differs from the label; stored in a manifest as ``intensity``."""
        return self.word if self.word != self.label else None


@dataclass(frozen=True)
class Prompt:
    """A sentence to be spoken once in an emotion; ``repetition`` counts from 1."""

    sentence: str
    emotion: Emotion
    repetition: int


@dataclass(frozen=True)
class RecordingPlan:
    """Prompts for each speaker of a corpus; validated on construction.

    Attributes:
        sentences: all different.
        emotions: canonical names, or ``OWN=EMOTION`` (``furious=angry``).
        repetitions: of every sentence in every emotion.
        order: a name in :data:`ORDERS`.
        seed: of the shuffled order.
    """

    sentences: tuple[str, ...] = SENTENCES["English"]
    emotions: tuple[str, ...] = ("neutral", "happy", "sad", "angry")
    repetitions: int = 1
    order: str = SHUFFLED
    seed: int = 0

    def __post_init__(self) -> None:
        """Check every value; raises ConfigError for an invalid one."""
        sentences = tuple(one_line(sentence, "a sentence", LONGEST_SENTENCE) for sentence in self.sentences)
        object.__setattr__(self, "sentences", sentences)
        _require_once("sentence", sentences)
        _require_once("emotion", [emotion_of(text).word for text in self.emotions])
        lookup("order", self.order, ORDERS)
        for name, value, low, high in (("repetitions", self.repetitions, 1, 100), ("seed", self.seed, 0, 2**31 - 1)):
            if not low <= value <= high:
                raise ConfigError(f"Expected {name} from {low} to {high}; got {value}. Correct that number.")
        if len(self) > MOST_PROMPTS:
            raise ConfigError(f"Expected at most {MOST_PROMPTS} prompts for a speaker; got {len(self)}. Take fewer.")

    def __len__(self) -> int:
        """Return the number of prompts per speaker."""
        return len(self.sentences) * len(self.emotions) * self.repetitions


def emotion_of(text: str) -> Emotion:
    """Parse a canonical emotion, or ``OWN=EMOTION`` for an own word and its canonical emotion.

    Raises:
        ConfigError: for another name; suggests the nearest one.

    Examples:
        >>> emotion_of("furious = angry")
        Emotion(word='furious', label='angry')
    """
    word, equals, label = (part.strip() for part in text.partition("="))
    label = label if equals else word
    if label not in EMOTIONS:
        raise ConfigError(
            f"Expected an emotion among {', '.join(EMOTIONS)}, or a word of your own with the one it counts as "
            f"(furious=angry, proud=other); got {text!r}.{did_you_mean(label, EMOTIONS)}"
        )
    if is_missing(word):  # as the row's intensity it would be read as a missing value
        raise ConfigError(
            f"Expected an emotion in words; got {word!r}, which stands for nothing in tables. Write another word."
        )
    return Emotion(one_line(word, "an emotion", LONGEST_WORD), label)


def prompts(plan: RecordingPlan, speaker: str) -> tuple[Prompt, ...]:
    """List the prompts for a speaker in order; repetitions come after all prompts were asked once.

    Shuffled orders differ between speakers.
    """
    emotions = [emotion_of(text) for text in plan.emotions]
    listed = []
    for repetition in range(1, plan.repetitions + 1):
        turn = [Prompt(sentence, emotion, repetition) for emotion in emotions for sentence in plan.sentences]
        if plan.order == SHUFFLED:
            places = stream(plan.seed, "prompts", speaker, repetition).permutation(len(turn))
            turn = [turn[place] for place in places]
        listed += turn
    return tuple(listed)


def open_prompts(asked: Iterable[Prompt], recorded: Iterable[Utterance]) -> tuple[Prompt, ...]:
    """Return a speaker's prompts without a recording, in order.

    Each recording answers one prompt with its sentence and emotion, even if the plan has changed since: recording can
    continue on another day without any stored progress.
    """
    answers = Counter((row.text, row.intensity or row.emotion) for row in recorded)
    remaining = []
    for prompt in asked:
        key = (prompt.sentence, prompt.emotion.word)
        if answers[key]:
            answers[key] -= 1
        else:
            remaining.append(prompt)
    return tuple(remaining)


def read_plan(path: Path) -> RecordingPlan:
    """Read a plan from TOML: ``sentences, emotions, repetitions, order, seed``, all optional.

    Raises:
        ConfigError: if it cannot be read, or a value is invalid.
    """
    return fill(RecordingPlan, read_toml(path))


def write_plan(plan: RecordingPlan, path: Path) -> None:
    """Write a plan as TOML; raises StorageError if it cannot be written."""
    import tomli_w

    write_text_atomically(path, tomli_w.dumps(dataclasses.asdict(plan)))


def _require_once(what: str, names: Sequence[str]) -> None:
    if not names:
        raise ConfigError(f"Expected at least one {what}; got none. Add one.")
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise ConfigError(f"Expected each {what} once; got {twice[0]!r} again. Delete one, or raise the repetitions.")
