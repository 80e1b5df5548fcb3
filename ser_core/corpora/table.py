"""Corpora as tables: CSV or parquet, as used by audformat and Nkululeko."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import Any

from ser_core import plain_json
from ser_core.audio.opening import seconds_in
from ser_core.audio.reading import END_TOLERANCE
from ser_core.audio.signal import SHORTEST
from ser_core.corpora.folder import first_few, require_readable
from ser_core.corpora.headerless import note_on, with_header
from ser_core.corpora.manifest import COLUMNS, DROP, Manifest, Utterance, card_path
from ser_core.corpora.table_columns import (
    LIKELY_NAMES,
    TableOptions,
    column_names,
    read_emotion,
    require_columns,
)
from ser_core.corpora.table_folder import LocatedFiles, locate
from ser_core.corpora.table_numbers import note_on_open_ends, with_ends, without_decimal_commas
from ser_core.corpora.table_paths import below_root, is_whole
from ser_core.errors import CorpusError, TableError, shortened
from ser_core.labels import EMOTIONS
from ser_core.paths import UnicodeFileNames, expanded, resolved
from ser_core.tables import Table, cell_text, identifier, is_missing, note_on_names, read_table
from ser_core.types import Seconds

AS_IT_IS = TableOptions()
UNKNOWN_TERMS = "Not stated in the table; ask whoever made it before passing on the speech or a model trained on it."

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

_KNOWN = frozenset({*COLUMNS, *(name for names in LIKELY_NAMES.values() for name in names)})
_TOKEN = re.compile(r"<\|(.+)\|>")
_DAYS = re.compile(r"(?:(\d+) days?(?:,? ?(?=\d)|$))?(?:(\d+):(\d\d):(\d\d(?:\.\d+)?))?")
_TEXT = ("file", "text")
_NAMES = ("speaker", "emotion")  # a person may be called Nan
_NUMBERS = ("arousal", "valence", "dominance")
_OLDEST = 130  # years


def load(path: Path, options: TableOptions = AS_IT_IS) -> Manifest:
    """Read a manifest table.

    Files are looked for relative to the root that ``NAME.csv.json`` beside the table names
    (:func:`ser_core.corpora.manifest.write_manifest` writes it), else relative to the table's own folder, else in a
    folder below or beside it.

    Args:
        path: ``.csv``, ``.tsv`` or ``.parquet`` as :func:`ser_core.tables.read_table` reads them, with the columns
            ``file, speaker, emotion`` and any of those in :data:`ser_core.corpora.manifest.COLUMNS`; times in seconds
            or as ``0 days 00:00:01.5``. Other columns are read by the likely names of
            :data:`ser_core.corpora.table_columns.LIKELY_NAMES`.
        options: what the table's user says of its columns, emotions and folder.

    Returns:
        One utterance per row, in the table's order.

    Raises:
        CorpusError: if the table cannot be read, lacks a column, names an unknown emotion or no speaker, lists a
            stretch twice, or a file is missing or no audio.

    References:
        audformat's segmented table; Nkululeko's CSV.
    """
    path = expanded(path).absolute()
    utterances, notes = listed(path, options)
    if not utterances:
        raise CorpusError(f"Expected at least one row in {path}; got only a header. List one utterance per line.")
    card, lost = _card(path)
    found = _located(path, card, utterances, options)
    root, notes = found.root, [*notes, *found.notes]
    utterances = tuple(
        one if one.file == file else replace(one, file=file) for one, file in zip(utterances, found.files, strict=True)
    )
    _require_distinct(utterances, path)
    require_speech(root, utterances)
    corpus = _corpus_name(utterances) or str(card.get("corpus") or path.stem)
    licence = str(card.get("licence") or UNKNOWN_TERMS)
    citation = str(card.get("citation") or "Not stated in the table.")
    written = card.get("notes")
    earlier = tuple(map(str, written)) if isinstance(written, list) else ()
    told = tuple(map(shortened, dict.fromkeys((*earlier, *notes, *lost))))
    return Manifest(corpus, root, utterances, licence, citation, told)


def listed(path: Path, options: TableOptions = AS_IT_IS) -> tuple[tuple[Utterance, ...], list[str]]:
    """Read the rows of a table; their files are not looked at.

    Returns:
        One utterance per row, none where there is only a header, and notes on what was read by another name or not.

    Raises:
        CorpusError: as :func:`load`, but for what concerns the files.
    """
    table = read_rows(path).without_empty_rows()
    if not options.columns and path.suffix.lower() != ".parquet":
        with_names = with_header(table, _KNOWN, lambda text: emotion_named(text) in EMOTIONS)
        if with_names is not table:
            table = replace(with_names, notes=(*with_names.notes, note_on(with_names)))
    columns = column_names(table.header, options.columns, where=str(path))
    require_columns(columns, table.header, str(path), labelled=options.labelled)
    values = {
        name: [cell_text(cell) for cell in cells] for name, (_, cells) in zip(columns.names, table, strict=True) if name
    }
    places = [table.place(row) for row in range(len(table))]
    values, commas = without_decimal_commas(values)
    values = with_ends(values, columns.in_milliseconds, seconds_of, path, places)
    elsewhere: list[str] = []
    if options.root is not None:
        values["file"], elsewhere = below_root(values["file"], options.root)
    values.setdefault("emotion", [""] * len(table))
    values, places, chosen = _chosen_emotions(values, places, options.emotions)
    values, unreadable = _without_unreadable(values)
    utterances, renamed = utterances_from(values, path, places=places, labelled=options.labelled)
    spoken = note_on_names("speaker", (utterance.speaker for utterance in utterances))
    open_ends = note_on_open_ends(utterances)
    return utterances, [
        *columns.notes,
        *table.notes,
        *commas,
        *unreadable,
        *elsewhere,
        *chosen,
        *renamed,
        *spoken,
        *open_ends,
    ]


def utterances_from(
    values: Mapping[str, Sequence[str]],
    path: Path,
    *,
    places: Sequence[str] | None = None,
    labelled: bool = True,
) -> tuple[tuple[Utterance, ...], list[str]]:
    """Check the cells of a table and make utterances of its rows; their files are not looked at.

    Args:
        values: column of :data:`ser_core.corpora.manifest.COLUMNS` → its cells as text, ``""`` for nothing;
            ``file``, ``speaker`` and ``emotion`` are among them.
        path: where they were read, for messages.
        places: where in ``path`` each row stands, for messages; from ``line 2`` on if not given.
        labelled: whether every row must have an emotion.

    Returns:
        One utterance per row, in the rows' order, and a note on emotions that were read by another name.

    Raises:
        CorpusError: if a row names an unknown emotion, no file or no speaker, a cell does not fit its column, or a
            stretch of speech is listed twice.
    """
    places = [f"line {row}" for row in range(2, len(values["emotion"]) + 2)] if places is None else places
    values = {name: [_spelled(name, text) for text in column] for name, column in values.items()}
    emotions, renamed = _emotions(values["emotion"], path, places, labelled=labelled)
    _require_filled(values, path, places)
    utterances = tuple(_utterance(values, emotions, row, path, places[row]) for row in range(len(emotions)))
    _require_distinct(utterances, path)
    return utterances, [f"Emotion names read as: {renamed}."] if renamed else []


def emotion_named(text: str) -> str:
    """Read the name of an emotion as other programs write it; any other text stays, in lower case.

    Names in two languages (``生气/angry``, emotion2vec) are read by the one in English, tokens (``<|HAPPY|>``,
    SenseVoice) without their brackets.

    Examples:
        >>> (
        ...     emotion_named("Joy"),
        ...     emotion_named("生气/angry"),
        ...     emotion_named("<|HAPPY|>"),
        ...     emotion_named("happy/excited"),
        ... )
        ('happy', 'angry', 'happy', 'happy/excited')
    """
    name = text.strip().lower()
    token = _TOKEN.fullmatch(name)
    parts = [part.strip() for part in (token[1] if token else name).split("/")]
    english = [part for part in parts if part.isascii()]
    if len(english) == 1 and (part := EMOTION_NAMES.get(english[0], english[0])) in EMOTIONS:
        return part
    return name


def _spelled(name: str, text: str) -> str:
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


def read_rows(path: Path) -> Table:
    """Read a table of a corpus, whatever its columns.

    Raises:
        CorpusError: if there is no such file, its suffix is another one, or it cannot be read.
    """
    try:
        return read_table(path, known=_KNOWN)
    except TableError as error:
        raise CorpusError(str(error)) from error


def _chosen_emotions(
    values: Mapping[str, list[str]], places: list[str], chosen: Mapping[str, str]
) -> tuple[dict[str, list[str]], list[str], list[str]]:
    """Apply what the user said of emotions; rows of dropped ones are left out."""
    if not chosen:
        return dict(values), places, []
    named = [read_emotion(text, chosen) for text in values["emotion"]]
    counts = Counter((text, name) for text, name in zip(values["emotion"], named, strict=True) if name)
    kept = [row for row, name in enumerate(named) if name != DROP]
    changed = {name: [column[row] for row in kept] for name, column in values.items()}
    changed["emotion"] = [named[row] or values["emotion"][row] for row in kept]
    told = ", ".join(
        f"{text} → {'left out' if name == DROP else name} ({count} rows)" for (text, name), count in counts.items()
    )
    return changed, [places[row] for row in kept], [f"Emotions read as chosen: {told}."] if told else []


def _advice_on_path(file: str) -> str:
    if is_whole(file):
        return "Say where they are here: python -m ser_core manifest TABLE --root FOLDER --out NEW.csv"
    return "Move the table above its recordings, or copy these into its folder."


def _emotions(
    codes: Sequence[str], path: Path, places: Sequence[str], *, labelled: bool
) -> tuple[list[str | None], str]:
    """Return canonical names, None where a row may be without one, and which others were read as what."""
    plain = [None if not labelled and is_missing(code) else code.lower() for code in codes]
    emotions = [None if code is None else emotion_named(code) for code in plain]
    known = (*EMOTIONS, None)
    unknown = [f"{places[row]}: {codes[row]!r}" for row, emotion in enumerate(emotions) if emotion not in known]
    if unknown:
        raise CorpusError(
            f"Expected emotions among {', '.join(EMOTIONS)} in {path}; {len(unknown)} row(s) differ: "
            f"{first_few(unknown)}. Rename them in the table, use the name 'other', or say which "
            "they are: python -m ser_core manifest TABLE --emotions THEIRS=OURS --out NEW.csv (or THEIRS=drop)"
        )
    renamed = Counter((code, emotion) for code, emotion in zip(plain, emotions, strict=True) if code != emotion)
    return emotions, ", ".join(f"{code} → {emotion} ({count} rows)" for (code, emotion), count in renamed.items())


def _without_unreadable(values: Mapping[str, list[str]]) -> tuple[dict[str, list[str]], list[str]]:
    """Drop columns on people or ratings without a single readable cell (``twenties``).

    Where some cells fit, or there is but one, the others are mistakes, which are named when they are read.
    """
    kept, notes = dict(values), []
    for name, read in _TOLD_OTHERWISE.items():
        filled = [text for text in values.get(name, ()) if not is_missing(text)]
        if len(filled) > 1 and not any(_is_read(read, text) for text in filled):
            del kept[name]
            others = first_few(list(dict.fromkeys(map(repr, filled))))
            notes.append(f"Column {name} not used: it holds {others} in place of {_EXPECTED[name]}.")
    return kept, notes


def _is_read(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except (ValueError, KeyError):
        return False
    return True


def _require_filled(values: Mapping[str, Sequence[str]], path: Path, places: Sequence[str]) -> None:
    for name in ("file", "speaker"):
        empty = [places[row] for row, value in enumerate(values[name]) if not value]
        if empty:
            raise CorpusError(
                f"Expected a {name} in every row of {path}; {len(empty)} row(s) have none: {first_few(empty)}. "
                "Fill the column in; where speakers are unknown, give each recording session one name."
            )


def _utterance(
    values: Mapping[str, Sequence[str]], emotions: Sequence[str | None], row: int, path: Path, place: str
) -> Utterance:
    cells: dict[str, Any] = {name: column[row] or None for name, column in values.items()}
    cells["emotion"] = emotions[row]
    try:
        cells["file"] = relative_file(cells["file"])
    except ValueError as error:
        raise CorpusError(
            f"Expected files below the table's folder, by paths relative to it, in {path}; got {cells['file']!r} in "
            f"{place}. {_advice_on_path(cells['file'])}"
        ) from error
    name = ""
    try:
        for name in ("start", "end"):
            cells[name] = seconds_of(cells.get(name) or "")
        for name, read in _TOLD_OTHERWISE.items():
            cells[name] = read(cells[name]) if cells.get(name) else None
    except (ValueError, KeyError) as error:
        raise CorpusError(
            f"Expected {_EXPECTED[name]} in column {name} of {path}; got {values[name][row]!r} in {place}. "
            "Correct or empty that cell."
        ) from error
    start, end = cells["start"] or 0.0, cells["end"]
    if end is not None and end <= start:
        raise CorpusError(
            f"Expected end after start in {place} of {path}; got {start:g} s to {end:g} s. Correct that row."
        )
    return Utterance(**cells)


def _number(text: str, *, least: float = -sys.float_info.max, most: float = sys.float_info.max) -> float:
    value = float(text)
    if not least <= value <= most:  # infinite ones and NaN are neither
        raise ValueError(text)
    return value


def _age(text: str) -> int:
    return round(_number(text, least=0, most=_OLDEST))


def _gender(text: str) -> str | None:
    return GENDERS[text.lower()]


# What is told besides, and may be told otherwise: column → how a cell of it is read.
_TOLD_OTHERWISE: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {**dict.fromkeys(_NUMBERS, _number), "age": _age, "gender": _gender}
)
_EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        "start": "seconds or a time like 0 days 00:00:01.5",
        "end": "seconds or a time like 0 days 00:00:01.5",
        "age": f"years from 0 to {_OLDEST}",
        "gender": "female or male",
        **dict.fromkeys(_NUMBERS, "a number"),
    }
)


def _require_distinct(utterances: Iterable[Utterance], path: Path) -> None:
    counts = Counter((utterance.file, utterance.start, utterance.end) for utterance in utterances)
    twice = [file for (file, _, _), count in counts.items() if count > 1]
    if twice:
        raise CorpusError(
            f"Expected each stretch of speech once in {path}; {len(twice)} occur more than once: {first_few(twice)}. "
            "Delete the second row, or give start and end."
        )


def _card(path: Path) -> tuple[Mapping[str, Any], list[str]]:
    """Read what lies beside a table; without it the table can be read, so what is wrong with it is a note."""
    beside = card_path(path)
    try:
        card = plain_json.read(beside)
        if not isinstance(card, dict):
            raise ValueError(f"JSON that is a {type(card).__name__}")
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError) as error:
        return {}, [
            f"Expected root, licence, citation and notes of the table in {beside.name}; got: "
            f"{getattr(error, 'strerror', None) or error}. The table was read without them: put that file back from a "
            "copy, or write the table again with: python -m ser_core manifest KIND DIR --out FILE.csv"
        ]
    return card, []


def _located(
    path: Path, card: Mapping[str, Any], utterances: Sequence[Utterance], options: TableOptions
) -> LocatedFiles:
    """Find the folder that ``file`` is relative to: the one named, the card's, the table's own, or one near it."""
    files = [utterance.file for utterance in utterances]
    if options.root is not None:
        return locate(path, files, [expanded(options.root).absolute()], search=False)
    candidates = [path.parent]
    if isinstance(card.get("root"), str):
        candidates.insert(0, resolved(Path(path.parent, card["root"])))
    return locate(path, files, candidates)


def as_on_disk(root: Path, utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """Replace file names by their spelling on disk where the Unicode normal form differs."""
    spellings = UnicodeFileNames()
    files = {file: spellings.find(root, file) or file for file in dict.fromkeys(row.file for row in utterances)}
    return tuple(row if files[row.file] == row.file else replace(row, file=files[row.file]) for row in utterances)


def require_speech(root: Path, utterances: Sequence[Utterance]) -> None:
    """Check that start and end of each utterance lie inside its file, from the file headers.

    Raises:
        CorpusError: if a file is missing or no audio, or a stretch reaches beyond its file or is too short.
    """
    require_readable(root / file for file in dict.fromkeys(utterance.file for utterance in utterances))
    beyond, short = [], []
    for utterance, length in _lengths(root, utterances):
        start, end = utterance.start or 0.0, length if utterance.end is None else utterance.end
        told = f"{utterance.file} ({start:g} to {end:g} s of {length:g} s)"
        if start >= length or end > length + END_TOLERANCE:
            beyond.append(told)
        elif min(end, length) - start < SHORTEST:
            short.append(told)
    if beyond:
        raise CorpusError(
            f"Expected start and end inside each file; {len(beyond)} row(s) reach beyond: {first_few(beyond)}. "
            "Correct the times (seconds), or copy the file again if it was cut off."
        )
    if short:
        raise CorpusError(
            f"Expected stretches of at least {SHORTEST} s; {len(short)} row(s) are shorter: {first_few(short)}. "
            "Correct the times (seconds), or leave these rows out."
        )


def _lengths(root: Path, utterances: Sequence[Utterance]) -> Iterable[tuple[Utterance, Seconds]]:
    lengths: dict[str, Seconds] = {}
    for utterance in utterances:
        if utterance.start is None and utterance.end is None:
            continue
        if utterance.file not in lengths:
            lengths[utterance.file] = seconds_in(root / utterance.file)
        yield utterance, lengths[utterance.file]


def _corpus_name(utterances: Iterable[Utterance]) -> str:
    return "+".join(sorted({utterance.corpus for utterance in utterances if utterance.corpus}))
