"""The column of a file of vectors whose values are the classes, as a command takes it."""

from pathlib import Path
from typing import TYPE_CHECKING

from ser_core.errors import InputError

if TYPE_CHECKING:
    from ser_core.embeddings.space import Space

LABEL_HELP = "Column whose values are the classes. By default a kept file's label, emotion, label, class or category."


def label_among(space: "Space", wanted: str, file: Path) -> str:
    """Return the column whose values are the classes: the wanted one, the label of a kept file, or one of a usual name.

    Args:
        space: opened from the file.
        wanted: as the command was told it; empty where it was not.
        file: for messages.

    Raises:
        InputError: if the wanted column cannot give classes.
    """
    from ser_core.embeddings.library import label_of
    from ser_core.embeddings.reserved_columns import CLASSES
    from ser_core.embeddings.space import CLASS

    columns = space.labels
    if wanted and wanted not in columns:
        raise InputError(
            f"Expected a column of {file.name} whose values are classes, among {', '.join(columns) or 'none'}; got "
            f"{wanted!r}: {space.why_no_label(wanted)}. Choose one with --label."
        )
    return wanted or next((name for name in (label_of(file), *CLASSES) if name in columns), CLASS)
