"""EmoTale: enacted emotional speech in Danish and English with rated arousal, valence and dominance.

Licence: none granted; published for research by its authors, who ask to be cited. Do not redistribute.

References:
    Hjuler, Skat-Rordam, Clemmensen and Das (2025), ASRU. arXiv:2508.14548.
"""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from types import MappingProxyType

from ser_core.corpora.folder import first_few, recordings_in, require_names, require_readable
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.errors import CorpusError
from ser_core.paths import expanded

TITLE = "EmoTale (Danish and English)"
LICENCE = (
    "No licence granted: under copyright, published by its authors for research, with the request to cite the paper. "
    "Do not redistribute it or models trained on it; do not try to identify the speakers."
)
LICENCE_SHORT = "research only, no licence granted"
CITATION = (
    "Hjuler MJ, Skat-Rordam HV, Clemmensen LH, Das S (2025). EmoTale: An Enacted Speech-emotion Dataset in Danish. "
    "IEEE ASRU 2025. arXiv:2508.14548."
)
URL = "https://github.com/snehadas/EmoTale"
LAYOUT = "wav/DK_001_A_1.wav beside annotations.csv and speaker_info.csv"

EMOTION_CODES: Mapping[str, str] = MappingProxyType(
    {"A": "angry", "B": "boredom", "H": "happy", "N": "neutral", "S": "sad"}
)
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "DK_1": "Dugen ligger på køleskabet.",
        "DK_2": "Det sorte ark papir er placeret deroppe ved siden af tømmerstykket.",
        "DK_3": "De bar det bare ovenpå og nu skal de ned igen.",
        "DK_4": "Det vil være på det sted, hvor vi altid opbevarer det.",
        "DK_5": "Om syv timer er det morgen.",
        "EN_1": "The tablecloth is lying on the fridge.",
        "EN_2": "The black sheet of paper is located up there besides the piece of timber.",
        "EN_3": "They just carried it upstairs and now they are going down again.",
        "EN_4": "It will be in the place where we always store it.",
        "EN_5": "In seven hours it will be morning.",
    }
)
LANGUAGES = {"DK": "Danish", "EN": "English"}
DIMENSIONS: Mapping[str, str] = MappingProxyType({"A": "arousal", "V": "valence", "D": "dominance"})
RATING_SCALE = (1.0, 5.0)  # of arousal: calm to excited

_NAME = re.compile(r"(DK|EN)_(\d{3})_([A-Z])_(\d)")  # language, speaker, emotion, sentence
_RATING = re.compile(r"a\d+_([AVD])")  # annotator and dimension


def load(root: Path) -> Manifest:
    """List the recordings of EmoTale in a folder with ``wav/``, ``annotations.csv`` and ``speaker_info.csv``.

    Recordings are WAV or FLAC, whatever suffix the annotations name. Utterances have the enacted emotion and the mean
    over the annotators' arousal, valence and dominance (1 to 5); ``session`` is the language.

    Raises:
        CorpusError: if the folder, an annotated recording or a table is missing, a name holds an unknown emotion or no
            speaker, a file cannot be opened, or name and annotation name two emotions.
    """
    root = expanded(root).absolute()
    found, notes = recordings_in(root, TITLE, LAYOUT)
    _require_known_names(found)
    annotations = {Path(row["file"]).stem: row for row in _rows(root, "annotations.csv", ("file", "gt_emotion"))}
    speakers = {row["speaker"]: row for row in _rows(root, "speaker_info.csv", ("speaker", "gender", "age"))}
    _require_agreement(found, annotations)
    require_readable(found.values())
    utterances = tuple(
        _utterance(path.relative_to(root).as_posix(), name, annotations.get(name, {}), speakers)
        for name, path in found.items()
    )
    unrated = sum(name not in annotations for name in found)
    if unrated:
        notes.append(f"{unrated} recording(s) have no row in annotations.csv: their dimensions are empty.")
    notes.append(
        "Arousal, valence and dominance are means over the annotators (three in the published table), from 1 to 5; "
        "the label is the enacted emotion."
    )
    notes.append("The originals are stereo with two identical channels; some takes (speakers 010, 013, 016) are quiet.")
    return Manifest("emotale", root, utterances, LICENCE, CITATION, tuple(notes))


def _require_known_names(found: Mapping[str, Path]) -> None:
    parsed = {path.name: _NAME.fullmatch(name) for name, path in found.items()}
    require_names(
        [file for file, match in parsed.items() if match is None],
        "file names like DK_001_A_1 (language, speaker, emotion, sentence)",
        "Give such files their original names, or move them out of the folder.",
    )
    require_names(
        [file for file, match in parsed.items() if match is not None and match[3] not in EMOTION_CODES],
        f"an emotion letter {', '.join(f'{code} {emotion}' for code, emotion in EMOTION_CODES.items())} in each name",
        "Correct the names, or move these files out of the folder.",
    )


def _require_agreement(found: Mapping[str, Path], annotations: Mapping[str, dict[str, str]]) -> None:
    missing = sorted(set(annotations) - set(found))
    if missing:
        raise CorpusError(
            f"Expected a recording for each row of annotations.csv; {len(missing)} missing: {first_few(missing)}. "
            "Copy the corpus again, or take these rows out of annotations.csv."
        )
    contradicting = [
        f"{name} ({annotations[name]['gt_emotion']})"
        for name in found
        if name in annotations and annotations[name]["gt_emotion"] != name.split("_")[2]
    ]
    require_names(
        contradicting,
        "the emotion in each file name to be the one in annotations.csv (gt_emotion)",
        "Correct the name or the row.",
    )


def _utterance(
    file: str, name: str, annotation: Mapping[str, str], speakers: Mapping[str, Mapping[str, str]]
) -> Utterance:
    language, speaker, emotion, sentence = name.split("_")
    person = speakers.get(speaker, {})
    ratings = _mean_ratings(annotation)
    age = person.get("age", "").strip()
    return Utterance(
        file=file,
        speaker=speaker,
        emotion=EMOTION_CODES[emotion],
        gender={"F": "female", "M": "male"}.get(person.get("gender", "").strip().upper()),
        age=int(age) if age.isdigit() else None,
        session=LANGUAGES[language],
        text=SENTENCES.get(f"{language}_{sentence}"),
        sentence=f"{language}_{sentence}",
        arousal=ratings.get("arousal"),
        valence=ratings.get("valence"),
        dominance=ratings.get("dominance"),
        corpus="emotale",
    )


def _mean_ratings(annotation: Mapping[str, str]) -> dict[str, float]:
    given: dict[str, list[float]] = {}
    for column, text in annotation.items():
        match = _RATING.fullmatch(column or "")
        if match is None or not (text or "").strip():
            continue
        try:
            given.setdefault(DIMENSIONS[match[1]], []).append(float(text))
        except ValueError as error:
            raise CorpusError(
                f"Expected numbers from 1 to 5 in column {column} of annotations.csv; got {text!r} for "
                f"{annotation.get('file')}. Correct that row."
            ) from error
    return {dimension: fmean(values) for dimension, values in given.items()}


def _rows(root: Path, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    folders = (root, root.parent) if root.name == "wav" else (root,)
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        raise CorpusError(f"Expected {name} in {root}; there is none. Copy it from the original corpus: {URL}")
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            rows = list(reader)
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise CorpusError(
            f"Expected a CSV table in UTF-8 at {path}; got: {error}. Copy it again from the original corpus: {URL}"
        ) from error
    absent = [column for column in columns if column not in (reader.fieldnames or ())]
    if absent:
        raise CorpusError(
            f"Expected the columns {', '.join(columns)} in {path}; {', '.join(absent)} missing. "
            f"Copy the file again from the original corpus: {URL}"
        )
    for number, row in enumerate(rows, start=2):
        if not row[columns[0]]:
            raise CorpusError(
                f"Expected a {columns[0]} in every row of {path}; line {number} has none. Correct or delete that row."
            )
    return rows
