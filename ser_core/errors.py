"""Every exception raised on purpose: one family, each message says expected, got, next step."""

import re
from typing import Literal

_LONGEST = 600  # characters of a message: six lines of a terminal
_LONGEST_WORD = 200  # a path may be as long


class SerError(Exception):
    """Base of all errors that a person can act on; the app and the command line show exactly these.

    Input may be a cell of ten thousand letters, or the names of two hundred classes: the text of an error is cut to a
    readable length, see :func:`shortened`.
    """

    def __str__(self) -> str:
        return shortened(super().__str__())


class InputError(SerError):
    """An argument, array or table does not have the form that was asked for."""


class TableError(InputError):
    """A table cannot be read: its text, its lines or its size."""


class AudioError(SerError):
    """A recording cannot be read or holds nothing that can be judged."""


class FormatError(AudioError):
    """A recording has a format that cannot be read here, or is none; another program may convert it.

    ``got`` describes it, ``advice`` says what to do; ``kind`` is ``foreign`` for sound that another decoder reads,
    ``raw`` for samples without a header, or ``unknown``.
    """

    def __init__(self, expected: str, *, got: str, advice: str, kind: Literal["foreign", "raw", "unknown"]) -> None:
        super().__init__(f"{expected}; got {got}. {advice}")
        self.got, self.advice, self.kind = got, advice, kind


class CorpusError(SerError):
    """A corpus folder, manifest or split is incomplete or contradicts itself."""


class ConfigError(SerError):
    """A recipe, setting or name is unknown or out of range."""


class TrainingError(SerError):
    """Training cannot continue; finished work is kept."""


class CheckpointError(SerError):
    """A checkpoint is missing, damaged, or from another version."""


class EmbeddingError(SerError):
    """A file of vectors cannot be read, or lacks something that a space of utterances needs."""


class UnusableVectorsError(EmbeddingError):
    """Some vectors of a file have no direction or no name of their own; the others can be used without them."""

    def __init__(self, message: str, count: int) -> None:
        super().__init__(message)
        self.count = count


class ViewError(SerError):
    """A view of a space cannot be read, is incomplete, or has a forbidden name."""


class VoiceError(SerError):
    """A voice cannot be made, read or named so, or was made for another model."""


class MapError(SerError):
    """A map was given up, or the process that computed it has ended."""


class MicrophoneError(SerError):
    """This computer's microphone cannot be used, or somebody else uses it."""


class MicrophoneLostError(MicrophoneError):
    """The microphone was open and no longer gives sound; it can be opened again once it is back."""


class StoppedError(SerError):
    """What was asked for was given up before it was done."""


class StorageError(SerError):
    """Something could not be written; the former content is unchanged."""


class DownloadError(SerError):
    """A download failed or its content is not the published one."""


def shortened(text: str) -> str:
    """Cut a message to a readable length: long words first, then its middle.

    The beginning says what was expected, the end what to do; both stay.

    Examples:
        >>> shortened("Expected a name; got " + "a" * 10_000 + ". Shorten it.")[:40]
        'Expected a name; got aaaaaaaaaaaaaaaaaaa'
        >>> len(shortened("name, " * 200)) <= 600
        True
    """
    text = re.sub(rf"\S{{{_LONGEST_WORD + 1},}}", lambda word: _without_middle(word[0], _LONGEST_WORD), text)
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2 - 3
    first, last = text[:half], text[-half:]
    return f"{first[: first.rfind(' ')] if ' ' in first else first} … {last[last.find(' ') + 1 :]}"


def _without_middle(word: str, length: int) -> str:
    half = (length - 1) // 2
    return f"{word[:half]}…{word[-half:]}"


def reason_of(error: Exception) -> str:
    """Return why a file could not be understood, as text after "got:".

    Examples:
        >>> reason_of(KeyError("folds"))
        "no 'folds'"
        >>> reason_of(TypeError())
        'TypeError'
    """
    return f"no {error}" if isinstance(error, KeyError) else str(error) or type(error).__name__
