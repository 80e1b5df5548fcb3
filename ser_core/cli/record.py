"""``record``: a corpus of one's own, prompt after prompt, with this computer's microphone."""

import contextlib
import dataclasses
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ser_core.cli.keys import ENTER, Pressed, keys
from ser_core.cli.streams import say
from ser_core.errors import AudioError, ConfigError, InputError, MicrophoneError

if TYPE_CHECKING:
    from ser_core.recordings import Collection, Prompt, RecordingPlan, Take
    from ser_core.types import Seconds

_HOLDER = "the command `record`"
_REFUSED_IN_A_ROW = 3
_AGAIN = "Enter: record again   s: skip   q: quit"


def record(
    corpus: Annotated[str, typer.Argument(help="Name of the corpus in the workspace; a new one is begun.")],
    *,
    speaker: Annotated[str, typer.Option(help="Name or pseudonym of who speaks.")],
    plan: Annotated[
        Path | None, typer.Option(help="FILE.toml with sentences, emotions, repetitions, order, seed.")
    ] = None,
    sentences: Annotated[list[str] | None, typer.Option(help="A sentence; can be repeated.")] = None,
    emotions: Annotated[
        str | None, typer.Option(help="Separated by commas; own words as furious=angry. [default: the corpus's plan]")
    ] = None,
    repetitions: Annotated[int | None, typer.Option(help="Of each sentence in each emotion.")] = None,
    order: Annotated[str | None, typer.Option(help="shuffled or 'in sequence'.")] = None,
    seed: Annotated[int | None, typer.Option(help="Of the shuffled order.")] = None,
    gender: Annotated[str | None, typer.Option(help="female or male, if it is to be stored.")] = None,
    age: Annotated[int | None, typer.Option(help="In years, if it is to be stored.")] = None,
    language: Annotated[str | None, typer.Option(help="Spoken, if it is to be stored.")] = None,
    consent: Annotated[Path | None, typer.Option(help="FILE.txt that the speaker agrees to, in place of ours.")] = None,
    device: Annotated[int | None, typer.Option(help="Number of the microphone; see `listen --list-devices`.")] = None,
    countdown: Annotated[int, typer.Option(help="Seconds before each recording.", min=0, max=10)] = 3,
    seconds: Annotated[float, typer.Option(help="Length of each recording with --yes.", min=0.5, max=60)] = 5.0,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing: the speaker agrees, every take with speech is kept.")
    ] = False,
) -> None:
    """Record a corpus: prompt, countdown, level, cut to the speech, play, keep or record again."""
    from ser_core.recordings import Collection, Speaker, open_prompts, prompts

    collection = Collection(corpus)
    speaker = Speaker(speaker).name  # as it is kept, without surplus spaces
    chosen = _plan(collection, plan, sentences, emotions, repetitions, order, seed)
    with contextlib.nullcontext(None) if yes else keys() as pressed:
        _enter(collection, pressed, speaker, gender, age, language, consent)
        collection.save_plan(chosen)
        asked = prompts(chosen, speaker)
        still = open_prompts(asked, collection.contents().of(speaker))
        say(f"{collection.name}: {len(asked) - len(still)} of {len(asked)} prompts recorded, {len(still)} left.")
        session = _Session(collection, speaker, device, countdown, seconds, pressed)
        refused = session.run(still)
    say(f"{session.kept} kept. Use the corpus as: --corpus {collection.manifest}")
    if refused:
        raise typer.Exit(2)


class _Session:
    """Goes through prompts until none is left or the speaker has had enough."""

    def __init__(
        self,
        collection: "Collection",
        speaker: str,
        device: int | None,
        countdown: int,
        seconds: float,
        pressed: Pressed | None,
    ) -> None:
        self.collection = collection
        self.speaker = speaker
        self.device = device
        self.countdown = countdown
        self.seconds = seconds
        self.pressed = pressed
        self.kept = 0

    def run(self, still: "tuple[Prompt, ...]") -> int:
        """Return the number of prompts without a take.

        Raises:
            SerError: if the microphone or the disk fails, or several takes in a row hold no speech.
        """
        refused = in_a_row = 0
        for number, prompt in enumerate(still, start=1):
            say(f"\n{number} of {len(still)}   {prompt.emotion.word.upper()}\n\n    {prompt.sentence}\n")
            kept = self._alone(prompt) if self.pressed is None else self._asking(prompt, self.pressed)
            if kept is None:
                break
            in_a_row = 0 if kept else in_a_row + 1
            refused += not kept and self.pressed is None
            if self.pressed is None and in_a_row == _REFUSED_IN_A_ROW:
                raise AudioError(
                    f"Expected speech; got {in_a_row} recordings in a row without any that could be kept. "
                    "Check the microphone with: python -m ser_core listen"
                )
        return refused

    def _alone(self, prompt: "Prompt") -> bool:
        """Record once for a set time; keep a take with speech."""
        try:
            return self._keep(self._take(lambda _, elapsed: elapsed >= self.seconds), prompt)
        except AudioError as error:
            say(str(error))
            return False

    def _asking(self, prompt: "Prompt", pressed: Pressed) -> bool | None:
        """Record until the speaker is content; ``False`` where the prompt is passed over, ``None`` at the end."""
        say("Enter: record   s: skip   q: quit")
        while True:
            key = _one_of(pressed, f"{ENTER}sq")
            if key == "q":
                return None
            if key == "s":
                return False
            try:
                take = self._take(lambda keys, _: keys(0.0) == ENTER)
            except MicrophoneError as error:  # unplugged, or in use elsewhere
                say(f"{error}\n{_AGAIN}")
                continue
            answer = self._judged(take, prompt, pressed)
            if answer is not False:
                return answer

    def _judged(self, take: "Take", prompt: "Prompt", pressed: Pressed) -> bool | None:
        """Show the problems of a take; True if it was kept, False to record again, None to quit."""
        from ser_core.recordings import check_take

        try:
            found = check_take(take)
        except AudioError as error:
            say(f"{error}\n{_AGAIN}")
            return False
        say("\n".join([f"{found.end - found.start:.1f} s of speech; {found.level_line}", *found.warnings]))
        while True:
            say("k: keep   r: record again   p: play   q: quit")
            key = _one_of(pressed, "krpq")
            if key == "p":
                _play(take.cut(found.start, found.end))
            elif key == "k":
                return self._keep(take, prompt)
            elif key == "r":
                say("Enter: record   s: skip   q: quit")
                return False
            else:
                return None

    def _keep(self, take: "Take", prompt: "Prompt") -> bool:
        from ser_core.recordings import check_take

        found = check_take(take)
        row = self.collection.add(take.cut(found.start, found.end), prompt, self.speaker)
        self.kept += 1
        if self.pressed is None:
            say("\n".join([f"{found.end - found.start:.1f} s of speech; {found.level_line}", *found.warnings]))
        typer.echo("\t".join([row.file, prompt.emotion.word, prompt.sentence]))
        return True

    def _take(self, enough: "Callable[[Pressed, Seconds], bool]") -> "Take":
        """Count down, then listen until it is enough, with the level in a line that changes."""
        from ser_core.live.microphone import Microphone
        from ser_core.recordings import TakeRecorder
        from ser_core.recordings.takes import level_bar

        for left in range(self.countdown, 0, -1):
            _line(f"{left}…")
            time.sleep(1)
        capturing = TakeRecorder(Microphone(self.device, owner=_HOLDER))
        capturing.begin()
        try:
            begun = time.monotonic()
            pressed = self.pressed or _no_key
            while pressed(0.0) is not None:  # during the countdown: those keys meant something else
                pass
            stop = "" if self.pressed is None else "   Enter: stop"
            while capturing.is_recording and not enough(pressed, time.monotonic() - begun):
                _line(f"{level_bar(capturing.level)}  {capturing.seconds:.1f} s{stop}")
                time.sleep(0.1)
            return capturing.end()
        finally:
            capturing.drop()
            _line("")


def _plan(
    collection: "Collection",
    file: Path | None,
    sentences: list[str] | None,
    emotions: str | None,
    repetitions: int | None,
    order: str | None,
    seed: int | None,
) -> "RecordingPlan":
    """Change the corpus's plan, or that of a file, by the given options."""
    from ser_core.recordings import read_plan

    given: dict[str, Any] = {
        "sentences": tuple(sentences) if sentences else None,
        "emotions": tuple(one.strip() for one in emotions.split(",") if one.strip()) if emotions else None,
        "repetitions": repetitions,
        "order": order,
        "seed": seed,
    }
    base = collection.plan() if file is None else read_plan(file)
    return dataclasses.replace(base, **{name: value for name, value in given.items() if value is not None})


def _enter(
    collection: "Collection",
    pressed: Pressed | None,
    name: str,
    gender: str | None,
    age: int | None,
    language: str | None,
    consent: Path | None,
) -> None:
    """Let the speaker agree; one who has agreed to the same words before is not asked again."""
    from ser_core.recordings import Speaker
    from ser_core.recordings.speakers import consent_text

    speakers = collection.speakers()
    known = speakers.get(name, Speaker(name))
    details: dict[str, Any] = {"gender": gender, "age": age, "language": language}
    speaker = dataclasses.replace(known, **{what: value for what, value in details.items() if value is not None})
    text = consent_text(speakers, name) if consent is None else _read(consent)
    if not speaker.has_agreed_to(text):
        say(f"{text}\n")
        if pressed is None:
            say(f"{name} agrees (--yes).")
        else:
            say(f"{name}, do you agree? y: yes   n: no")
            if _one_of(pressed, "yn") == "n":
                raise ConfigError("Expected an agreement before the first recording; got none. Nothing is recorded.")
    collection.enter(speaker, text)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(f"Expected UTF-8 text in {path}; got: {error}. Check the path, or save it again.") from error


def _one_of(pressed: Pressed, wanted: str) -> str:
    while True:
        key = pressed(None)
        if key is not None and key in wanted:
            return key


def _play(take: "Take") -> None:
    from ser_core.live.devices import portaudio

    try:
        sounddevice = portaudio()
        sounddevice.play(take.samples, take.sample_rate, blocking=True)
    except MicrophoneError as error:
        say(str(error))
    except sounddevice.PortAudioError as error:
        say(f"Cannot be played here: {error}.")


def _no_key(timeout: "Seconds | None" = None) -> str | None:
    return None


def _line(text: str) -> None:
    """Change the present line of a terminal; do nothing elsewhere."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
