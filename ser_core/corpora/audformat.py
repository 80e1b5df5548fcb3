"""Databases in audformat: a folder with ``db.yaml``, one file per table (``db.emotion.csv``) and the recordings.

Licence: each database's own, as its header states it.

References:
    audformat's specification (audeering.github.io/audformat): header, tables, misc tables, conventions (scheme names,
    one table per split, ``files`` for speakers); its example, EmoDB as audformat.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ser_core.corpora.folder import first_few, require_folder
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.corpora.speech_files import as_on_disk, require_speech
from ser_core.corpora.table import read_rows
from ser_core.corpora.table_cells import relative_file, seconds_of
from ser_core.corpora.table_rows import utterances_from
from ser_core.errors import CorpusError
from ser_core.paths import exists, expanded, is_file
from ser_core.tables import cell_text, identifier
from ser_core.types import Seconds

TITLE = "audformat database"
LICENCE = "Each database has its own terms; those that its header (db.yaml) states are shown when it is opened."
LICENCE_SHORT = "stated in db.yaml"
CITATION = "The authors whom the header of the database names. The format: audEERING, audformat."
URL = "https://audeering.github.io/audformat/"

HEADER = "db.yaml"
EMOTION = "emotion"
# Column of a manifest → the names of columns and schemes by audformat's conventions.
FACTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "speaker": ("speaker",),
        "gender": ("gender", "sex"),
        "age": ("age",),
        "text": ("transcription", "text"),
        "session": ("session",),
        "arousal": ("arousal",),
        "valence": ("valence",),
        "dominance": ("dominance",),
    }
)
SPLITS: Mapping[str, str] = MappingProxyType({"train": "train", "dev": "development", "test": "test"})

Place = tuple[str, Seconds | None, Seconds | None]  # file, start, end


@dataclass(frozen=True)
class Database:
    """The header of a database, and where it lies."""

    root: Path
    header: Mapping[str, Any]

    def part(self, name: str) -> Mapping[str, Any]:
        """Return one part of the header: ``schemes``, ``splits``, ``tables``, ``misc_tables``."""
        return _mapping(self.header.get(name))

    def columns(self, name: str) -> Mapping[str, Any]:
        """Return the columns of a table as the header lists them."""
        columns = _mapping(_mapping(self.part("tables").get(name)).get("columns"))
        return {str(column): definition for column, definition in columns.items()}

    def scheme_of(self, name: str, column: str) -> str:
        """Return the scheme that a column's values belong to; empty where the header names none."""
        return str(_mapping(self.columns(name).get(column)).get("scheme_id") or "")


@dataclass(frozen=True)
class TableCells:
    """The cells of a table as text: what each row is about, column → one text per row, and where each row stands."""

    path: Path
    places: tuple[Place, ...]
    segmented: bool
    values: Mapping[str, list[str]]
    rows: Sequence[str]


def load(root: Path) -> Manifest:
    """List the utterances of an audformat database.

    The emotion is read from the table ``emotion``, else from every table of a split that has a column of that name or
    scheme. ``DIR#table`` or ``DIR#table.column`` names another one. Speaker, sex, age, text and dimensions are looked
    up in the same table, in ``files``, in ``segments``, then in any other.

    Returns one utterance per row with an emotion; the corpus is called as in the header.

    Raises:
        CorpusError: if the folder, header or a table is missing or cannot be read, several columns could be meant, no
            column names the speakers, a row names an unknown emotion, or a recording is missing or no audio.
    """
    root, wanted = _folder_and_choice(root)
    database = _database(require_folder(root, TITLE))
    notes: list[str] = []
    utterances: list[Utterance] = []
    for name, column in _chosen(database, wanted):
        rows, further = _rows(database, name, column)
        utterances += rows
        notes += further
        notes.append(f"Emotions are column {column} of table {name}.")
    utterances = list(as_on_disk(root, utterances))
    require_speech(root, utterances)
    corpus = str(database.header.get("name") or root.name)
    return Manifest(corpus, root, tuple(utterances), _licence(database), _citation(database), tuple(notes))


def _folder_and_choice(root: Path) -> tuple[Path, str]:
    root = expanded(root).absolute()
    if exists(root):  # a folder may itself be called so
        return root, ""
    folder, _, wanted = str(root).rpartition("#")
    return (Path(folder), wanted) if folder and wanted and "/" not in wanted else (root, "")


def _database(root: Path) -> Database:
    import yaml  # type: ignore[import-untyped]

    path = root / HEADER
    if not is_file(path):
        raise CorpusError(
            f"Expected the header {HEADER} of an audformat database in {root}; there is none. Give the folder that "
            "holds it; a single table is opened by its own path."
        )
    try:
        header = yaml.safe_load(path.read_text(encoding="utf-8"))
    # A date that does not exist is a ValueError, brackets in each other thousands of times a RecursionError.
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        problem = " ".join(str(error).split())
        raise CorpusError(f"Expected YAML in {path}; got: {problem}. Fetch the database again.") from error
    if not isinstance(header, dict) or not isinstance(header.get("tables"), dict) or not header["tables"]:
        raise CorpusError(f"Expected a header with tables in {path}; it lists none. Fetch the database again.")
    return Database(root, {**header, "tables": {str(name): table for name, table in header["tables"].items()}})


def _chosen(database: Database, wanted: str) -> list[tuple[str, str]]:
    """Return the tables and columns that hold the emotion."""
    tables = list(database.part("tables"))
    if wanted:
        # Names of tables hold dots: the longest one that fits is meant.
        name = max((name for name in tables if wanted == name or wanted.startswith(f"{name}.")), key=len, default="")
        if not name:
            raise CorpusError(f"Expected a table among {', '.join(tables)} after #; got {wanted!r}. Name one of them.")
        column = wanted[len(name) + 1 :] or _column(database, name, (EMOTION,))
        if column not in database.columns(name):
            raise CorpusError(
                f"Expected a column among {', '.join(database.columns(name)) or 'none'} of table {name}; got "
                f"{column or 'no name'}. Write #{name}.COLUMN behind the folder."
            )
        return [(name, column)]
    found = {name: column for name in tables if (column := _column(database, name, (EMOTION,)))}
    if EMOTION in found:
        return [(EMOTION, found[EMOTION])]
    of_splits = {name: str(_mapping(database.part("tables")[name]).get("split_id") or "") for name in found}
    if len(found) == 1 or (found and all(of_splits.values()) and len(set(of_splits.values())) == len(found)):
        return list(found.items())
    several = first_few([f"#{name}.{column}" for name, column in found.items()])
    raise CorpusError(
        f"Expected one column with the scheme {EMOTION} in {database.root / HEADER}; got {several or 'none'} "
        f"(tables: {', '.join(tables)}). Name table and column behind the folder: audformat:DIR#table.column"
    )


def _column(database: Database, name: str, wanted: Sequence[str]) -> str:
    """Return the column of that name, else the only one of that scheme, else nothing."""
    columns = database.columns(name)
    for word in wanted:
        if word in columns:
            return word
        of_scheme = [column for column in columns if database.scheme_of(name, column) == word]
        if len(of_scheme) == 1:
            return of_scheme[0]
    return ""


def _rows(database: Database, name: str, column: str) -> tuple[list[Utterance], list[str]]:
    cells = _cells(database, name)
    if column not in cells.values:
        raise CorpusError(
            f"Expected the column {column} in {cells.path}, as the header says; got "
            f"{', '.join(cells.values) or 'none'}. Fetch the database again."
        )
    names = _labels(database, database.scheme_of(name, column))
    labelled = [row for row, emotion in enumerate(cells.values[column]) if emotion]
    places = [cells.places[row] for row in labelled]
    values: dict[str, list[str]] = {
        "file": [file for file, _, _ in places],
        "start": ["" if start is None else repr(start) for _, start, _ in places],
        "end": ["" if end is None else repr(end) for _, _, end in places],
        "emotion": [_named(cells.values[column][row], names) for row in labelled],
        "corpus": [str(database.header.get("name") or database.root.name)] * len(labelled),
        "split": [_split_of(database, name)] * len(labelled),
        **_facts(database, name, cells, places),
    }
    if not any(values.get("speaker", ())):
        raise CorpusError(
            f"Expected a column or scheme speaker in one of the tables of {database.root / HEADER}; there is none. "
            "Without speakers no split is fair: add the column, or list the files and their speakers in a manifest CSV."
        )
    utterances, notes = utterances_from(values, cells.path, places=[cells.rows[row] for row in labelled])
    if len(labelled) < len(cells.places):
        notes.append(f"{len(cells.places) - len(labelled)} row(s) of table {name} have no emotion and are left out.")
    return list(utterances), notes


def _split_of(database: Database, name: str) -> str:
    split = str(_mapping(database.part("tables")[name]).get("split_id") or "")
    kind = str(_mapping(database.part("splits").get(split)).get("type") or split)
    return SPLITS.get(kind, "")


def _facts(database: Database, name: str, cells: TableCells, places: Sequence[Place]) -> dict[str, list[str]]:
    """Look up the other columns of each row: per place, else per file."""
    facts: dict[str, list[str]] = {}
    order = dict.fromkeys([name, *(first for first in ("files", "segments") if first in database.part("tables"))])
    for other in dict.fromkeys([*order, *database.part("tables")]):
        wanted = {fact: column for fact, words in FACTS.items() if (column := _column(database, other, words))}
        if not wanted.keys() - facts.keys():
            continue
        source = cells if other == name else _cells(database, other)
        if source.segmented and not cells.segmented:
            continue
        for fact, column in wanted.items():
            if fact not in facts and column in source.values:
                known = dict(zip(source.places, source.values[column], strict=True))
                texts = [known.get(place if source.segmented else (place[0], None, None), "") for place in places]
                facts |= _explained(database, fact, database.scheme_of(other, column), texts, facts)
    return facts


def _explained(
    database: Database, fact: str, scheme: str, texts: list[str], known: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """Add what the scheme says of its labels: sex and age of speakers, the words of a transcription's code."""
    labels = _labels(database, scheme)
    facts = {fact: texts}
    if fact == "speaker":
        for more in ("gender", "age"):
            found = [str(_mapping(labels.get(text)).get(more) or "") for text in texts]
            if more not in known and any(found):
                facts[more] = found
    elif fact == "text" and labels and not any(isinstance(label, Mapping) for label in labels.values()):
        facts = {"text": [_named(text, labels) for text in texts], "sentence": texts}
    return facts


def _named(code: str, labels: Mapping[str, Any]) -> str:
    """Return what a code stands for according to the scheme; the code itself where it is not described."""
    name = labels.get(code)
    return name if isinstance(name, str) else code


def _labels(database: Database, scheme: str) -> Mapping[str, Any]:
    """Return label → its attributes in the scheme, or in the misc table that it names."""
    labels = _mapping(database.part("schemes").get(scheme)).get("labels")
    if isinstance(labels, Mapping):
        return {str(key): value for key, value in labels.items()}
    if not isinstance(labels, str):
        return {}
    found = read_rows(_file(database, labels))
    texts = [[identifier(cell_text(cell)) for cell in row] for row in found.rows]
    return {row[0]: dict(zip(found.header[1:], row[1:], strict=True)) for row in texts}


def _cells(database: Database, name: str) -> TableCells:
    path = _file(database, name)
    found = read_rows(path)
    if "file" not in found.header:
        raise CorpusError(f"Expected a column file in {path}; got {', '.join(found.header)}. Fetch the database again.")
    columns = {column: [identifier(cell_text(cell)) for cell in cells] for column, cells in found}
    blank = [""] * len(found)
    try:
        starts, ends = ([seconds_of(text) for text in columns.get(column, blank)] for column in ("start", "end"))
    except ValueError as error:
        raise CorpusError(f"Expected times like 0 days 00:00:01.5 in {path}; got {error}. Correct that row.") from error
    files = [_spelled(file) for file in columns["file"]]
    segmented = "start" in columns
    # A segment of a whole file is written with start 0 and no end: without a start it is the same place.
    places = tuple(zip(files, [start or None for start in starts], ends, strict=True))
    values = {name: cells for name, cells in columns.items() if name not in _INDEX}
    return TableCells(path, places, segmented, values, [found.place(row) for row in range(len(found))])


_INDEX = ("file", "start", "end")


def _spelled(file: str) -> str:
    """Spell a file alike in every table; one that may not be used is refused with its line, once it is."""
    try:
        return relative_file(file)
    except ValueError:
        return file


def _file(database: Database, name: str) -> Path:
    files = [database.root / f"db.{name}{suffix}" for suffix in (".parquet", ".csv")]
    for path in files:
        if is_file(path):
            return path
    pickled = is_file(files[0].with_suffix(".pkl"))
    raise CorpusError(
        f"Expected {files[0].name} or {files[1].name} in {database.root}; "
        + ("there is only a pickled one, which is not opened" if pickled else "there is none")
        + '. Write the tables again with audformat: db.save(DIR, storage_format="csv")'
    )


def _licence(database: Database) -> str:
    stated = str(database.header.get("license") or "No licence stated")
    url = database.header.get("license_url")
    usage = str(database.header.get("usage") or "not stated")
    return f"{stated}{f' ({url})' if url else ''}; usage: {usage}, as the header of the database says."


def _citation(database: Database) -> str:
    sentences = [
        str(database.header[key]) for key in ("author", "name", "organization", "source") if database.header.get(key)
    ]
    return ". ".join(sentences) + "."


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
