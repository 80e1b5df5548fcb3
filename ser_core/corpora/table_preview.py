"""Preview of a foreign table: first rows, guessed columns, unknown emotions."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ser_core.corpora.manifest import COLUMNS
from ser_core.corpora.table import read_rows
from ser_core.corpora.table_cells import emotion_named
from ser_core.corpora.table_columns import column_names
from ser_core.labels import EMOTIONS
from ser_core.tables import cell_text

SHOWN_ROWS = 5


@dataclass(frozen=True)
class TablePreview:
    """The first rows of a table, our column → its header as far as known, and unknown emotions → number of rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int
    columns: Mapping[str, str]
    unknown_emotions: Mapping[str, int]


def preview(path: Path, given: Mapping[str, str] = MappingProxyType({})) -> TablePreview:
    """Preview a table; ``given`` is our column → header, as the user says.

    Raises:
        CorpusError: if it cannot be read, or a given header is not there.
    """
    table = read_rows(path).without_empty_rows()
    names = column_names(table.header, given, where=path.name).names
    columns = {ours: theirs for ours, theirs in zip(names, table.header, strict=True) if ours in COLUMNS}
    emotions = dict(table).get(columns.get("emotion", ""), ())
    counts = Counter(text for cell in emotions if (text := cell_text(cell)))
    return TablePreview(
        header=table.header,
        rows=tuple(
            tuple(cell_text(cells[row]) for cells in table.columns) for row in range(min(SHOWN_ROWS, len(table)))
        ),
        count=len(table),
        columns=columns,
        unknown_emotions={text: count for text, count in counts.most_common() if emotion_named(text) not in EMOTIONS},
    )
