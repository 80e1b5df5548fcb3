"""Export of a space: parquet for Embedding Atlas and Spotlight, TSV for TensorBoard's projector."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.embeddings.space import NAME, VECTOR, Space
from ser_core.geometry.neighbours import nearest_others
from ser_core.tables import frame_csv, without_formulas
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

NEIGHBOURS = 15
_BREAKS = str.maketrans("\t\r\n", "   ")


def with_map(space: Space, points: FloatArray, *, neighbours: int = NEIGHBOURS) -> "pandas.DataFrame":
    """Return a space in the form of the contract, with its map ``(B, 2)``.

    ``neighbors`` holds, for each row, the numbers of the nearest other rows, from 0, as ``ids``, and their cosine
    distances as ``distances``.

    References:
        Embedding Atlas's command line tool, ``--vector embedding --x projection_x --y projection_y --neighbors
        neighbors``.
    """
    found, angles = nearest_others(space.embeddings, neighbours)
    distances = 1 - np.cos(np.radians(angles))
    near: list[Any] = [
        {"ids": ids.tolist(), "distances": far.tolist()} for ids, far in zip(found, distances, strict=True)
    ]
    columns = {"projection_x": points[:, 0].astype(np.float32), "projection_y": points[:, 1].astype(np.float32)}
    return with_vectors(space).assign(**columns, neighbors=near)


def for_spotlight(space: Space, points: FloatArray) -> "pandas.DataFrame":
    """Return a space with its map ``(B, 2)`` in the form that Renumics Spotlight converts.

    ``neighbor_ids`` and ``neighbor_distances`` take the place of ``neighbors``: Spotlight converts lists, texts and
    numbers, and no cells that hold several lists. Opened in the folder of the recordings with ``dtype={"embedding":
    spotlight.Embedding, "file": spotlight.Audio}``, it plays them.

    References:
        Spotlight's documentation, "Supported data types"; its ``dtypes/conversion.py``.
    """
    table = with_map(space, points)
    near = table["neighbors"].tolist()
    columns: dict[str, Any] = {f"neighbor_{name}": [one[name] for one in near] for name in ("ids", "distances")}
    return table.drop(columns="neighbors").assign(**columns)


def with_vectors(space: Space) -> "pandas.DataFrame":
    """Put a space in one table: its columns, and ``embedding`` as lists of float32."""
    return space.frame.assign(**{VECTOR: list(np.asarray(space.embeddings, dtype=np.float32))})


def parquet_bytes(table: "pandas.DataFrame") -> bytes:
    """Write a table as parquet into memory, for a download."""
    stream = io.BytesIO()
    table.to_parquet(stream, index=False)
    return stream.getvalue()


def selection_csv(space: Space, rows: Sequence[int]) -> bytes:
    """Write selected utterances with all columns as CSV in UTF-8."""
    return frame_csv(space.frame.iloc[list(rows)]).encode()


def vectors_tsv(space: Space) -> bytes:
    """Write the vectors for TensorBoard's projector: a line each, tabs between numbers, no header.

    Nine digits give every float32 back exactly.
    """
    stream = io.BytesIO()
    np.savetxt(stream, np.asarray(space.embeddings, dtype=np.float32), fmt="%.9g", delimiter="\t")
    return stream.getvalue()


def metadata_tsv(space: Space) -> bytes:
    """Write the metadata of the vectors for TensorBoard's projector.

    A table of one column has no header, as the projector has it. Tabs and line breaks in a cell become spaces.
    """
    table = space.frame.astype(object).where(space.frame.notna(), "")
    lines = ["\t".join(_projected(cell) for cell in row) for row in table.itertuples(index=False, name=None)]
    header = [] if list(table.columns) == [NAME] else ["\t".join(_projected(name) for name in table.columns)]
    return "".join(f"{line}\n" for line in [*header, *lines]).encode()


def _projected(cell: Any) -> str:
    return without_formulas(cell.translate(_BREAKS)) if isinstance(cell, str) else str(cell)
