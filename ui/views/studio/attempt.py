"""Take that was just recorded, until it is saved or recorded again."""

import io
import threading
from dataclasses import dataclass, field

from ser_core.errors import SerError
from ser_core.recordings import Collection, Prompt, Take, TakeCheck, check_take
from ser_core.types import Seconds
from ui import cache, state
from ui.sound import SoundReference


@dataclass(frozen=True)
class Attempt:
    """Take with its judgement.

    Attributes:
        take: as it came.
        prompt: what was asked for.
        speaker: of whom.
        judgement: where its speech lies, and what is wrong.
        key: the same for the same sound.
        content: the take as a WAV file, to be drawn and played.
        kept: set once it is in the corpus; see :func:`keep`.
    """

    take: Take = field(repr=False)
    prompt: Prompt
    speaker: str
    judgement: TakeCheck
    key: str
    content: bytes = field(repr=False)
    kept: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)

    @property
    def good(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.judgement.warnings

    def sound(self, start: Seconds, end: Seconds) -> SoundReference:
        """Refer to a part of it."""
        return SoundReference(f"{self.key}|{start}|{end}", "this recording", content=self.content, start=start, end=end)


def attempt_of(corpus: Collection) -> Attempt | None:
    """Return the take that waits to be saved."""
    found: Attempt | None = state.recall(_name(corpus))
    if found is not None and found.kept.is_set():  # the run that has kept it was broken off before it could say so
        again(corpus)
        return None
    return found


def attempted(corpus: Collection, take: Take, prompt: Prompt, speaker: str) -> Attempt | None:
    """Judge a take; one that cannot be saved is dropped with its reason."""
    import soundfile

    again(corpus)
    try:
        judgement = check_take(take)
    except SerError as error:
        failed(corpus, error)
        return None
    file = io.BytesIO()
    soundfile.write(file, take.samples.clip(-1, 1), take.sample_rate, format="WAV", subtype="PCM_16")
    content = file.getvalue()
    made = Attempt(take, prompt, speaker, judgement, cache.digest(content), content)
    state.remember(_name(corpus), made)
    return made


def failed(corpus: Collection, error: SerError) -> None:
    """Remember why there is no take that could be kept; the prompt is shown again."""
    again(corpus)
    state.remember(_trouble(corpus), str(error))


def keep(corpus: Collection, attempt: Attempt, start: Seconds, end: Seconds) -> None:
    """Keep a part of a take; until that has succeeded, the take waits.

    A second press breaks off the run of the first at its next touch of the page's state, so that a take which is in the
    corpus already has to tell of it without one.

    Raises:
        SerError: if the part is none, or it cannot be written.
    """
    if not attempt.kept.is_set():
        corpus.add(attempt.take.cut(start, end), attempt.prompt, attempt.speaker)
        attempt.kept.set()
    cache.forget_corpora()
    again(corpus)


def again(corpus: Collection) -> None:
    """Drop the take: the prompt is recorded once more, or the next one is."""
    state.remember(_name(corpus), None)
    state.remember(_trouble(corpus), None)
    state.remember(_count(corpus), tried_again(corpus) + 1)


def tried_again(corpus: Collection) -> int:
    """Return a number that is another one for each attempt."""
    return int(state.recall(_count(corpus), 0))


def trouble_of(corpus: Collection) -> str | None:
    """Return why the last take could not be kept."""
    found: str | None = state.recall(_trouble(corpus))
    return found


def _name(corpus: Collection) -> str:
    return f"take for {corpus.name}"


def _trouble(corpus: Collection) -> str:
    return f"trouble with the take for {corpus.name}"


def _count(corpus: Collection) -> str:
    return f"attempts for {corpus.name}"
