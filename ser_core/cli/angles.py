"""``angles``: the table of angles between class directions, and within classes on the diagonal."""

import json
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from ser_core.cli.class_column import LABEL_HELP, label_among
from ser_core.cli.inputs import require_other_files
from ser_core.cli.streams import say
from ser_core.embeddings.opening import open_space
from ser_core.embeddings.space import TRAINING, WHOLE, Space
from ser_core.errors import InputError, UnusableVectorsError
from ser_core.geometry.angles import class_angle_matrix, class_directions
from ser_core.geometry.intervals import LabelledVectors, class_angle_intervals
from ser_core.storage import require_writable, write_text_atomically
from ser_core.types import FloatArray

VERSION = 1
TEST = "test"
OPTION = "--leave-out"
REPLICATES = 1000


def angles(
    file: Annotated[Path, typer.Argument(help="Vectors: .parquet, .npy, .npz, .csv or .tsv.")],
    *,
    metadata: Annotated[
        Path | None, typer.Option(help="Metadata of the rows of an array or .tsv: .csv, .tsv or .parquet.")
    ] = None,
    out: Annotated[Path, typer.Option(help="JSON file to write.")],
    split: Annotated[
        str | None, typer.Option(help="Whose angles: train, development, test. By default test, or the only one.")
    ] = None,
    label: Annotated[str, typer.Option(help=LABEL_HELP)] = "",
    leave_out: Annotated[bool, typer.Option(OPTION, help="Leave out rows that cannot be used.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap by speaker.")] = 0,
) -> None:
    """Measure the angles between emotions or other classes, and how far each one's utterances lie from its direction.

    Directions come from the file's training rows; where it has none, from the split itself, and the result says so.
    """
    require_other_files([out], [file, metadata])
    require_writable(out)
    opened = _opened(file, metadata, label, leave_out=leave_out)
    parts = np.where(opened.has_value("split"), opened.column("split"), WHOLE)
    names = list(dict.fromkeys(parts.tolist()))
    chosen = _choose(split, names, file)
    source = TRAINING if TRAINING in names else chosen
    known = opened.select(parts == source)

    labels = known.classes
    part = opened.select(parts == chosen)
    judged = part.select(np.isin(part.column("emotion").astype(str), labels))
    if not len(judged):
        raise InputError(
            f"Expected utterances of {', '.join(labels)} in split {chosen}; got none. Choose another with --split."
        )
    _tell_what_is_unusual(chosen, source, left_out=len(part) - len(judged))
    training, own = _vectors(known), _vectors(judged)
    directions = class_directions(training.embeddings, training.labels, labels)
    matrix = class_angle_matrix(own.embeddings, own.labels, directions, labels)
    emotions = own.labels

    bounds: FloatArray = np.full((*matrix.shape, 2), np.nan)
    unspoken = own.unspoken + (0 if source == chosen else training.unspoken)
    if unspoken:
        say(
            f"Expected a speaker in every row; got {unspoken} rows without one. No intervals are given: add the column "
            "speaker, or name the speakers that are missing in it."
        )
    else:
        bounds = class_angle_intervals(
            training, None if source == chosen else own, labels, replicates=REPLICATES, seed=seed
        )
    result = {
        "version": VERSION,
        "labels": list(labels),
        "split": chosen,
        "directions_from": source,
        "matrix_degrees": _plain(matrix),
        "counts": [list(emotions).count(label) for label in labels],
        "intervals": _plain(bounds),
        "interval_level": 0.95,
        "replicates": REPLICATES,
        "speakers": len(set(judged.column("speaker")[judged.has_value("speaker")])),
        "seed": seed,
    }
    write_text_atomically(out, json.dumps(result, indent=2, allow_nan=False) + "\n")
    say(f"{out}: {len(labels)} classes, {len(judged)} utterances of {chosen}, directions from {source}.")


def _opened(file: Path, metadata: Path | None, label: str, *, leave_out: bool) -> Space:
    try:
        opened = open_space(file, metadata, leave_out=leave_out)
    except UnusableVectorsError as error:
        raise UnusableVectorsError(f"{error} Here: {OPTION}.", error.count) from error
    for note in opened.notes:
        say(note)
    opened = opened.classed_by(label_among(opened, label, file))
    if not opened.classes:
        raise InputError(
            f"Expected a column emotion that names the class of each row of {file.name}; there is none. Add it, name "
            "another column with --label, or write the file with `embed`."
        )
    unnamed = int((~opened.has_value("emotion")).sum())
    if unnamed:
        say(f"{unnamed} rows name no class; they are left out.")
    return opened.select(opened.has_value("emotion"))


def _choose(wanted: str | None, names: list[str], file: Path) -> str:
    if wanted in names:
        return str(wanted)
    if wanted is not None:
        raise InputError(f"Expected a split among {', '.join(names)} in {file}; got {wanted!r}. Choose one of these.")
    if TEST in names:
        return TEST
    if len(names) == 1:
        return names[0]
    raise InputError(
        f"Expected a split named test, or only one, in {file}; got {', '.join(names)}. Choose one with --split."
    )


def _vectors(space: Space) -> LabelledVectors:
    rows = zip(space.column("speaker").tolist(), space.has_value("speaker").tolist(), strict=True)
    speakers = [speaker if known else None for speaker, known in rows]
    return LabelledVectors(space.embeddings.astype(np.float64), space.column("emotion").tolist(), speakers)


def _tell_what_is_unusual(chosen: str, source: str, *, left_out: int) -> None:
    if source != TRAINING:
        say(f"No training rows: the directions come from {chosen} itself, which makes angles within classes smaller.")
    if left_out:
        say(f"{left_out} utterances of {chosen} have a class without a direction in {source}; they are left out.")


def _plain(values: FloatArray) -> Any:
    """Nested lists with None for unknown values, as JSON needs it."""
    rounded = np.round(values, 6).astype(object)
    rounded[~np.isfinite(values)] = None
    return rounded.tolist()
