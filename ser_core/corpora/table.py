"""Corpora as tables: CSV or parquet, as used by audformat and Nkululeko."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ser_core import plain_json
from ser_core.corpora.headerless import note_on, with_header
from ser_core.corpora.manifest import COLUMNS, DROP, Manifest, Utterance, card_path
from ser_core.corpora.speech_files import require_speech
from ser_core.corpora.table_cells import emotion_named
from ser_core.corpora.table_columns import (
    LIKELY_NAMES,
    TableOptions,
    column_names,
    read_emotion,
    require_columns,
)
from ser_core.corpora.table_folder import LocatedFiles, locate
from ser_core.corpora.table_numbers import note_on_open_ends, with_ends, without_decimal_commas
from ser_core.corpora.table_paths import below_root
from ser_core.corpora.table_rows import require_distinct, utterances_from, without_unreadable
from ser_core.errors import CorpusError, TableError, shortened
from ser_core.labels import EMOTIONS
from ser_core.paths import expanded, resolved
from ser_core.tables import Table, cell_text, note_on_names, read_table

AS_IT_IS = TableOptions()
UNKNOWN_TERMS = "Not stated in the table; ask its author before passing on the speech or a model trained on it."
_KNOWN = frozenset({*COLUMNS, *(name for names in LIKELY_NAMES.values() for name in names)})


def load(path: Path, options: TableOptions = AS_IT_IS) -> Manifest:
    """Read a manifest table.

    Files are looked for relative to the root that ``NAME.csv.json`` beside the table names
    (:func:`ser_core.corpora.manifest.write_manifest` writes it), else relative to the table's own folder, else in a
    folder below or beside it.

    ``path`` is a ``.csv``, ``.tsv`` or ``.parquet`` with the columns ``file, speaker, emotion`` and any of those in
    :data:`ser_core.corpora.manifest.COLUMNS`; times in seconds or as ``0 days 00:00:01.5``. Other columns are read by
    the likely names of :data:`ser_core.corpora.table_columns.LIKELY_NAMES`. Returns the rows in the table's order.

    Raises:
        CorpusError: if the table cannot be read, lacks a column, names an unknown emotion or no speaker, lists a
            stretch twice, or a file is missing or no audio.

    References:
        audformat's segmented table; Nkululeko's CSV.
    """
    path = expanded(path).absolute()
    utterances, notes = listed(path, options)
    if not utterances:
        raise CorpusError(f"Expected at least one row in {path}; got only a header. List one utterance per line.")
    card, lost = _card(path)
    found = _located(path, card, utterances, options)
    root, notes = found.root, [*notes, *found.notes]
    utterances = tuple(
        one if one.file == file else replace(one, file=file) for one, file in zip(utterances, found.files, strict=True)
    )
    require_distinct(utterances, path)
    require_speech(root, utterances)
    corpus = _corpus_name(utterances) or str(card.get("corpus") or path.stem)
    licence = str(card.get("licence") or UNKNOWN_TERMS)
    citation = str(card.get("citation") or "Not stated in the table.")
    written = card.get("notes")
    earlier = tuple(map(str, written)) if isinstance(written, list) else ()
    every_note = tuple(map(shortened, dict.fromkeys((*earlier, *notes, *lost))))
    return Manifest(corpus, root, utterances, licence, citation, every_note)


def listed(path: Path, options: TableOptions = AS_IT_IS) -> tuple[tuple[Utterance, ...], list[str]]:
    """Read the rows of a table, and notes on what was read by another name or not; files are not looked at.

    Errors are those of :func:`load`, but for what concerns the files.
    """
    table = read_rows(path).without_empty_rows()
    if not options.columns and path.suffix.lower() != ".parquet":
        with_names = with_header(table, _KNOWN, lambda text: emotion_named(text) in EMOTIONS)
        if with_names is not table:
            table = replace(with_names, notes=(*with_names.notes, note_on(with_names)))
    columns = column_names(table.header, options.columns, where=str(path))
    require_columns(columns, table.header, str(path), labelled=options.labelled)
    values = {
        name: [cell_text(cell) for cell in cells] for name, (_, cells) in zip(columns.names, table, strict=True) if name
    }
    places = [table.place(row) for row in range(len(table))]
    values, commas = without_decimal_commas(values)
    values = with_ends(values, columns.in_milliseconds, path, places)
    elsewhere: list[str] = []
    if options.root is not None:
        values["file"], elsewhere = below_root(values["file"], options.root)
    values.setdefault("emotion", [""] * len(table))
    values, places, chosen = _chosen_emotions(values, places, options.emotions)
    values, unreadable = without_unreadable(values)
    utterances, renamed = utterances_from(values, path, places=places, labelled=options.labelled)
    spoken = note_on_names("speaker", (utterance.speaker for utterance in utterances))
    open_ends = note_on_open_ends(utterances)
    return utterances, [
        *columns.notes,
        *table.notes,
        *commas,
        *unreadable,
        *elsewhere,
        *chosen,
        *renamed,
        *spoken,
        *open_ends,
    ]


def read_rows(path: Path) -> Table:
    """Read a table of a corpus, whatever its columns.

    Raises:
        CorpusError: if there is no such file, its suffix is another one, or it cannot be read.
    """
    try:
        return read_table(path, known=_KNOWN)
    except TableError as error:
        raise CorpusError(str(error)) from error


def _chosen_emotions(
    values: Mapping[str, list[str]], places: list[str], chosen: Mapping[str, str]
) -> tuple[dict[str, list[str]], list[str], list[str]]:
    """Apply the user's names of emotions; rows of dropped ones are left out."""
    if not chosen:
        return dict(values), places, []
    named = [read_emotion(text, chosen) for text in values["emotion"]]
    counts = Counter((text, name) for text, name in zip(values["emotion"], named, strict=True) if name)
    kept = [row for row, name in enumerate(named) if name != DROP]
    changed = {name: [column[row] for row in kept] for name, column in values.items()}
    changed["emotion"] = [named[row] or values["emotion"][row] for row in kept]
    changes = ", ".join(
        f"{text} → {'left out' if name == DROP else name} ({count} rows)" for (text, name), count in counts.items()
    )
    return changed, [places[row] for row in kept], [f"Emotions read as chosen: {changes}."] if changes else []


def _card(path: Path) -> tuple[Mapping[str, Any], list[str]]:
    """Read the card beside a table; defects are notes, since the table can be read without it."""
    beside = card_path(path)
    try:
        card = plain_json.read(beside)
        if not isinstance(card, dict):
            raise ValueError(f"JSON that is a {type(card).__name__}")
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError) as error:
        return {}, [
            f"Expected root, licence, citation and notes of the table in {beside.name}; got: "
            f"{getattr(error, 'strerror', None) or error}. The table was read without them: put that file back from a "
            "copy, or write the table again with: python -m ser_core manifest KIND DIR --out FILE.csv"
        ]
    return card, []


def _located(
    path: Path, card: Mapping[str, Any], utterances: Sequence[Utterance], options: TableOptions
) -> LocatedFiles:
    """Find the folder that ``file`` is relative to: the one named, the card's, the table's own, or one near it."""
    files = [utterance.file for utterance in utterances]
    if options.root is not None:
        return locate(path, files, [expanded(options.root).absolute()], search=False)
    candidates = [path.parent]
    if isinstance(card.get("root"), str):
        candidates.insert(0, resolved(Path(path.parent, card["root"])))
    return locate(path, files, candidates)


def _corpus_name(utterances: Iterable[Utterance]) -> str:
    return "+".join(sorted({utterance.corpus for utterance in utterances if utterance.corpus}))
