"""``voice``: adapt a model to one's own voice by a few clips; list, rename and delete voices."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ser_core.cli.streams import say
from ser_core.config import lookup
from ser_core.errors import ConfigError, VoiceError

if TYPE_CHECKING:
    from ser_core.audio.signal import Signal
    from ser_core.inference import Reader
    from ser_core.inference.own_voice import Change

_HEADINGS = ("clip", "spoken as", "before", "after", "angle before", "angle after")
_ACTIONS = {"make": None, "list": None, "rename": None, "delete": None}
_LISTED = ("voice", "model", "method", "made of")


def voice(
    action: Annotated[str, typer.Argument(help="make, list, rename or delete.")] = "list",
    name: Annotated[str | None, typer.Argument(help="Of the voice.")] = None,
    new_name: Annotated[str | None, typer.Argument(help="For rename.")] = None,
    *,
    checkpoint: Annotated[str | None, typer.Option(help="Name or folder of the model; see `checkpoints`.")] = None,
    clip: Annotated[
        list[str] | None, typer.Option(help="FILE:EMOTION, or FILE with --method unlabelled; repeatable.")
    ] = None,
    from_recordings: Annotated[str | None, typer.Option(help="Take the clips from this corpus of your own.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Whose takes, with --from-recordings.")] = None,
    method: Annotated[
        str,
        typer.Option(
            help="neutral: shift by the voice's neutral clips. few-shot: pull directions to all clips. "
            "unlabelled: shift by all clips, whatever the person felt, as far as they differ as emotions do."
        ),
    ] = "neutral",
    yes: Annotated[bool, typer.Option("--yes", help="Delete without being asked.")] = False,
) -> None:
    """Make a voice from clips and show its effect, clip by clip; list, rename or delete voices."""
    lookup("action", action, _ACTIONS)
    made_from = {"--checkpoint": checkpoint, "--clip": clip, "--from-recordings": from_recordings, "--speaker": speaker}
    surplus = [option for option, value in made_from.items() if value]
    if action != "make" and surplus:
        raise ConfigError(f"Expected {surplus[0]} only with make; got it with {action}. Leave it out.")
    if action != "list" and name is None:
        raise ConfigError(f"Expected the name of a voice after {action}; got none. Write: voice {action} NAME")
    if new_name is not None and action != "rename":
        raise ConfigError(f"Expected one name with {action}; got {new_name!r} too. Put quotation marks around a name.")
    if action == "make":
        _make(str(name), checkpoint, method, clip or [], from_recordings, speaker)
    elif action == "rename":
        _rename(str(name), new_name)
    elif action == "delete":
        _delete(str(name), yes=yes)
    else:
        _list()


def _make(
    name: str, checkpoint: str | None, method: str, clips: list[str], corpus: str | None, speaker: str | None
) -> None:
    from ser_core.audio.signal import SAMPLE_RATE
    from ser_core.audio.speech import speech_notes
    from ser_core.geometry.angles import unit
    from ser_core.inference import Reader
    from ser_core.inference.own_voice import before_and_after, clip_of, heard_as_spoken, make_voice
    from ser_core.voices import METHODS, UNLABELLED, alike_text, library, mixed_share
    from ser_core.voices.one_person import likeness, two_people_text, voice_vectors

    if checkpoint is None:
        raise ConfigError("Expected a model to make the voice for; got none. Add --checkpoint MODEL.")
    lookup("method", method, METHODS)
    library.require_place(name)
    reader = Reader.load(checkpoint)
    heard, signals = [], []
    for called, emotion, signal in [*_files(reader, clips, method), *_takes(reader, corpus, speaker)]:
        heard.append(clip_of(reader, signal, name=called, emotion=emotion))
        signals.append(signal)
        for note in (*signal.notes, *speech_notes(signal.samples, sample_rate=signal.sample_rate)):
            say(f"{called}: {note}")
    voice = make_voice(reader, name, method, heard)
    path = library.save_voice(voice)
    if signals and signals[0].sample_rate == SAMPLE_RATE:
        doubt = two_people_text(likeness(voice_vectors(signals)), [clip.name for clip in heard])
        if doubt:
            say(doubt)
    if method == UNLABELLED:
        alike = alike_text(mixed_share(reader.checkpoint, unit(voice.embeddings)))
        if alike:
            say(alike)
    typer.echo("\t".join(_HEADINGS))
    changes = before_and_after(reader, voice)
    for change in changes:
        typer.echo("\t".join(_line(change)))
    right = heard_as_spoken(changes)
    others = [change for change in changes if change.held_out]
    moved = sum(change.before.verdict != change.after.verdict for change in others)
    say(
        f"Heard as spoken: {right.before} of {right.of} before, {right.after} after, each judged by a voice made of "
        "the other clips. So few clips predict little about the next one."
        if right.of
        else f"Heard otherwise than before: {moved} of {len(others)}, each judged by a voice made of the other clips. "
        "Whether rightly is not known, since no emotion is stated."
        if others
        else "Too few clips to judge one by a voice that was made of others. Give three to five."
    )
    say(f"{voice.name} is kept in {path}. Use it with: --checkpoint {checkpoint} --voice {shlex.quote(voice.name)}")


def _files(reader: "Reader", clips: list[str], method: str) -> "list[tuple[str, str | None, Signal]]":
    from ser_core.audio.reading import read_audio
    from ser_core.labels import EMOTIONS
    from ser_core.voices import UNLABELLED

    found: list[tuple[str, str | None, Signal]] = []
    for text in clips:
        file, colon, emotion = text.rpartition(":")
        if method == UNLABELLED and emotion not in EMOTIONS:
            signal = read_audio(text, sample_rate=reader.front_end.sample_rate)
            found.append((Path(text).name, None, signal))
            continue
        if not colon or not file:
            raise ConfigError(
                f"Expected FILE:EMOTION after --clip; got {text!r}. Write for example {text.strip(':')}:neutral"
            )
        lookup("emotion", emotion, dict.fromkeys(EMOTIONS))
        found.append((Path(file).name, emotion, read_audio(file, sample_rate=reader.front_end.sample_rate)))
    return found


def _takes(reader: "Reader", corpus: str | None, speaker: str | None) -> "list[tuple[str, str | None, Signal]]":
    from ser_core.audio.reading import read_audio
    from ser_core.recordings import Collection, collections
    from ser_core.voices.takes import takes_of

    if corpus is None and speaker is None:
        return []
    if corpus is None or speaker is None:
        raise ConfigError("Expected --from-recordings and --speaker together; got one of them. Add the other.")
    collection = Collection(corpus)
    if not collection.present:
        raise ConfigError(
            f"Expected a corpus of your own among {', '.join(collections()) or 'none yet'}; got {corpus!r}. "
            f"Begin it with: python -m ser_core record {corpus} --speaker {speaker}"
        )
    takes = takes_of(collection, speaker, reader.labels)
    for note in takes.notes:
        say(note)
    rate = reader.front_end.sample_rate
    return [
        (Path(row.file).name, row.emotion, read_audio(collection.path(row), sample_rate=rate)) for row in takes.rows
    ]


def _line(change: "Change") -> tuple[str, ...]:
    from ser_core.voices import NOT_STATED

    emotion = change.clip.emotion
    readings = (change.before, change.after)
    angles = ["–" if emotion is None else f"{reading.angles_degrees[emotion]:.1f}°" for reading in readings]
    return (
        change.clip.name,
        emotion or NOT_STATED,
        change.before.verdict,
        change.after.verdict + ("" if change.held_out else " (made from this clip)"),
        *angles,
    )


def _list() -> None:
    from ser_core.voices import library, made_of

    good, damaged = library.saved_voices()
    for path, reason in damaged:
        say(f"{path.name}: {reason}")
    if not good:
        say("No voice yet. Make one with: python -m ser_core voice make NAME --checkpoint MODEL --clip FILE:EMOTION")
        return
    typer.echo("\t".join(_LISTED))
    for one in good:
        voice = one.voice
        typer.echo("\t".join([voice.name, voice.checkpoint, voice.method, made_of(voice)]))


def _rename(name: str, new_name: str | None) -> None:
    from ser_core.voices import library

    if new_name is None:
        raise ConfigError("Expected a new name after the old one; got none. Write: voice rename NAME NEW_NAME")
    library.rename(library.file_of(name), new_name)
    say(f"{name} is called {new_name} now")


def _delete(name: str, *, yes: bool) -> None:
    from ser_core.voices import library

    path = library.file_of(name)
    if not yes:
        if not sys.stdin.isatty():
            raise VoiceError(f"Expected an answer whether {name} is to be deleted; there is no terminal. Add --yes.")
        typer.confirm(f"Delete the voice {name} for good?", abort=True, err=True)
    library.delete(path)
    say(f"{name} deleted")
