"""``angles``: the table of angles between class directions, and within classes on the diagonal."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import typer

from ser_core.cli.streams import visible
from ser_core.errors import InputError
from ser_core.geometry.angles import class_angle_matrix, class_directions
from ser_core.geometry.intervals import SpokenVectors, class_angle_intervals
from ser_core.labels import in_order
from ser_core.paths import is_file
from ser_core.storage import require_writable, write_text_atomically
from ser_core.tables import cell_text
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

VERSION = 1
TRAIN, TEST, WHOLE = "train", "test", "all"
REPLICATES = 1000


def angles(
    file: Annotated[Path, typer.Argument(help="Parquet with the columns embedding and emotion, as `embed` writes it.")],
    out: Annotated[Path, typer.Option(help="JSON file to write.")],
    split: Annotated[
        str | None, typer.Option(help="Whose angles: train, development, test. By default test, or the only one.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap by speaker.")] = 0,
) -> None:
    """Measure the angles between emotions, and how far each emotion's utterances lie from their direction.

    Directions come from the file's training rows; where it has none, from the split itself, and the result says so.
    """
    require_writable(out)
    table = _read(file)
    names = table["split"].unique().tolist()
    chosen = _choose(split, names, file)
    part = table[table["split"] == chosen]
    source = TRAIN if TRAIN in names else chosen
    known = table[table["split"] == source]

    labels = in_order(known["emotion"].tolist())
    judged = part[part["emotion"].isin(labels).to_numpy(dtype=bool)]
    if not len(judged):
        raise InputError(
            f"Expected utterances of {', '.join(labels)} in split {chosen}; got none. Choose another with --split."
        )
    _tell_what_is_unusual(chosen, source, left_out=len(part) - len(judged))
    training, own = _vectors(known), _vectors(judged)
    directions = class_directions(training.embeddings, training.labels, labels)
    matrix = class_angle_matrix(own.embeddings, own.labels, directions, labels)
    emotions = judged["emotion"].tolist()

    bounds: FloatArray = np.full((*matrix.shape, 2), np.nan)
    unspoken = own.unspoken + (0 if source == chosen else training.unspoken)
    if unspoken:
        _say(
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
        "counts": [emotions.count(label) for label in labels],
        "intervals": _plain(bounds),
        "interval_level": 0.95,
        "replicates": REPLICATES,
        "speakers": int(judged["speaker"].nunique()),
        "seed": seed,
    }
    write_text_atomically(out, json.dumps(result, indent=2, allow_nan=False) + "\n")
    _say(f"{out}: {len(labels)} emotions, {len(judged)} utterances of {chosen}, directions from {source}.")


def _read(file: Path) -> "pandas.DataFrame":
    import pandas

    if not is_file(file):
        raise InputError(f"Expected a parquet file at {file}; there is none. Check the path, or make one with `embed`.")
    try:
        table = pandas.read_parquet(file)
    except (ValueError, OSError) as error:  # what pyarrow raises descends from these
        raise InputError(f"Expected parquet in {file}; got: {str(error).rstrip('.')}. Make it with `embed`.") from error
    missing = [column for column in ("embedding", "emotion") if column not in table]
    if missing or not len(table):
        raise InputError(
            f"Expected rows with the columns embedding and emotion in {file}; got {len(table)} rows, "
            f"without {' and '.join(missing) or 'nothing else amiss'}. Make it with `embed`."
        )
    if table["emotion"].isna().any() or table["embedding"].isna().any():
        raise InputError(f"Expected an emotion and an embedding in every row of {file}; got empty ones. Fill them in.")
    for column, filling in (("split", WHOLE), ("speaker", None)):
        if column not in table:
            table[column] = filling
    table["split"] = table["split"].astype(object).where(table["split"].notna(), WHOLE)
    for column in ("split", "emotion"):  # other programs write numbers there
        table[column] = table[column].map(str)
    return table


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


def _vectors(rows: "pandas.DataFrame") -> SpokenVectors:
    vectors = rows["embedding"].tolist()
    try:
        vectors = [np.asarray(vector, dtype=np.float64) for vector in vectors]
        if any(vector.ndim != 1 for vector in vectors):
            raise ValueError("single numbers, or lists of lists")
    except (TypeError, ValueError) as error:
        raise InputError(
            f"Expected a list of numbers in every row of the column embedding; got: {error}. Make it with `embed`."
        ) from error
    sizes = {len(vector) for vector in vectors}
    if len(sizes) > 1:
        raise InputError(
            f"Expected embeddings of one size; got {', '.join(map(str, sorted(sizes)))}. "
            "They come from different models: embed all of them with one checkpoint."
        )
    # Plain lists: Arrow-backed text cannot be indexed with arrays of integers.
    embeddings = np.array(vectors).reshape(len(vectors), -1)
    return SpokenVectors(embeddings, rows["emotion"].tolist(), [cell_text(name) or None for name in rows["speaker"]])


def _tell_what_is_unusual(chosen: str, source: str, *, left_out: int) -> None:
    if source != TRAIN:
        _say(f"No training rows: the directions come from {chosen} itself, which makes angles within classes smaller.")
    if left_out:
        _say(f"{left_out} utterances of {chosen} have an emotion without a direction in {source}; they are left out.")


def _plain(values: FloatArray) -> Any:
    """Nested lists with None where a value is not known, as JSON needs it."""
    rounded = np.round(values, 6).astype(object)
    rounded[~np.isfinite(values)] = None
    return rounded.tolist()


def _say(text: str) -> None:
    print(visible(text), file=sys.stderr)
