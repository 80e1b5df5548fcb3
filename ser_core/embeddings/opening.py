"""Open a file of vectors as a space: names, columns and numbers are checked, interpretations are noted."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.corpora.headerless import note_on, with_header
from ser_core.corpora.table_cells import GENDERS, emotion_named, seconds_of
from ser_core.embeddings.column_mapping import AS_FOUND, ColumnMapping
from ser_core.embeddings.column_roles import find_roles, first_few, named_columns, renamed_emotion
from ser_core.embeddings.reading import VectorsOfFile, read_metadata, read_vectors
from ser_core.embeddings.reserved_columns import AS_TEXT, CLASSES, LABEL, NAMES, OF_UTTERANCES, OTHER_NAMES
from ser_core.embeddings.space import CLASS, FEWEST, NAME, Space
from ser_core.errors import EmbeddingError, UnusableVectorsError, shortened
from ser_core.geometry.table_reading import written_number
from ser_core.labels import EMOTIONS
from ser_core.paths import expanded
from ser_core.tables import Table, cell_text, identifier, is_missing, note_on_names
from ser_core.types import BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    import pandas

_SPLITS: Mapping[str, str] = MappingProxyType(
    {"dev": "development", "valid": "development", "validation": "development"}
)
_NAMED = frozenset({NAME, "speaker", "emotion"})  # of which every text is a name, also None and nan
_CODE = re.compile(r"[+-]?0\d")


def open_space(
    path: str | Path,
    metadata: str | Path | None = None,
    *,
    leave_out: bool = False,
    mapping: ColumnMapping = AS_FOUND,
) -> Space:
    """Open vectors that another program made.

    Args:
        path: see :func:`ser_core.embeddings.reading.read_vectors`.
        metadata: of the rows of ``.npy`` or ``.tsv``, in their order: ``.csv``, ``.tsv`` or ``.parquet``.
        leave_out: leave out rows that cannot be used, with a note, instead of refusing the file.
        mapping: which columns are what; what it leaves open is found by their names and values.

    Raises:
        UnusableVectorsError: if rows hold no finite numbers, have zero length, or bear a name that occurs before.
        EmbeddingError: if a file cannot be read, the two do not fit, or fewer than three rows are left.
    """
    path = expanded(path)
    read = read_vectors(path, mapping.vector)
    vectors, table = read.vectors, read.told
    if metadata is not None:
        if table is not None:
            refuse_second(metadata, path)
        table = beside(expanded(metadata), vectors, path)
    notes: list[str] = []
    frame = _frame(table, len(vectors), mapping, notes)
    keep = _usable(read, frame, path, notes, leave_out=leave_out)
    if len(keep) < FEWEST:
        raise EmbeddingError(
            f"Expected at least {FEWEST} vectors in {path.name}; got {len(keep)} that can be used. With fewer there is "
            "neither a map nor a neighbourhood: open a file with more."
        )
    if len(keep) < len(vectors):  # a copy, which is large where the vectors are very many
        frame, vectors = frame.iloc[keep].reset_index(drop=True), vectors[keep]
    space = Space(frame, vectors.astype(np.float32))
    return Space(space.frame, space.embeddings, notes=tuple(map(shortened, (*notes, *_remarks(space)))))


def refuse_second(metadata: str | Path, path: Path) -> None:
    """Reject a table beside a file that is a table itself.

    Raises:
        EmbeddingError: always.
    """
    raise EmbeddingError(
        f"Expected no second table beside {path.name}, which names its rows itself; got {Path(metadata).name}. Leave "
        "it out, or put its columns into the first."
    )


def beside(metadata: Path, vectors: FloatArray, path: Path) -> Table:
    """Read the table beside an array of vectors.

    Args:
        metadata: the table.
        vectors: shape ``(B, D)``.
        path: of their file, for messages.

    Raises:
        EmbeddingError: if it cannot be read, or has not one row for each vector.
    """
    rows = len(vectors)
    table = read_metadata(metadata, known={*NAMES, *CLASSES, *OTHER_NAMES, *AS_TEXT})
    if len(table) == rows - 1:
        listed = with_header(table, OF_UTTERANCES, lambda text: emotion_named(text) in EMOTIONS)
        if len(listed) == rows:
            return replace(listed, notes=(*listed.notes, note_on(listed)))
    if len(table) != rows:
        hint = " A metadata.tsv of one column has no header." if table.header == (LABEL,) else ""
        advice = "Take both from one export."
        if vectors.ndim == 2 and len(table) == vectors.shape[1]:
            advice = "The array has a column for each row of the table: save its transpose, array.T, with numpy.save."
        raise EmbeddingError(
            f"Expected as many rows in {metadata.name} as vectors in {path.name}; got {len(table)} and {rows}.{hint} "
            f"{advice}"
        )
    return table


# ------------------------------------------------------------------------------------------------ columns
def _frame(table: Table | None, rows: int, mapping: ColumnMapping, notes: list[str]) -> "pandas.DataFrame":
    import pandas

    columns = {} if table is None else named_columns(table, mapping, notes)
    notes += () if table is None else table.notes
    find_roles(columns, rows, mapping, notes)
    for name, values in columns.items():
        if name in ("start", "end"):
            columns[name] = _times(values)
        else:
            columns[name] = [_text(name, value) for value in values] if name in AS_TEXT else _numbers_or_text(values)
    if CLASS in columns:
        notes += note_on_names("class", columns[CLASS])
        columns[CLASS] = _emotions(columns[CLASS], notes, canonical=mapping.canonical)
    elif mapping.canonical and mapping.label in columns:
        columns[mapping.label] = _canonical(columns[mapping.label], notes)
    notes += note_on_names("speaker", columns.get("speaker", ()))
    if "gender" in columns:
        columns["gender"] = [GENDERS.get(str(value).lower(), value) if value else None for value in columns["gender"]]
    if "split" in columns:
        columns["split"] = [_SPLITS.get(value, value) if value else None for value in columns["split"]]
    present = [name for name in columns if name != NAME and any(value is not None for value in columns[name])]
    return pandas.DataFrame({name: _typed(columns[name]) for name in (NAME, *present)})


def _emotions(values: Sequence[str | None], notes: list[str], *, canonical: bool) -> list[str | None]:
    found = [value and emotion_named(value) for value in values] if canonical else list(values)
    own = sorted({name for name in found if name is not None} - set(EMOTIONS))
    if own:
        notes.append(f"Classes beside the twelve emotions, kept as they are: {first_few(own)}.")
    _note_names_read(values, found, notes)
    return found


def _canonical(values: Sequence[Any], notes: list[str]) -> list[Any]:
    """Read the emotions among the classes of another column, and keep the others as they are written."""
    found = [renamed_emotion(value) or value if isinstance(value, str) else value for value in values]
    _note_names_read(values, found, notes)
    return found


def _note_names_read(values: Sequence[Any], found: Sequence[Any], notes: list[str]) -> None:
    read = sorted({f"{old} → {new}" for old, new in zip(values, found, strict=True) if old and str(old).lower() != new})
    if read and values != found:
        notes.append(f"Emotion names read as: {first_few(read)}.")


def _text(name: str, value: Any) -> str | None:
    text = cell_text(value)
    if name in _NAMED:
        return identifier(text) or None
    return None if is_missing(text) else identifier(text)


def _numbers_or_text(values: Sequence[Any]) -> list[Any]:
    """Numbers where all are numbers; a code such as 01 is none."""
    texts = [None if is_missing(text) else text for text in map(cell_text, values)]
    numbers: list[Any] = []
    for text in texts:
        number = None if text is None else written_number(text)
        if text is not None and (number is None or not math.isfinite(number) or _CODE.match(text)):
            return [text and identifier(text) for text in texts]
        numbers.append(number)
    return numbers


def _times(values: Sequence[Any]) -> list[Any]:
    """Seconds, also of ``0 days 00:00:01.5``; as they are written where one is no time."""
    try:
        return [seconds_of(cell_text(value)) for value in values]
    except ValueError:
        return _numbers_or_text(values)


def _typed(values: list[Any]) -> Any:
    if any(isinstance(value, str) for value in values):
        return np.array(values, dtype=object)
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


# ------------------------------------------------------------------------------------------------ rows
def _usable(
    read: VectorsOfFile, frame: "pandas.DataFrame", path: Path, notes: list[str], *, leave_out: bool
) -> IntArray:
    """Find the rows that can be used, and refuse or note the others."""
    vectors = read.vectors
    with np.errstate(over="ignore", invalid="ignore"):
        single = vectors.astype(np.float32)
    unnamed = frame[NAME].isna().to_numpy(dtype=bool)
    infinite: BoolArray = np.asarray(~np.isfinite(single).all(axis=1))
    huge: BoolArray = np.asarray(infinite & np.isfinite(vectors).all(axis=1))
    zero: BoolArray = np.asarray(~infinite & ~single.any(axis=1))
    parts = [name for name in (NAME, "start", "end") if name in frame.columns]  # one file may hold several utterances
    whole = ~(unnamed | infinite | zero)
    twice = np.zeros(len(frame), dtype=bool)
    twice[whole] = frame.loc[whole].duplicated(parts).to_numpy(dtype=bool)
    bad: dict[str, BoolArray] = {
        "without finite numbers": infinite & ~huge,
        f"with a number beyond ±{np.finfo(np.float32).max:.1e}, the end of float32, in which vectors are kept": huge,
        "of zero length, so without a direction": zero,
        "without a name": unnamed & ~infinite & ~zero,
        "with a name that occurs before": twice,
    }
    faults = _cells_to_blame(read, single)
    unusable = [f"{int(rows.sum())} {what} ({_named(frame, rows, faults)})" for what, rows in bad.items() if rows.any()]
    usable = ~(unnamed | infinite | zero | twice)
    count = int((~usable).sum())
    if count and not leave_out:
        raise UnusableVectorsError(
            f"Expected every vector of {path.name} to be usable; of {len(frame)} rows not: {'; '.join(unusable)}. "
            "Leave them out, or mend the file.",
            count,
        )
    if count:
        notes.append(f"Left out {count} of {len(frame)} rows: {'; '.join(unusable)}.")
    return np.flatnonzero(usable)


def _cells_to_blame(read: VectorsOfFile, single: FloatArray) -> Mapping[int, str]:
    """Name of each row that is not finite in ``single``, ``(B, D)``, the number to blame; none of an empty row."""
    bad = ~np.isfinite(single)
    rows = np.flatnonzero(bad.any(axis=1) & ~np.isnan(single).all(axis=1)).tolist()
    places = bad[rows].argmax(axis=1).tolist()
    found = {row: f"{read.vectors[row, at]:g} in {read.named(at)}" for row, at in zip(rows, places, strict=True)}
    return found | dict(read.faults)


def _named(frame: "pandas.DataFrame", rows: BoolArray, faults: Mapping[int, str]) -> str:
    """Name rows by number, by name, and by the cell that is to blame where one is known."""
    told = []
    for row, name in zip(np.flatnonzero(rows).tolist(), frame.loc[rows, NAME].tolist(), strict=True):
        number = f"row {row + 1}"
        parts = [*([] if name in (None, number) else [str(name)]), *([faults[row]] if row in faults else [])]
        told.append(f"{number}: {', '.join(parts)}" if parts else number)
    return first_few(told)


def _remarks(space: Space) -> list[str]:
    remarks = []
    if space.size == 1:
        remarks.append("Vectors of one dimension: every angle is 0 or 180 degrees, so angles say little.")
    if not space.classes:
        remarks.append(
            "No emotions are named: angles and numbers about classes go by another column, if one is chosen for them."
        )
    elif len(space.classes) == 1:
        remarks.append(f"One class only, {space.classes[0]}: there is no other to compare it with.")
    return remarks
