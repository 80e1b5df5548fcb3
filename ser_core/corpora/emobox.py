"""EmoBox's lists: one JSON object a line for each recording of 32 corpora, with the folds that its benchmark uses.

Licence: the lists are MIT; the recordings keep the terms of their corpora.

References:
    Ma et al. (2024), Interspeech, 1580-1584. github.com/emo-box/EmoBox: ``README.md`` (layout),
    ``EmoBox/utils/preprocess_utils.py`` (what is written: ``key, dataset, wav, type, sample_rate, num_frame, task,
    length, emo, channel``, for PAVOQUE also ``start_time, end_time``; speakers stand in ``data.seg.wrd.stm``),
    ``data/*/label_map.json`` (what the codes mean).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from ser_core import plain_json
from ser_core.corpora import iemocap
from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.corpora.speech_files import as_on_disk, require_speech
from ser_core.corpora.table_cells import EMOTION_NAMES
from ser_core.corpora.table_rows import utterances_from
from ser_core.errors import CorpusError
from ser_core.labels import EMOTIONS
from ser_core.paths import UnicodeFileNames, expanded, is_file, matching

TITLE = "EmoBox list"
LICENCE = (
    "EmoBox's lists are under the MIT licence; the recordings are not part of them and keep the terms of their corpus."
)
LICENCE_SHORT = "lists MIT; each corpus its own"
CITATION = (
    "Ma Z, Chen M, Zhang H, Zheng Z, Chen W, Li X, Ye J, Chen X, Hain T (2024). EmoBox: Multilingual Multi-corpus "
    "Speech Emotion Recognition Toolkit and Benchmark. Proc. Interspeech 2024."
)
URL = "https://github.com/emo-box/EmoBox"

LABEL_MAP = "label_map.json"
LABEL_DICT = "label_dict.json"  # the same under another name
SPEAKERS = "data.seg.wrd.stm"
REQUIRED: tuple[str, ...] = ("key", "wav", "emo")
EARLIER: Mapping[str, str] = MappingProxyType({"audio": "wav", "label": "emo"})  # keys of EmoDB's …_fold1.jsonl
SPLITS: Mapping[str, str] = MappingProxyType({"train": "train", "valid": "development", "test": "test"})
# Codes that mean one thing in every list that has them; single letters and numbers are only read by label_map.json.
CODES: Mapping[str, str] = MappingProxyType({**iemocap.EMOTION_CODES, "oth": "other", "ps": "surprise"})
NAMES: Mapping[str, str] = MappingProxyType({**{name: name for name in EMOTIONS}, **EMOTION_NAMES})

_FOLD = re.compile(r"(.+)_(train|valid|test)_fold_?(\d+)")
_SPEAKER = re.compile(r"spk=([^,>]*)")


def load(path: Path) -> Manifest:
    """List the recordings of one EmoBox list.

    ``path`` is ``data/iemocap/iemocap.jsonl`` or its folder, or a fold (``data/iemocap/fold_1``), whose files name
    training and test; in a clone of EmoBox, with the recordings where the list says (``downloads/iemocap/…`` beside
    ``data``). Labels that EmoBox's ``label_map.json`` merges stay apart: merging is a mapping.

    Raises:
        CorpusError: if there is no list, a line cannot be read, an emotion is unknown, or a recording has no speaker or
            is missing or no audio.
    """
    path = expanded(path).absolute()
    lists = _lists(path)
    lines = [(file, number, line) for file in lists for number, line in _lines(file)]
    folder = _folder_with(SPEAKERS, lists[0]) or lists[0].parent
    root = _root(lists[0], str(lines[0][2]["wav"]))
    label_map = _label_map(lists[0])
    speakers = _speakers(folder / SPEAKERS)
    utterances: list[Utterance] = []
    for file in lists:
        chosen = [(number, line) for listed, number, line in lines if listed == file]
        utterances += _utterances(file, chosen, label_map, speakers)
    utterances = [_as_flac(root, row) for row in as_on_disk(root, utterances)]
    require_speech(root, utterances)
    corpus = str(lines[0][2].get("dataset") or folder.name)
    citation = f"{CITATION} And the authors of {corpus}."
    return Manifest(corpus, root, tuple(utterances), LICENCE, citation, tuple(_notes(corpus, label_map, lines)))


def _lists(path: Path) -> list[Path]:
    if is_file(path):
        return [path]
    found = matching(path, "*.jsonl")
    own = [file for file in found if file.stem == path.name]
    if own:
        return own
    folds = {file: match for file in found if (match := _FOLD.fullmatch(file.stem))}
    if found and len(folds) == len(found):
        # EmoDB's folds lie there twice, as …_fold_1 and, with other keys, as …_fold1.
        earlier_first = sorted(folds, key=lambda file: "_fold_" in file.stem)
        return sorted({folds[file].groups(): file for file in earlier_first}.values())
    raise CorpusError(
        f"Expected an EmoBox list at {path}, like data/iemocap/iemocap.jsonl, or a fold, like data/iemocap/fold_1; "
        f"got {first_few([file.name for file in found]) or 'no .jsonl file'}. Name the file in a clone of {URL}"
    )


def _lines(path: Path) -> list[tuple[int, dict[str, Any]]]:
    lines = []
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"Expected UTF-8 text in {path}; got: {error}. Take the list from {URL} again.") from error
    for number, content in enumerate(text.splitlines(), start=1):
        if not content.strip():
            continue
        try:
            line = _line(content)
        except ValueError as error:
            raise CorpusError(
                f"Expected one JSON object with {', '.join(REQUIRED)} in line {number} of {path}; got: {error}. "
                f"Take the .jsonl list from {URL} again, not the .json one."
            ) from error
        if line.get("type", "raw") != "raw":
            raise CorpusError(
                f"Expected recordings (type raw) in {path}; line {number} lists a {line['type']}. Choose the list of "
                "recordings."
            )
        lines.append((number, line))
    if not lines:
        raise CorpusError(f"Expected at least one line in {path}; it is empty. Take the list from {URL} again.")
    return lines


def _line(content: str) -> dict[str, Any]:
    line = plain_json.parsed(content)
    if isinstance(line, dict):
        line |= {ours: line[theirs] for theirs, ours in EARLIER.items() if theirs in line and ours not in line}
    absent = [name for name in REQUIRED if name not in line] if isinstance(line, dict) else REQUIRED
    if absent:
        raise ValueError(f"JSON with {', '.join(absent)} missing")
    return dict(line)


def _folder_with(name: str, file: Path) -> Path | None:
    """Tables lie beside a list, or one folder above where it is the list of a fold."""
    return next((folder for folder in (file.parent, file.parent.parent) if (folder / name).is_file()), None)


def _root(file: Path, recording: str) -> Path:
    """Return the clone: the nearest folder above the list that holds its first recording."""
    for folder in file.parents:
        if any(UnicodeFileNames().find(folder, name) is not None for name in (recording, _flac(recording))):
            return folder
    raise CorpusError(
        f"Expected {recording}, the first recording of {file}, below one of the folders above the list; it is in none. "
        "Put the corpus where the list says: downloads lies beside data in a clone of EmoBox."
    )


def _flac(recording: str) -> str:
    return str(PurePosixPath(recording).with_suffix(".flac"))


def _as_flac(root: Path, row: Utterance) -> Utterance:
    """Find a recording that was compressed without loss since the list was written."""
    if is_file(root / row.file) or not is_file(root / _flac(row.file)):
        return row
    return replace(row, file=_flac(row.file))


def _label_map(file: Path) -> dict[str, str]:
    found = ((folder, name) for name in (LABEL_MAP, LABEL_DICT) if (folder := _folder_with(name, file)))
    folder, called = next(found, (None, ""))
    if folder is None:
        return {}
    path = folder / called
    try:
        # Some map codes to numbers of classes, which say nothing of what they mean.
        return {str(code): name for code, name in plain_json.read(path).items() if isinstance(name, str)}
    except (OSError, ValueError, AttributeError) as error:
        raise CorpusError(
            f"Expected code and name of each emotion in {path}; got: {error}. Take it from {URL} again."
        ) from error


def _speakers(path: Path) -> dict[str, str]:
    """Return key → speaker from lines like ``tess-OAF-lid-fear 1 OAF 0 1.58 <…,spk=OAF,emotion=fear> fear``."""
    if not path.is_file():
        return {}
    speakers = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        match = _SPEAKER.search(line)
        if match:
            speakers[line.split(maxsplit=1)[0]] = match[1].strip()
    return speakers


def _utterances(
    path: Path,
    lines: Sequence[tuple[int, Mapping[str, Any]]],
    label_map: Mapping[str, str],
    speakers: Mapping[str, str],
) -> list[Utterance]:
    codes = [str(line["emo"]) for _, line in lines]
    emotions = [_emotion(code, label_map) for code in codes]
    counts = Counter(code for code, emotion in zip(codes, emotions, strict=True) if not emotion)
    if counts:
        unknown = [f"{code!r} in line {lines[codes.index(code)][0]} ({count} lines)" for code, count in counts.items()]
        raise CorpusError(
            f"Expected emotions that {LABEL_MAP} maps to one of {', '.join(EMOTIONS)} in {path}; {counts.total()} of "
            f"{len(codes)} lines differ: {first_few(unknown, 12)}. Write such a name into {LABEL_MAP} for them, for "
            "example other."
        )
    voices = [_speaker(line, speakers) for _, line in lines]
    unnamed = [str(lines[row][1]["key"]) for row, voice in enumerate(voices) if not voice]
    if unnamed:
        raise CorpusError(
            f"Expected the speaker of each recording of {path} in {SPEAKERS} beside the list; {len(unnamed)} have "
            f"none: {first_few(unnamed)}. Copy {SPEAKERS} there from {URL}"
        )
    fold = _FOLD.fullmatch(path.stem)
    values = {
        "file": [str(line["wav"]) for _, line in lines],
        "speaker": voices,
        "emotion": emotions,
        "start": [_text(line, "start_time") for _, line in lines],
        "end": [_text(line, "end_time") for _, line in lines],
        "gender": [_text(line, "sex") or _text(line, "gender") for _, line in lines],
        "split": [SPLITS[fold[2]] if fold else ""] * len(lines),
        "corpus": [_text(line, "dataset") for _, line in lines],
    }
    return list(utterances_from(values, path, places=[f"line {number}" for number, _ in lines])[0])


def _emotion(code: str, label_map: Mapping[str, str]) -> str:
    """Return the emotion of a code by the map, or by the code itself where the map gives several codes one name."""
    own = NAMES.get(code.lower()) or CODES.get(code.lower(), "")
    mapped = _mapped(code, label_map)
    merged = sum(name == label_map.get(code) for name in label_map.values()) > 1
    return own if own and (merged or not mapped) else mapped


def _mapped(code: str, label_map: Mapping[str, str]) -> str:
    return NAMES.get(label_map.get(code, "").lower(), "")


def _speaker(line: Mapping[str, Any], speakers: Mapping[str, str]) -> str:
    key = str(line["key"])
    # For IEMOCAP, EmoBox lists who wore the markers as speaker of both actors' turns.
    actor = iemocap.speaker_of(key.removeprefix("iemocap-"))
    return actor or _text(line, "spk") or _text(line, "speaker") or speakers.get(key, "")


def _text(line: Mapping[str, Any], name: str) -> str:
    return "" if line.get(name) is None else str(line[name]).strip()


def _notes(
    corpus: str, label_map: Mapping[str, str], lines: Sequence[tuple[Path, int, Mapping[str, Any]]]
) -> list[str]:
    used = dict.fromkeys(str(line["emo"]) for _, _, line in lines)
    notes = []
    merged = [
        f"{code} with {label_map[code]}"
        for code in used
        if _mapped(code, label_map) not in ("", _emotion(code, label_map))
    ]
    if merged:
        notes.append(f"EmoBox merges {', '.join(merged)} ({LABEL_MAP}); here they stay apart until they are mapped.")
    if corpus == "iemocap":
        notes.append("Speakers are those who speak (EmoBox's own list names one actor for both of a dialogue).")
    return notes
