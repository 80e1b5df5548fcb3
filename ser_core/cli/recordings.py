"""``recordings``: list one's own corpora, relabel, delete, export and repair recordings."""

import contextlib
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ser_core.cli.streams import say
from ser_core.errors import ConfigError, CorpusError, InputError
from ser_core.written_numbers import counted

if TYPE_CHECKING:
    from ser_core.recordings import Collection

_HEADINGS = ("recording", "emotion", "speaker", "text")


def recordings(
    corpus: Annotated[str | None, typer.Argument(help="Name of the corpus; all of them by default.")] = None,
    *,
    relabel: Annotated[
        list[str] | None, typer.Option(help="RECORDING=EMOTION, or RECORDING=OWN=EMOTION; can be repeated.")
    ] = None,
    delete: Annotated[list[str] | None, typer.Option(help="RECORDING to delete for good; can be repeated.")] = None,
    delete_speaker: Annotated[str | None, typer.Option(help="Delete a speaker with everything, for good.")] = None,
    export: Annotated[Path | None, typer.Option(help="FILE.zip to write, with the manifest.")] = None,
    mend: Annotated[
        bool, typer.Option("--mend", help="Write a damaged list again; take out rows whose file is gone.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without being asked.")] = False,
) -> None:
    """List the recordings of a corpus of one's own, or change them."""
    from ser_core.recordings import Collection, collections, emotion_of
    from ser_core.recordings.export import export as write_zip

    wanted = {
        "--relabel": relabel,
        "--delete": delete,
        "--delete-speaker": delete_speaker,
        "--export": export,
        "--mend": mend,
    }
    named = [option for option, value in wanted.items() if value]
    if corpus is None:
        if named:
            raise ConfigError(
                f"Expected the name of a corpus with {named[0]}; got none. Write it after recordings, for example: "
                f"{next(iter(collections()), 'our-voices')}"
            )
        _list_all(collections())
        return
    collection = Collection(corpus)
    if not collection.present:
        raise CorpusError(
            f"Expected a corpus of your own among {', '.join(collections()) or 'none yet'}; got {corpus!r}. "
            f"Begin it with: python -m ser_core record {corpus} --speaker NAME"
        )
    if mend:
        _mend(collection)
    for change in relabel or []:
        file, equals, emotion = change.partition("=")
        if not equals:
            raise ConfigError(
                f"Expected RECORDING=EMOTION after --relabel; got {change!r}. Write for example {file}=sad"
            )
        changed = collection.relabel([file.strip()], emotion_of(emotion))
        say(f"{file.strip()}: {'relabelled' if changed else 'has that emotion already'}")
    if delete:
        _require_yes(f"Delete {len(delete)} of {corpus} for good, file and row?", yes=yes)
        say(f"{collection.delete(delete)} deleted")
    if delete_speaker is not None:
        _require_yes(f"Delete {delete_speaker} of {corpus} for good, with every recording?", yes=yes)
        say(f"{counted(collection.forget(delete_speaker), 'recording')} and the speaker deleted")
    if export is not None:
        say(f"{counted(write_zip(collection, export), 'recording')} exported")
        typer.echo(str(export))
    if not named:
        _list(collection)


def _list_all(names: list[str]) -> None:
    from ser_core.recordings import Collection

    if not names:
        say("No corpus of your own yet. Begin one with: python -m ser_core record NAME --speaker NAME")
    for name in names:
        try:
            rows = Collection(name).contents().rows
        except (ConfigError, CorpusError) as error:  # a folder that was named by hand, a damaged list
            say(f"{name}: {error}")
            continue
        speakers = len({row.speaker for row in rows})
        typer.echo(f"{name}\t{counted(len(rows), 'recording')}\t{counted(speakers, 'speaker')}")


def _list(collection: "Collection") -> None:
    contents = collection.contents()
    if contents.rows:
        typer.echo("\t".join(_HEADINGS))
    for row in contents.rows:
        emotion = row.emotion or "" if row.intensity is None else f"{row.intensity}={row.emotion}"
        typer.echo("\t".join([Path(row.file).stem, emotion, row.speaker, row.text or ""]))
    counts = Counter(row.emotion for row in contents.rows)
    listed = ", ".join(f"{emotion} {count}" for emotion, count in counts.items())
    say(f"{counted(len(contents.rows), 'recording')}. {listed}")
    if contents.missing:
        say(
            f"{len(contents.missing)} of them are gone from the folder: {', '.join(contents.missing[:3])}. Put them "
            f"back, or take their rows out with: python -m ser_core recordings {collection.name} --mend"
        )
    if contents.strays:
        say(f"Left alone, since they are none of these recordings: {', '.join(contents.strays[:3])}")
    say(f"Use the corpus as: --corpus {collection.manifest}")


def _mend(collection: "Collection") -> None:
    mended = False
    with contextlib.suppress(CorpusError):  # it can be read
        aside = collection.rebuild()
        say(f"The list is written again; the damaged one is kept as {aside.name}")
        mended = True
    dropped = collection.drop_missing()
    if dropped or not mended:
        say(f"{dropped} rows taken out whose file is gone" if dropped else "Nothing had to be mended")


def _require_yes(question: str, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise InputError(f"Expected an answer to: {question} There is no terminal to ask in. Add --yes to delete.")
    typer.confirm(question, abort=True, err=True)
