"""What commands read: their default model; an input is never overwritten."""

from collections.abc import Iterable
from pathlib import Path

from ser_core.errors import ConfigError
from ser_core.paths import expanded, resolved

DEFAULT_MODEL = "people"  # of `listen` and `track`


def require_other_files(written: Iterable[Path | None], read: Iterable[Path | str | None]) -> None:
    """Raise ConfigError if one of the files to write is also read; None is no file.

    Inputs may be written as ``--corpus`` takes them (``KIND:DIR``).
    """
    inputs = [Path(part) for one in read if one is not None for part in {str(one), str(one).partition(":")[2]} if part]
    for out in written:
        if out is not None and any(_are_one(out, path) for path in inputs):
            raise ConfigError(
                f"Expected another file to write than the one that is read; got {out} for both. Name another --out."
            )


def _are_one(out: Path, path: Path) -> bool:
    try:
        return resolved(expanded(out)) == resolved(expanded(path)) or out.samefile(path)
    except (OSError, ValueError):  # one of them is not there
        return False
