"""EmoBank: 10,062 English sentences in writing, rated for valence, arousal and dominance. There are no recordings.

Licence: CC BY-SA 4.0; what is trained on it may be passed on under the same terms.

References:
    Buechel and Hahn (2017), EmoBank: Studying the Impact of Annotation Perspective and Representation Format on
    Dimensional Emotion Analysis, EACL.
    https://github.com/JULIELab/EmoBank: ``corpus/emobank.csv``, columns ``id, split, V, A, D, text``.
"""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.errors import CorpusError
from ser_core.paths import expanded, is_file

TITLE = "EmoBank (sentences in writing)"
LICENCE = "Creative Commons BY-SA 4.0: name the authors; share adaptations under the same licence."
LICENCE_SHORT = "CC BY-SA 4.0"
CITATION = (
    "Buechel S, Hahn U (2017). EmoBank: Studying the Impact of Annotation Perspective and Representation Format on "
    "Dimensional Emotion Analysis. Proc. EACL 2017, volume 2, 578-585."
)
URL = "https://github.com/JULIELab/EmoBank"
FILE = "emobank.csv"
SENTENCES = 10_062
SCALE = (1.0, 5.0)

_COLUMNS = ("id", "split", "V", "A", "D", "text")
_SPLITS: Mapping[str, str] = MappingProxyType({"train": "train", "dev": "development", "test": "test"})
_POSITION = re.compile(r"_\d+_\d+$")  # of a sentence in its document


def load(root: Path) -> Manifest:
    """Read ``emobank.csv`` in a folder.

    The ``file`` of a row is ``emobank.csv/ID``, which names the row and is no file; its ``speaker`` is the document
    that the sentence is from, since who wrote it is not told. Ratings are means over readers and writers, from 1 to 5.

    Raises:
        CorpusError: if the file is missing or has other columns, or a row an unknown split or a rating out of range.
    """
    root = expanded(root).absolute()
    path = root / FILE
    if not is_file(path):
        raise CorpusError(f"Expected {FILE} of {TITLE} in {root}; it is not there. Take it from {URL}, folder corpus.")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                raise CorpusError(
                    f"Expected the columns {', '.join(_COLUMNS)} in {path}; got {', '.join(reader.fieldnames or ())}. "
                    f"Take the file from {URL} unchanged."
                )
            utterances = tuple(_utterance(row, f"line {reader.line_num} of {path}") for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CorpusError(f"Expected a readable table at {path}; got: {error}. Copy it again.") from error
    if not utterances:
        raise CorpusError(f"Expected sentences in {path}; got none. Copy it again.")
    notes = ["Sentences in writing: there are no recordings, and documents stand for speakers."]
    if len(utterances) != SENTENCES:
        notes.append(f"{len(utterances)} of {SENTENCES} published sentences are here.")
    return Manifest("emobank", root, utterances, LICENCE, CITATION, tuple(notes))


def _utterance(row: Mapping[str, str | None], where: str) -> Utterance:
    name, split = row["id"] or "", row["split"] or ""
    if not name or split not in _SPLITS:
        raise CorpusError(
            f"Expected an id, and a split among {', '.join(_SPLITS)}, in {where}; got {name!r} and {split!r}. "
            "Copy the file again."
        )
    valence, arousal, dominance = (_rating(row[column], f"{column} in {where}") for column in "VAD")
    return Utterance(
        file=f"{FILE}/{name}",
        speaker=_POSITION.sub("", name),
        emotion=None,
        split=_SPLITS[split],
        text=row["text"],
        arousal=arousal,
        valence=valence,
        dominance=dominance,
        corpus="emobank",
    )


def _rating(text: str | None, where: str) -> float:
    try:
        value = float(text or "")
    except ValueError:
        value = float("nan")
    if not SCALE[0] <= value <= SCALE[1]:
        raise CorpusError(f"Expected a rating from {SCALE[0]:g} to {SCALE[1]:g} for {where}; got {text!r}. Correct it.")
    return value
