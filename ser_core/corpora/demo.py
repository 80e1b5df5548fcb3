"""The demo corpus: artificial speech, 6 emotions, 10 voices, 4 sentences, in English. It ships with the package.

Licence: the audio and its table are dedicated to the public domain (CC0 1.0).

No person speaks in it: a program does, and another program changed pitch, timing, loudness and timbre after published
acoustic correlates of the emotions. What a model scores on it says nothing about people.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from ser_core.corpora.folder import first_few, require_folder, require_readable
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.errors import CorpusError
from ser_core.labels import EMOTIONS

DEMO_ROOT = Path(__file__).resolve().parent / "demo_speech"

TITLE = "Demo (artificial voices)"
LICENCE = (
    "Artificial speech, made by a computer program; no person speaks in it. The recordings and their table are "
    "dedicated to the public domain (CC0 1.0): free for every use. Results on it say nothing about people."
)
LICENCE_SHORT = "CC0 1.0, artificial"
CITATION = "Artificial demo corpus of this project (tools/make_demo_corpus.py); computer-made, no person speaks in it."
URL = ""
ARTIFICIAL = True
NOTE = "Artificial: computer-made voices. Use it to learn the tool; judge a method on speech of people."

_COLUMNS = ("file", "speaker", "emotion", "gender", "text", "sentence")


def load(root: Path = DEMO_ROOT) -> Manifest:
    """List the clips of the artificial corpus: the rows of ``manifest.csv`` in ``root``, in order.

    Raises:
        CorpusError: if the folder or its table is incomplete, a row lacks a known emotion or speaker, or a file is no
            audio.
    """
    root = require_folder(root, TITLE)
    table = root / "manifest.csv"
    if not table.is_file():
        raise CorpusError(f"Expected {table}, the table of the demo corpus; there is none. Install the package again.")
    utterances = tuple(_utterance(row, number, table) for number, row in enumerate(_rows(table), start=2))
    if not utterances:
        raise CorpusError(f"Expected one clip per line in {table}; got none. Install the package again.")
    require_readable(root / utterance.file for utterance in utterances)
    return Manifest("demo", root, utterances, LICENCE, CITATION, (NOTE,))


def _rows(table: Path) -> list[dict[str, str | None]]:
    try:
        with table.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = list(reader)
            missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise CorpusError(f"Expected a CSV table at {table}; got: {error}. Install the package again.") from error
    if missing:
        raise CorpusError(
            f"Expected the columns {', '.join(_COLUMNS)} in {table}; missing: {first_few(missing)}. "
            "Install the package again."
        )
    return rows


def _utterance(row: Mapping[str, str | None], number: int, table: Path) -> Utterance:
    empty = [column for column in _COLUMNS if not row[column]]
    if empty or row["emotion"] not in EMOTIONS:
        problem = f"no {first_few(empty)}" if empty else f"the emotion {row['emotion']!r}"
        raise CorpusError(
            f"Expected a file, a speaker and one of {', '.join(EMOTIONS)} in line {number} of {table}; got {problem}. "
            "Correct that line, or install the package again."
        )
    values = {column: str(row[column]) for column in _COLUMNS}
    return Utterance(
        file=values["file"],
        speaker=values["speaker"],
        emotion=values["emotion"],
        gender=values["gender"],
        text=values["text"],
        sentence=values["sentence"],
        corpus="demo",
    )
