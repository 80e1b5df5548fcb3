"""Files of word vectors: GloVe's and word2vec's text, and the binary files of word2vec and fastText."""

import struct
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

import numpy as np

from ser_core.errors import InputError
from ser_core.inputs.vocabulary import Vocabulary
from ser_core.paths import expanded
from ser_core.types import FloatArray

INSTALL = 'pip install ".[words]"'
_FASTTEXT = (793_712_314).to_bytes(4, "little")  # the first bytes of every binary file of fastText
_LONGEST_HEADER = 100  # bytes


def read_vectors(
    name: str, *, size: int, wanted: Collection[str], most: int = 0, usable: Callable[[str], bool] = bool
) -> Vocabulary:
    """Read the vectors of wanted words, and behind them the first of the file's other words, up to ``most`` in all.

    Files list frequent words first. Text has a word and its values in each line, separated by spaces, as GloVe has it,
    below a line with the number of words and values, as word2vec and fastText have it, or without. Binary files
    (``.bin``) are read by gensim, an optional package. Of fastText's parts of words nothing is made.

    Args:
        name: of the file; ``~`` is the user's folder.
        size: values of each word.
        wanted: words as the file writes them.
        most: words in all; more if more are wanted, and there.
        usable: whether one of the other words can ever be asked for.

    Raises:
        InputError: if the file cannot be read, a line is too short or too long, a value is not finite, or gensim is
            missing.
    """
    path = expanded(name)
    found: dict[str, FloatArray] = {}
    others: dict[str, FloatArray] = {}
    try:
        for word, values in _rows(path, size):
            if word in wanted:
                found.setdefault(word, values())
            elif len(others) < most and word not in others and usable(word):
                others[word] = values()
    except (OSError, ValueError, EOFError) as error:
        raise InputError(
            f"Expected a file of word vectors at {path}; got: {error}. Correct the input's option vectors."
        ) from error
    room = max(0, most - len(found))
    vocabulary = Vocabulary.of(found | dict(list(others.items())[:room]), size)
    for word, vector in zip(vocabulary.words, vocabulary.vectors, strict=True):
        if not np.isfinite(vector).all():
            raise InputError(
                f"Expected {size} finite values for every word in {path}, of at most 65504; got others for {word!r}. "
                "Choose another file of vectors."
            )
    return vocabulary


def _rows(path: Path, size: int) -> Iterator[tuple[str, Callable[[], FloatArray]]]:
    return _of_binary(path, size) if path.suffix.lower() == ".bin" else _of_text(path, size)


def _of_text(path: Path, size: int) -> Iterator[tuple[str, Callable[[], FloatArray]]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip(" \r\n")
            if not text or (number == 1 and _is_header(text)):
                continue
            word, *values = text.rsplit(" ", size)  # in some files words hold spaces
            if len(values) != size or (text.count(" ") > size and _is_number(word.rpartition(" ")[2])):
                word, *values = text.split(" ")
                raise InputError(
                    f"Expected {size} finite values for every word in {path}; got {len(values)} for {word[:40]!r}, "
                    f"line {number}. Correct the option size of the input, or that line, or choose another file."
                )
            yield word, partial(np.array, values, dtype=np.float32)


def _is_header(text: str) -> bool:
    """Tell the line of two numbers, words and values, with which word2vec and fastText begin."""
    parts = text.split(" ")
    return len(parts) == 2 and all(part.isdecimal() for part in parts)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _of_binary(path: Path, size: int) -> Iterator[tuple[str, Callable[[], FloatArray]]]:
    with path.open("rb") as file:
        of_fasttext = file.read(len(_FASTTEXT)) == _FASTTEXT
        if not of_fasttext:
            file.seek(0)
            _require_word2vec(file, path, size)
    try:
        from gensim.models import KeyedVectors
        from gensim.models.fasttext import load_facebook_vectors
    except ImportError as error:
        raise InputError(
            f"Expected the optional package gensim, which reads binary files of word vectors such as {path}; it is not "
            f"installed ({error}). Install it with: {INSTALL}, or take the same vectors as text."
        ) from error
    try:
        read = load_facebook_vectors(str(path)) if of_fasttext else KeyedVectors.load_word2vec_format(path, binary=True)
    except (AssertionError, NotImplementedError, UnicodeDecodeError, RuntimeError, struct.error) as error:
        raise ValueError(str(error) or "a damaged file") from error
    if read.vector_size != size:
        raise _other_size(path, size, read.vector_size)
    for word in read.index_to_key:
        yield word, partial(np.array, read[word], dtype=np.float32)


def _require_word2vec(file: BinaryIO, path: Path, size: int) -> None:
    """Compare the header with the length of the file, before memory is taken for what it promises."""
    header = file.readline(_LONGEST_HEADER).split()
    if len(header) != 2 or not all(part.isdigit() for part in header):
        raise ValueError("neither a binary file of word2vec nor one of fastText")
    count, values = map(int, header)
    if values != size:
        raise _other_size(path, size, values)
    if count * (4 * values + 2) > path.stat().st_size:
        raise ValueError(f"fewer bytes than its {count} words need: copy the file again")


def _other_size(path: Path, size: int, found: int) -> InputError:
    return InputError(
        f"Expected {size} finite values for every word in {path}; got {found}. Correct the option size of the input."
    )
