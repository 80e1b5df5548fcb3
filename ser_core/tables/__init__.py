"""Tables from outside, CSV or parquet: one reader for manifests, metadata of vectors and tables of angles.

Every line of a text file becomes a row or is named in an error or a note; every cell of text stays the text it was.
"""

from ser_core.tables.cells import cell_text, identifier, is_missing, note_on_names
from ser_core.tables.decimals import have_decimal_commas, with_decimal_points, with_points
from ser_core.tables.decoding import decoded, split_lines
from ser_core.tables.parquet import read_frame, read_parquet_table
from ser_core.tables.reading import SUFFIXES, read_table, read_text
from ser_core.tables.record import Table
from ser_core.tables.text import SEPARATORS, declared_separator, guess_separator, parse_table, split_fields
from ser_core.tables.writing import as_it_was, csv_text, frame_csv, frame_without_formulas, without_formulas

__all__ = [
    "SEPARATORS",
    "SUFFIXES",
    "Table",
    "as_it_was",
    "csv_text",
    "frame_csv",
    "without_formulas",
    "frame_without_formulas",
    "cell_text",
    "declared_separator",
    "decoded",
    "guess_separator",
    "have_decimal_commas",
    "identifier",
    "note_on_names",
    "parse_table",
    "read_frame",
    "read_parquet_table",
    "read_table",
    "read_text",
    "split_fields",
    "split_lines",
    "is_missing",
    "with_decimal_points",
    "with_points",
]
