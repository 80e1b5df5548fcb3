"""Which columns of a foreign file are the vector, the name, the label and the speaker of each row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnMapping:
    """Columns of a file that have a role.

    What is empty is found by the names and the values of the columns; what is ``None`` has no column.

    Attributes:
        vector: the column of lists, or the columns of numbers in the order of the dimensions.
        name: the column that names the rows.
        label: the column whose values are the classes. Where they are all emotions, it becomes the column ``emotion``;
            others keep their name.
        speaker: the column that names the speakers.
        canonical: whether emotions of the label are called by our names (``anger`` is ``angry``); otherwise they stay
            as they are written.
    """

    vector: tuple[str, ...] = ()
    name: str | None = ""
    label: str | None = ""
    speaker: str | None = ""
    canonical: bool = True


AS_FOUND = ColumnMapping()
