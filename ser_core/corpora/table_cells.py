"""What a cell of a corpus's table means: emotion, time, path, rating, age, gender."""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath, PureWindowsPath
from types import MappingProxyType

from ser_core.labels import EMOTIONS
from ser_core.tables import identifier, is_missing
from ser_core.types import Seconds

# Names of the same emotion in other toolkits' tables. Letters and numbers are not guessed.
EMOTION_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "anger": "angry", "bored": "boredom", "calmness": "calm", "disgusted": "disgust", "excitement": "excited",
        "fear": "fearful", "anxiety": "fearful", "frustration": "frustrated", "happiness": "happy", "joy": "happy",
        "neutrality": "neutral", "sadness": "sad", "surprised": "surprise",
    }
)  # fmt: skip
GENDERS: Mapping[str, str | None] = MappingProxyType(
    {
        "female": "female",
        "f": "female",
        "male": "male",
        "m": "male",
        "other": None,
        "unknown": None,
        "female_feminine": "female",
        "male_masculine": "male",
        "non-binary": None,
        "do_not_wish_to_say": None,
    }
)

_TOKEN = re.compile(r"<\|(.+)\|>")
_DAYS = re.compile(r"(?:(\d+) days?(?:,? ?(?=\d)|$))?(?:(\d+):(\d\d):(\d\d(?:\.\d+)?))?")
_TEXT = ("file", "text")
_NAMES = ("speaker", "emotion")  # a person may be called Nan
_NUMBERS = ("arousal", "valence", "dominance")
_OLDEST = 130  # years
_TIME = "seconds or a time like 0 days 00:00:01.5"


def emotion_named(text: str) -> str:
    """Read the name of an emotion as other programs write it; any other text stays, in lower case.

    Names in two languages (``生气/angry``, emotion2vec) are read by the one in English, tokens (``<|HAPPY|>``,
    SenseVoice) without their brackets.

    Examples:
        >>> emotion_named("Joy"), emotion_named("生气/angry"), emotion_named("<|HAPPY|>")
        ('happy', 'angry', 'happy')
    """
    name = text.strip().lower()
    token = _TOKEN.fullmatch(name)
    parts = [part.strip() for part in (token[1] if token else name).split("/")]
    english = [part for part in parts if part.isascii()]
    if len(english) == 1 and (part := EMOTION_NAMES.get(english[0], english[0])) in EMOTIONS:
        return part
    return name


def spelled(name: str, text: str) -> str:
    """Spell a cell as it is compared: names in one way, and nothing where other columns say *nan* or *none*."""
    if name in _TEXT:
        return text
    return identifier(text) if name in _NAMES or not is_missing(text) else ""


def seconds_of(text: str) -> Seconds | None:
    """Read a time: a number of seconds, ``0 days 00:00:01.5``, ``0 days``, ``00:00:01.5``, or nothing.

    Pandas, and so audformat and openSMILE, write ``0 days`` where all times of a column are whole days.

    Raises:
        ValueError: for anything else, or a negative time.

    Examples:
        >>> seconds_of("0 days 00:01:02.5"), seconds_of("1.5"), seconds_of("NaT")
        (62.5, 1.5, None)
    """
    text = text.strip()
    if is_missing(text):
        return None
    match = _DAYS.fullmatch(text)
    if match:
        days, hours, minutes, seconds = match.groups()
        clock = int(hours) * 3_600.0 + int(minutes) * 60.0 + float(seconds) if hours else 0.0
        return int(days or 0) * 86_400.0 + clock
    value = float(text)
    if not 0 <= value < float("inf"):
        raise ValueError(text)
    return value


def relative_file(text: str) -> str:
    r"""Normalise the path of a recording: relative, ``/`` between folders, no ``.``.

    Raises:
        ValueError: for a path that leads out of the corpus folder, in the form of any system.

    Examples:
        >>> relative_file(r".\a//b.wav")
        'a/b.wav'
    """
    path = PurePosixPath(text.replace("\\", "/"))
    if ".." in path.parts or PureWindowsPath(text).anchor:
        raise ValueError(text)
    return str(path)


def _number(text: str, *, least: float = -sys.float_info.max, most: float = sys.float_info.max) -> float:
    value = float(text)
    if not least <= value <= most:  # infinite ones and NaN are neither
        raise ValueError(text)
    return value


def _age(text: str) -> int:
    return round(_number(text, least=0, most=_OLDEST))


def _gender(text: str) -> str | None:
    return GENDERS[text.lower()]


# Columns that may be left out because no cell can be read → how a cell is read.
OPTIONAL_READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {**dict.fromkeys(_NUMBERS, _number), "age": _age, "gender": _gender}
)
EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        "start": _TIME,
        "end": _TIME,
        "age": f"years from 0 to {_OLDEST}",
        "gender": "female or male",
        **dict.fromkeys(_NUMBERS, "a number"),
    }
)
