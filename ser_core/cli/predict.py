"""``predict``: judge recordings."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ser_core.cli.streams import visible
from ser_core.errors import SerError

if TYPE_CHECKING:
    from ser_core.inference import NotSpeech, Reading

_JUDGEMENTS = ("emotion", "probabilities", "angles_degrees", "inside_range")
_HEADINGS = ("file", "emotion", "probability", "angle", "notes")


def predict(
    *,
    files: Annotated[list[Path], typer.Argument(help="Recordings: WAV, FLAC, OGG, MP3 and what else soundfile reads.")],
    checkpoint: Annotated[str, typer.Option(help="Name or folder of the model; see `checkpoints`.")],
    voice: Annotated[str | None, typer.Option(help="Name of a voice made for this model; see `voice`.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array on standard output.")] = False,
) -> None:
    """Judge recordings; a file that cannot be judged is reported, the others continue, and the exit status is 2."""
    from ser_core.audio.reading import read_audio
    from ser_core.inference import Reader

    reader = Reader.load(checkpoint, voice=voice)
    results: list[dict[str, Any]] = []
    for number, file in enumerate(files, start=1):
        if sys.stderr.isatty() and len(files) > 1:
            typer.echo(f"\r{number}/{len(files)}", err=True, nl=number == len(files))
        try:
            signal = read_audio(file, sample_rate=reader.front_end.sample_rate)
            result = _judged(str(file), reader.read(signal, name=file.name))
            results.append(result if voice is None else {**result, "voice": voice})
        except SerError as error:
            message = " ".join(str(error).split())
            typer.echo(visible(f"{file}: {message}"), err=True)
            results.append({"file": str(file), "error": message})
    if as_json:
        typer.echo(json.dumps(results, indent=2, allow_nan=False))  # ASCII: every name survives every terminal
    else:
        judged = [result for result in results if "error" not in result]
        for line in [_HEADINGS, *map(_line, judged)] if judged else []:
            typer.echo("\t".join(line))
    if any("error" in result for result in results):
        raise typer.Exit(2)


def _judged(file: str, reading: "Reading | NotSpeech") -> dict[str, Any]:
    told = {"duration_seconds": reading.duration_seconds, "notes": list(reading.notes)}
    if not reading.speech:
        return {"file": file, "speech": False, **dict.fromkeys(_JUDGEMENTS), **told}
    return {
        "file": file,
        "speech": True,
        "emotion": reading.emotion,
        "probabilities": reading.probabilities,
        "angles_degrees": reading.angles_degrees,
        "inside_range": reading.inside_range,
        **told,
    }


def _line(result: dict[str, Any]) -> tuple[str, ...]:
    emotion = result["emotion"]
    if emotion is None:
        return (result["file"], "not speech", "", "", " ".join(result["notes"]))
    outside = [] if result["inside_range"] else ["None of these: outside every emotion's range."]
    return (
        result["file"],
        emotion,
        f"{100 * result['probabilities'][emotion]:.0f} %",
        f"{result['angles_degrees'][emotion]:.1f}°",
        " ".join([*outside, *result["notes"]]),
    )
