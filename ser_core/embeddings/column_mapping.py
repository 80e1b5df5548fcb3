"""Which columns of a foreign file are the vector, the name, the label and the speaker of each row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnMapping:
    """Columns of a file that have a role; what is empty is found by the names and the values of the columns.

    Attributes:
        vector: the column of lists, or the columns of numbers in the order of the dimensions.
        name: the column that names the rows.
        label: the column whose values are the classes. Where they are all emotions, they are read as such; others are
            classes as they are.
        speaker: the column that names the speakers.
    """

    vector: tuple[str, ...] = ()
    name: str = ""
    label: str = ""
    speaker: str = ""


AS_FOUND = ColumnMapping()
