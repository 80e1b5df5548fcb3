"""Roles of the columns of a foreign table: which names the rows, which is the label, which names the speakers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ser_core.corpora.table_cells import emotion_named
from ser_core.corpora.table_columns import LIKELY_NAMES
from ser_core.embeddings.column_mapping import ColumnMapping
from ser_core.embeddings.reserved_columns import AS_TEXT, CLASSES, LABEL, NAMES, OF_UTTERANCES, OTHER_NAMES
from ser_core.embeddings.space import CLASS, MOST_CLASSES, NAME, Space
from ser_core.errors import EmbeddingError
from ser_core.geometry.table_reading import written_number
from ser_core.labels import EMOTIONS
from ser_core.tables import Table, cell_text, is_missing
from ser_core.types import FloatArray

SPEAKER: Final = "speaker"
NOT_USED: Final = " (not used)"  # behind the name of a column that bears the name of a role and was not given it
_FEW: Final = 3  # names that a message lists

Cells = Sequence[Any] | FloatArray


# ------------------------------------------------------------------------------------------------ before it is opened
def likely_roles(columns: Mapping[str, Cells], rows: int) -> ColumnMapping:
    """Guess the roles of the columns of a table by their names and values; ``None`` where no column is likely.

    A label is the column called emotion, else one of a likely name, of nothing but emotions, or the first of texts that
    takes between two and :data:`ser_core.embeddings.space.MOST_CLASSES` values. Numbers are a label only by the name of
    their column.
    """
    name = named_column(columns, rows)
    speaker = next((one for one in columns if _called(one, columns) == SPEAKER), None)
    free = {one: cells for one, cells in columns.items() if one not in (name, speaker)}
    return ColumnMapping(name=name or None, label=_likely_label(free, rows), speaker=speaker)


def renames(cells: Cells) -> tuple[tuple[str, str], ...]:
    """List the values of a column that are names of emotions, but not ours, each with ours, by name.

    Examples:
        >>> renames(["joy", "Anger", "sad", "other words"])
        (('Anger', 'angry'), ('joy', 'happy'))
    """
    values = sorted(_values(cells))
    return tuple((value, new) for value in values if (new := renamed_emotion(value))) if _are_few(values) else ()


def renamed_emotion(value: str) -> str:
    """Return our name of an emotion that is written otherwise; empty for ours, and for any other text."""
    name = emotion_named(value)
    return name if name in EMOTIONS and name != value else ""


def named_column(columns: Mapping[str, Cells], rows: int) -> str:
    """Find the column that names the rows: by its own name, or a label that differs everywhere; empty without one."""
    lower = {name.lower(): name for name in columns}
    found = next((lower[name] for name in NAMES if name in lower), "")
    if not found and LABEL in columns and len({cell_text(value) for value in columns[LABEL]}) == rows:
        return LABEL
    return found


def _likely_label(columns: Mapping[str, Cells], rows: int) -> str | None:
    values = {name: _values(cells) for name, cells in columns.items()}
    few = [name for name in columns if _are_few(values[name])]
    lower = {name.lower(): name for name in reversed(few)}
    named = next((lower[name] for name in dict.fromkeys((*CLASSES, *LIKELY_NAMES[CLASS])) if name in lower), None)
    own = next((name for name in columns if name.lower() == CLASS and values[name]), None)  # however many it names
    free = [name for name in few if name.lower() not in OF_UTTERANCES and 2 <= len(values[name]) < rows]
    emotions = next((name for name in free if are_emotions(columns[name])), None)
    texts = next((name for name in free if not all(written_number(value) is not None for value in values[name])), None)
    return own or named or emotions or texts


def _values(cells: Cells) -> set[str]:
    return {text for text in map(cell_text, cells) if not is_missing(text)}


def _are_few(values: Iterable[str]) -> bool:
    return 1 <= len(list(values)) <= MOST_CLASSES


# ------------------------------------------------------------------------------------------------ when it is opened
def named_columns(table: Table, mapping: ColumnMapping, notes: list[str]) -> dict[str, list[Any]]:
    """Call columns by their roles, those of the mapping before those of the names that they bear.

    Raises:
        EmbeddingError: if there is no column of the mapping.
    """
    given = dict(table)
    missing = [name for name in (mapping.name, mapping.label, mapping.speaker) if name and name not in given]
    if missing:
        raise EmbeddingError(
            f"Expected a column {missing[0]!r}; got the columns {first_few(table.header)}. Choose the columns again."
        )
    columns: dict[str, list[Any]] = {}
    chosen = {NAME: mapping.name, SPEAKER: mapping.speaker}
    for role, name in (*chosen.items(), (_class_column(mapping, given), mapping.label)):
        if name:
            columns.setdefault(role, list(given[name]))
            _note_role(name, role, notes)
    denied = {role for role, name in (chosen | {CLASS: mapping.label}).items() if name is None}
    for name, cells in table:
        if not name or name in (mapping.name, mapping.label, mapping.speaker):
            continue
        called = _called(name, given)
        if called in denied or called in columns:
            called = name if name not in (NAME, SPEAKER, CLASS) and name not in columns else f"{name}{NOT_USED}"
        columns[called] = list(cells)
        if called in (SPEAKER, "gender", "age", "text"):
            _note_role(name, called, notes)
    return columns


def find_roles(columns: dict[str, list[Any]], rows: int, mapping: ColumnMapping, notes: list[str]) -> None:
    """Find the columns of classes and of names where the mapping leaves them open; without names, number the rows."""
    for name in [name for name in columns if mapping.label == "" and name.lower() in CLASSES]:
        if CLASS not in columns and are_emotions(columns[name]):
            columns[CLASS] = columns.pop(name)
            _note_role(name, CLASS, notes)
    if NAME in columns:
        return
    found = named_column(columns, rows) if mapping.name == "" else ""
    if found:
        columns[NAME] = columns.pop(found)
        _note_role(found, NAME, notes)
    else:
        columns[NAME] = [f"row {number}" for number in range(1, rows + 1)]
        notes.append("No column names the rows: they are called by their number, from 1.")


def label_in(space: Space, mapping: ColumnMapping) -> str:
    """Name the column of an opened space that the mapping's label has become; empty without a label."""
    label = mapping.label or ""
    return label if not label or label in space.frame.columns else CLASS


def are_emotions(cells: Iterable[Any]) -> bool:
    """Tell whether a column holds nothing but names of emotions, ours or others'."""
    values = {emotion_named(cell_text(value)) for value in cells}
    values = {value for value in values if not is_missing(value)}
    return bool(values) and values <= set(EMOTIONS)


def first_few(names: Iterable[str]) -> str:
    """List the first names for a message, and count the others."""
    listed = list(names)
    more = f" and {len(listed) - _FEW} more" if len(listed) > _FEW else ""
    return ", ".join(listed[:_FEW]) + more


def _class_column(mapping: ColumnMapping, given: Mapping[str, Cells]) -> str:
    """Return what the label is called: ``emotion`` if it holds nothing but emotions, else as it is."""
    label = mapping.label or ""
    return CLASS if label.lower() == CLASS or (label and are_emotions(given[label])) else label


def _called(name: str, columns: Mapping[str, Cells]) -> str:
    """Return our name of a column; its own if another column bears ours."""
    ours = OTHER_NAMES.get(name.lower(), name)
    if ours != name and ours in columns:
        ours = name
    return ours.lower() if ours.lower() in AS_TEXT else ours


def _note_role(name: str, role: str, notes: list[str]) -> None:
    if name != role:
        notes.append(f"The column {name} was read as {'the name of each row' if role == NAME else role}.")
