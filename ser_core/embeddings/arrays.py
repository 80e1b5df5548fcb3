"""Reader for vectors in NPY and NPZ files, with advice for formats that are not read."""

import shlex
import tokenize
import zipfile
from pathlib import Path
from typing import Any, Final

import numpy as np

from ser_core.errors import EmbeddingError
from ser_core.types import FloatArray

MOST_BYTES: Final = 8_000_000_000  # that the array of an NPZ may unpack to
_NPY: Final = b"\x93NUMPY"
_SHOWN: Final = 40  # letters of a cell that a message shows
_NAMED: Final = 5  # arrays that a message names
_DAMAGED = (ValueError, OSError, EOFError, MemoryError, OverflowError, SyntaxError, tokenize.TokenError)


def read_npy(path: Path) -> FloatArray:
    """Read an array without unpickling anything.

    Raises:
        EmbeddingError: if it is another form, damaged, or holds anything but real numbers.
    """
    with path.open("rb") as stream:
        magic = stream.read(len(_NPY))
    if magic != _NPY:
        raise EmbeddingError(
            f"Expected an array in NumPy's form in {path.name}; it begins otherwise, like a pickle or another kind of "
            "file. Nothing is unpickled here: save it with numpy.save from an array of numbers."
        )
    try:
        # Mapped, not read: a header that promises more than the file holds is refused before memory is asked for.
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except _DAMAGED as error:
        raise _unreadable(path, error) from error
    return _numbers(array, path)


def read_npz(path: Path) -> FloatArray:
    """Read the only array of an archive as :func:`read_npy`; raises EmbeddingError if it holds none or several."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = {one.filename.removesuffix(".npy"): one.file_size for one in archive.infolist()}
        if len(members) != 1:
            raise _several(path, list(members))
        ((name, size),) = members.items()
        if size > MOST_BYTES:
            raise EmbeddingError(
                f"Expected an array of at most {MOST_BYTES / 1e9:g} GB in {path.name}; it would unpack to "
                f"{size / 1e9:.1f} GB. Save it as .npy, or in parts."
            )
        with np.load(path, allow_pickle=False) as arrays:
            array = arrays[name]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, NotImplementedError, RuntimeError, *_DAMAGED) as error:
        raise _unreadable(path, error) from error
    return _numbers(np.asarray(array), path)


def refuse_with_a_line(path: Path) -> Any:
    """Raise EmbeddingError for a format that is not read, with a line of Python that converts it."""
    if path.suffix.lower() == ".safetensors":
        key = repr(_first_tensor(path))
        line = _python(f"import numpy, safetensors.numpy as s; numpy.save(OUT, s.load_file(IN)[{key}])", path)
        what, why = "tensors", "they have names, of which one is meant"
    else:
        line = _python(
            "import numpy; from torch import load; numpy.save(OUT, load(IN, weights_only=True).float().numpy())", path
        )
        what, why = "a file of PyTorch", "such files can run programs and are not opened"
    raise EmbeddingError(
        f"Expected vectors as .parquet, .npy, .npz, .csv or .tsv; got {path.name!r}, {what}: {why}. Convert it: {line}"
    )


def as_rows(array: FloatArray) -> FloatArray:
    """Drop axes of length one after the first: ``(B, 1, D)`` and ``(B, D, 1)`` become ``(B, D)``."""
    if array.ndim > 2 and sum(size != 1 for size in array.shape[1:]) <= 1 and array.size:
        return array.reshape(len(array), -1)
    return array


def _numbers(array: Any, path: Path) -> FloatArray:
    if array.dtype.kind not in "fiu":
        raise EmbeddingError(
            f"Expected real numbers in {path.name}; got values of type {array.dtype}{_no_number(array)}. Save it again "
            "as float32."
        )
    return as_rows(np.array(array, dtype=np.float64))


def _no_number(array: Any) -> str:
    """Name the first text that is no number; empty if there is none."""
    if array.dtype.kind not in "US":
        return ""
    for place in np.ndindex(array.shape):
        text = array[place].decode("utf-8", "replace") if array.dtype.kind == "S" else str(array[place])
        try:
            float(text)
        except ValueError:
            where = ", ".join(f"{axis} {number + 1}" for axis, number in zip(("row", "column"), place, strict=False))
            return f", {text[:_SHOWN]!r} in {where}"
    return ""


def _unreadable(path: Path, error: Exception) -> EmbeddingError:
    lines = str(error).strip().splitlines()
    reason = lines[0].rstrip(".") if lines else type(error).__name__
    what = "pickled Python objects, which are never opened here" if "object" in reason.lower() else reason
    return EmbeddingError(
        f"Expected an array of numbers in {path.name}; got: {what}. Save it again with numpy.save from a "
        "float32 array with one row per utterance."
    )


def _several(path: Path, names: list[str]) -> EmbeddingError:
    if not names:
        return EmbeddingError(f"Expected an array in {path.name}; the archive is empty. Save it again with numpy.save.")
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    line = _python(f"import numpy; numpy.save(OUT, numpy.load(IN)[{names[0]!r}])", path)
    return EmbeddingError(
        f"Expected one array in {path.name}; got {len(names)}: {', '.join(names[:_NAMED])}{more}. Save the one that "
        f"holds the vectors: {line}"
    )


def _python(code: str, path: Path) -> str:
    code = code.replace("OUT", repr(f"{path.stem}.npy")).replace("IN", repr(path.name))
    return f"python -c {shlex.quote(code)}"


def _first_tensor(path: Path) -> str:
    """Name the first tensor; a file that cannot be read has the usual one."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            return str(next(iter(file.keys()), "embedding"))
    except (OSError, SafetensorError, ValueError):
        return "embedding"
