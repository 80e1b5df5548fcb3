"""``predict``: judge recordings."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ser_core.cli.streams import visible
from ser_core.errors import ConfigError, InputError, SerError
from ser_core.written_numbers import fixed

if TYPE_CHECKING:
    from ser_core.checkpoints.card import Card
    from ser_core.inference import EmotionPrediction, NotSpeech, RatingsPrediction, TextPrediction

_JUDGEMENTS = ("emotion", "probabilities", "angles_degrees", "inside_range")
_HEADINGS = ("file", "emotion", "probability", "angle", "notes")


def predict(
    *,
    files: Annotated[
        list[Path] | None, typer.Argument(help="Recordings: WAV, FLAC, OGG, MP3 and what else soundfile reads.")
    ] = None,
    checkpoint: Annotated[str, typer.Option(help="Name or folder of the model; see `checkpoints`.")],
    voice: Annotated[str | None, typer.Option(help="Name of a voice made for this model; see `voice`.")] = None,
    texts: Annotated[
        list[str] | None,
        typer.Option("--text", help="An English sentence, for a model of words such as `words`; may be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array on standard output.")] = False,
) -> None:
    """Judge recordings or sentences; one that cannot be judged is reported, the others go on, the exit status is 2."""
    if texts:
        _predict_texts(texts, checkpoint, files=files or [], voice=voice, as_json=as_json)
        return
    if not files:
        raise ConfigError('Expected recordings, or --text "…" for a model of words; got neither. Name a file.')
    from ser_core.audio.reading import read_audio
    from ser_core.inference import load_reader

    reader = load_reader(checkpoint, voice=voice)
    card = reader.checkpoint.card
    if not card.hears:
        raise InputError(
            f'Expected --text "…" with {card.name}, which rates sentences in writing and hears nothing; '
            "got recordings. Write the sentence, or choose a model of recordings: python -m ser_core checkpoints"
        )
    results: list[dict[str, Any]] = []
    for number, file in enumerate(files, start=1):
        if sys.stderr.isatty() and len(files) > 1:
            typer.echo(f"\r{number}/{len(files)}", err=True, nl=number == len(files))
        try:
            signal = read_audio(file, sample_rate=card.sample_rate)
            result = _judged(str(file), reader.read(signal, name=file.name), card)
            results.append(result if voice is None else {**result, "voice": voice})
        except SerError as error:
            message = " ".join(str(error).split())
            typer.echo(visible(f"{file}: {message}"), err=True)
            results.append({"file": str(file), "error": message})
    if as_json:
        typer.echo(json.dumps(results, indent=2, allow_nan=False))  # ASCII: every name survives every terminal
    else:
        judged = [result for result in results if "error" not in result]
        headings = _HEADINGS if card.labels else ("file", *card.definitions[0].columns, "notes")
        lines = [_line(result, card) for result in judged]
        for line in [headings, *lines] if judged else []:
            typer.echo("\t".join(line))
    if any("error" in result for result in results):
        raise typer.Exit(2)


def _predict_texts(texts: list[str], checkpoint: str, *, files: list[Path], voice: str | None, as_json: bool) -> None:
    from ser_core.inference import TextReader

    surplus = "recordings" if files else "--voice" if voice is not None else ""
    if surplus:
        raise ConfigError(f"Expected --text alone, without {surplus}; got both. Leave out one of them.")
    reader = TextReader.load(checkpoint)
    results: list[dict[str, Any]] = []
    for text in texts:
        try:
            results.append(_of_text(reader.read(text)))
        except SerError as error:
            message = " ".join(str(error).split())
            typer.echo(visible(f"{text[:40]!r}: {message}"), err=True)
            results.append({"text": text, "error": message})
    rated = [result for result in results if "error" not in result]
    if as_json:
        typer.echo(json.dumps(results, indent=2, allow_nan=False))
    elif rated:
        typer.echo("\t".join(("text", *rated[0]["ratings"], "notes")))
        for one in rated:
            figures = (fixed(value, 2) for value in one["ratings"].values())
            typer.echo(visible("\t".join((" ".join(one["text"].split()), *figures, " ".join(one["notes"])))))
    if len(rated) < len(results):
        raise typer.Exit(2)


def _of_text(prediction: "TextPrediction") -> dict[str, Any]:
    words = [{"word": one.word, "moved": dict(one.moved)} for one in prediction.words]
    return {
        "text": prediction.text,
        "ratings": dict(prediction.ratings),
        "words": words,
        "unknown": list(prediction.unknown),
        "notes": list(prediction.notes),
    }


def _judged(file: str, prediction: "EmotionPrediction | RatingsPrediction | NotSpeech", card: "Card") -> dict[str, Any]:
    from ser_core.inference import EmotionPrediction

    plain = {"duration_seconds": prediction.duration_seconds, "notes": list(prediction.notes)}
    if not prediction.speech:
        return {"file": file, "speech": False, **dict.fromkeys(_JUDGEMENTS if card.labels else ("ratings",)), **plain}
    if prediction.other_tasks:
        plain["other_tasks"] = prediction.other_tasks
    if isinstance(prediction, EmotionPrediction) and prediction.arousal is not None:
        plain["arousal"] = prediction.arousal.as_table()
    figures = _JUDGEMENTS if card.labels else ("ratings",)
    return {"file": file, "speech": True, **{name: getattr(prediction, name) for name in figures}, **plain}


def _line(result: dict[str, Any], card: "Card") -> tuple[str, ...]:
    notes = " ".join(result["notes"])
    if not result["speech"]:
        return (
            result["file"],
            "not speech",
            *[""] * (2 if card.labels else len(card.definitions[0].columns) - 1),
            notes,
        )
    if not card.labels:
        return (result["file"], *(fixed(value, 2) for value in result["ratings"].values()), notes)
    emotion = result["emotion"]
    outside = [] if result["inside_range"] else ["None of these: outside every emotion's range."]
    return (
        result["file"],
        emotion,
        f"{100 * result['probabilities'][emotion]:.0f} %",
        f"{result['angles_degrees'][emotion]:.1f}°",
        " ".join([*outside, *result["notes"]]),
    )
