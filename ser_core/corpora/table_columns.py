"""Columns of foreign tables: matched by our names, by likely names, or by the user's options."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from ser_core.config import did_you_mean
from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import COLUMNS, DROP
from ser_core.errors import CorpusError
from ser_core.labels import EMOTIONS

REQUIRED: tuple[str, ...] = ("file", "speaker", "emotion")

# Headers of other corpora and toolkits, likeliest first. Compared in lower case, with _ for blanks, dots and dashes.
LIKELY_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "file": (
            "file_name", "filename", "file_path", "filepath", "path", "audio_path", "audio_file", "audio_filepath",
            "wav", "wav_path", "wav_file", "audio", "clip", "file_id", "utterance_id", "utt_id", "id",
        ),
        "speaker": (
            "speaker_id", "speakerid", "spk", "spk_id", "speaker_name", "actor", "actor_id", "participant",
            "participant_id", "subject", "subject_id", "client_id",
        ),
        "emotion": (
            "emotion_label", "emotion_class", "emo", "emotions", "label", "class", "category", "major_emotion",
        ),
        "gender": ("sex", "speaker_gender"),
        "age": ("speaker_age",),
        "session": ("session_id",),
        "split": ("subset", "partition", "set"),
        "text": ("transcription", "transcript", "utterance_text"),
        "start": (
            "start_time", "begin", "begin_time", "onset", "start_seconds", "start_sec", "start_s", "start_ms",
            "begin_ms", "tmin", "xmin",
        ),
        "end": (
            "end_time", "offset_end", "stop", "stop_time", "end_seconds", "end_sec", "end_s", "end_ms", "stop_ms",
            "tmax", "xmax",
        ),
        "arousal": ("activation", "act", "arousal_mean"),
        "valence": ("val", "valence_mean"),
        "dominance": ("dom", "dominance_mean"),
    }
)  # fmt: skip
DURATION = "duration"  # of a part of a file, from its start: no column of ours, read as the end
_DURATIONS = (DURATION, "dur", "duration_seconds", "duration_sec", "duration_s", "duration_ms")
_OFFSET = "offset"  # where a part begins for those who write its duration, where it ends for those who write its onset
_ONSETS = ("onset",)
_TIMES = ("start", "end", DURATION)
_MILLISECONDS = re.compile(r".*_(ms|msec|milliseconds)")


@dataclass(frozen=True)
class TableOptions:
    """User's options for a table with other names.

    Attributes:
        columns: column of :data:`ser_core.corpora.manifest.COLUMNS` → the table's own header.
        emotions: emotion as the table writes it → one of :data:`ser_core.labels.EMOTIONS`, or ``drop``.
        root: folder that ``file`` is relative to; found by itself if not given.
        labelled: whether every row must have an emotion; if not, the column may be missing, or cells of it empty.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    emotions: Mapping[str, str] = field(default_factory=dict)
    root: Path | None = None
    labelled: bool = True

    def __post_init__(self) -> None:
        """Check our names; raises CorpusError if one is unknown, with the nearest."""
        for name in self.columns:
            if name not in COLUMNS:
                raise CorpusError(
                    f"Expected --columns OURS=THEIRS with ours among {', '.join(COLUMNS)}; got {name!r}."
                    f"{did_you_mean(name, COLUMNS)} Correct that name."
                )
        for theirs, ours in self.emotions.items():
            if ours not in (*EMOTIONS, DROP):
                raise CorpusError(
                    f"Expected --emotions THEIRS=OURS with ours among {', '.join(EMOTIONS)} or {DROP}; got "
                    f"{theirs}={ours}.{did_you_mean(ours, EMOTIONS)} Correct that name."
                )


@dataclass(frozen=True)
class ColumnNames:
    """Mapping of a table's columns to our names.

    Attributes:
        names: one per column of the table; an empty one is not used. :data:`DURATION` is among them where parts have a
            start and no end.
        notes: which column was read as what, and which are not used.
        in_milliseconds: those of them whose header says that they are times of this unit.
    """

    names: tuple[str, ...]
    notes: tuple[str, ...]
    in_milliseconds: frozenset[str] = frozenset()

    def missing(self, *, labelled: bool) -> tuple[str, ...]:
        """Required columns that are missing; with ``labelled``, ``emotion`` is required."""
        return tuple(name for name in REQUIRED if name not in self.names and (labelled or name != "emotion"))


def column_names(header: Sequence[str], given: Mapping[str, str] = MappingProxyType({}), *, where: str) -> ColumnNames:
    """Find our columns in a header.

    ``given`` (our column → header) comes first; raises CorpusError if it is not there, or a column is found twice.

    Examples:
        >>> found = column_names(["file_id", "emotion", "speaker_id", "mood"], where="list.tsv")
        >>> found.names
        ('file', 'emotion', 'speaker', '')
        >>> found.notes
        ('Columns read as ours: file_id → file, speaker_id → speaker.', 'Columns not used: mood.')
    """
    plain = [_plain(name) for name in header]
    names = [""] * len(header)
    for ours, theirs in given.items():
        if theirs not in header and _plain(theirs) not in plain:
            raise CorpusError(
                f"Expected the column {theirs!r} in {where}; got {', '.join(header)}.{did_you_mean(theirs, header)} "
                "Correct --columns."
            )
        place = header.index(theirs) if theirs in header else plain.index(_plain(theirs))
        if names[place]:
            raise CorpusError(f"Expected each column once in --columns; {theirs!r} is named twice. Leave one out.")
        names[place] = ours
    for place, name in enumerate(plain):
        if name in COLUMNS and not names[place] and name not in given:
            names[place] = name
    _require_once(names, where)
    for ours, likely in LIKELY_NAMES.items():
        if ours not in names:
            found = next((plain.index(name) for name in likely if name in plain and not names[plain.index(name)]), None)
            if found is not None:
                names[found] = ours
    _find_times(names, plain)
    found_at = dict(zip(names, header, strict=True))
    renamed = [
        f"{found_at['start']} + {theirs} → end" if ours == DURATION else f"{theirs} → {ours}"
        for theirs, ours in zip(header, names, strict=True)
        if ours and (theirs.lower() != ours or ours == DURATION)
    ]
    milliseconds = frozenset(
        ours for ours, name in zip(names, plain, strict=True) if ours in _TIMES and _MILLISECONDS.fullmatch(name)
    )
    ignored = [theirs for theirs, ours in zip(header, names, strict=True) if theirs and not ours]
    return ColumnNames(
        tuple(names),
        (
            *([f"Columns read as ours: {', '.join(renamed)}."] if renamed else []),
            *([f"Columns not used: {', '.join(ignored)}."] if ignored else []),
            *([f"Times in milliseconds: {', '.join(sorted(milliseconds))}."] if milliseconds else []),
        ),
        milliseconds,
    )


def _find_times(names: list[str], plain: Sequence[str]) -> None:
    """Find the columns of duration and offset, which give a missing end or start."""
    free = [name if not ours else "" for ours, name in zip(names, plain, strict=True)]
    duration = next((free.index(name) for name in _DURATIONS if name in free), None)
    if _OFFSET in free and duration is not None and not {"start", "end"} & set(names):
        names[free.index(_OFFSET)] = "start"
    elif (
        _OFFSET in free
        and "end" not in names
        and any(names[plain.index(one)] == "start" for one in _ONSETS if one in plain)
    ):
        names[free.index(_OFFSET)] = "end"
    if duration is not None and "start" in names and "end" not in names:
        names[duration] = DURATION


def require_columns(found: ColumnNames, header: Sequence[str], where: str, *, labelled: bool) -> None:
    """Raise CorpusError for a table without a required column; lists all missing ones, and how to name them."""
    missing = found.missing(labelled=labelled)
    if not missing:
        return
    free = [theirs for theirs, ours in zip(header, found.names, strict=True) if not ours]
    listed = ",".join(f"{ours}={free[0] if len(free) == 1 else 'COLUMN'}" for ours in missing)
    unknown = f" Not recognised: {first_few(free, 12)}." if free else ""
    raise CorpusError(
        f"Expected the columns {', '.join(REQUIRED)} in {where}; {', '.join(missing)} missing, got "
        f"{first_few(list(header), 12)}.{unknown}{_nearest(missing, header)} Rename or add the column, or say "
        f"which one it is: python -m ser_core manifest TABLE --columns {listed} --out NEW.csv"
    )


def read_emotion(text: str, chosen: Mapping[str, str]) -> str | None:
    """Return the emotion that the user's options give for a name; None if they do not mention it."""
    return chosen.get(text) or chosen.get(text.lower())


def _nearest(missing: Iterable[str], header: Sequence[str]) -> str:
    close = (difflib.get_close_matches(name, list(header), n=1, cutoff=0.8) for name in missing)
    return next((f" Did you mean {found[0]!r}?" for found in close if found), "")


def _require_once(names: Sequence[str], where: str) -> None:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise CorpusError(f"Expected each column once in {where}; {', '.join(twice)} occurs twice. Delete one.")


def _plain(name: str) -> str:
    return re.sub(r"[\s.\-]+", "_", name.strip().lower())
