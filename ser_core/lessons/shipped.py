"""Files of measurements that ship with the lessons."""

from pathlib import Path
from typing import TypeVar

from ser_core import plain_json
from ser_core.config import FileRecord
from ser_core.errors import ConfigError

Record = TypeVar("Record", bound=FileRecord)


def read_shipped(kind: type[Record], path: Path, content: str) -> Record:
    """Read a record from a JSON file.

    Args:
        kind: of record.
        path: of the file.
        content: what it should hold, in words for the message.

    Raises:
        ConfigError: if it is missing or holds something else.
    """
    try:
        return kind.from_table(plain_json.parsed(path.read_text(encoding="utf-8")), path.name)
    except (OSError, ValueError) as error:
        raise ConfigError(f"Expected {content} at {path}; got: {error}. Install the package again.") from error
