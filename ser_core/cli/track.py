"""``track``: the emotion of a long recording over time."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ser_core.cli.inputs import DEFAULT_MODEL, require_other_files
from ser_core.errors import ConfigError

if TYPE_CHECKING:
    from ser_core.jobs import Progress
    from ser_core.tracks import Track


def track(
    file: Annotated[Path, typer.Argument(help="Recording of up to three hours.")],
    *,
    checkpoint: Annotated[str, typer.Option(help="Name or folder of the model; see `checkpoints`.")] = DEFAULT_MODEL,
    voice: Annotated[str | None, typer.Option(help="Name of a voice made for this model; see `voice`.")] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option(help="File to write, by its ending: .csv, .txt (labels for Audacity) or .TextGrid; repeatable."),
    ] = None,
    minutes: Annotated[Path | None, typer.Option(help="CSV file to write: speech and emotions per minute.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    window: Annotated[float, typer.Option(help="Seconds of speech in one window.")] = 3.0,
    hop: Annotated[float, typer.Option(help="Seconds from one window to the next, at most.")] = 1.5,
    pause: Annotated[float, typer.Option(help="Seconds of quiet from which on it is silence.")] = 0.5,
) -> None:
    """Judge a long recording window by window; without --out and --json, print its segments."""
    from ser_core.config import lookup
    from ser_core.inference import Reader
    from ser_core.storage import require_writable, write_text_atomically
    from ser_core.tracks import TrackSettings, track_recording
    from ser_core.tracks.exports import EXPORTS, minutes_csv, record

    writers = {path: lookup("ending of --out", path.suffix, EXPORTS) for path in out or []}
    if minutes is not None:
        lookup("ending of --minutes", minutes.suffix, {".csv": minutes_csv})
        if minutes in writers:
            raise ConfigError(f"Expected different files for --out and --minutes; got {minutes} for both. Rename one.")
        writers[minutes] = minutes_csv
    require_other_files(writers, [file])
    for path in writers:
        require_writable(path)
    settings = TrackSettings(window, hop, pause)
    reader = Reader.load(checkpoint, voice=voice)
    found = track_recording(file, reader, settings, progress=_print_progress if sys.stderr.isatty() else None)
    for note in found.notes:
        typer.echo(note, err=True)
    for path, write in writers.items():
        write_text_atomically(path, write(found))
    if as_json:
        typer.echo(json.dumps(record(found), indent=2, allow_nan=False))  # ASCII: every name survives every terminal
    elif writers:
        for path in writers:
            typer.echo(str(path))
    else:
        _print(found)


def _print_progress(progress: "Progress") -> None:
    left = "" if progress.seconds_left is None else f", about {progress.seconds_left:.0f} s left"
    line = f"{progress.words}: {progress.share:4.0%}{left}"
    typer.echo(f"\r{line:<60}", err=True, nl=progress.share >= 1)


def _print(found: "Track") -> None:
    typer.echo("start\tend\tlabel")
    for one in found.segments:
        typer.echo(f"{one.start:.2f}\t{one.end:.2f}\t{one.label}")
