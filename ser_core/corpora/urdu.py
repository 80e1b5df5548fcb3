"""URDU: spontaneous emotional speech cut from television talk shows, 4 emotions, 400 clips in Urdu.

Licence: no formal one; the authors allow research purposes only.

References:
    Latif, Qayyum, Usman and Qadir (2018), FIT. arXiv:1812.10411.
"""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ser_core.corpora.folder import missing_note, recordings_in, require_names, require_readable
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.paths import expanded

TITLE = "URDU (talk shows)"
LICENCE = (
    "No formal licence. The authors: anyone can use this data only for research purposes. "
    "The speakers are people on broadcast television; models trained on it are not passed on."
)
LICENCE_SHORT = "research only, no formal licence"
CITATION = (
    "Latif S, Qayyum A, Usman M, Qadir J (2018). Cross Lingual Speech Emotion Recognition: Urdu vs. Western "
    "Languages. Proc. FIT 2018. arXiv:1812.10411."
)
URL = "https://github.com/siddiquelatif/URDU-Dataset"
LAYOUT = "Angry/SM1_F10_A010.wav"

EMOTION_CODES: Mapping[str, str] = MappingProxyType({"A": "angry", "H": "happy", "N": "neutral", "S": "sad"})
FOLDERS: Mapping[str, str] = MappingProxyType({"angry": "A", "happy": "H", "neutral": "N", "sad": "S"})
CLIPS_PER_EMOTION = 100

# Clips that hold 1 to 2 s of the same sound: found by cross-correlating every two clips of the corpus
# (normalised correlation of the common part 0.84 to 0.999; other pairs below 0.7).
OVERLAPPING: tuple[tuple[str, ...], ...] = (
    ("SM2_F2_A024", "SM2_F3_A025"),
    ("SF6_F5_H029", "SF6_F10_H034"),
    ("SM6_F8_H070", "SM6_F9_H071"),
    ("SM24_F2_S014", "SM24_F3_S015"),
    ("SM24_F4_S016", "SM24_F5_S017"),
    ("SM24_F8_S020", "SM24_F9_S021"),
    ("SM24_F14_S026", "SM24_F15_S027"),
    ("SM25_F8_S058", "SM25_F9_S059"),
    # One woman under two names: her clip as SF1 runs through both of those as SF4 (1.7 s and 1.3 s of it).
    ("SF1_F4_H04", "SF4_F3_H019", "SF4_F4_H020"),
)
_RECORDING: Mapping[str, str] = MappingProxyType({name: clips[0] for clips in OVERLAPPING for name in clips})

_NAME = re.compile(r"S([MF])(\d+)_F(\d+)_([A-Z])(\d+)")  # sex and number of the speaker, clip, emotion, number


def load(root: Path) -> Manifest:
    """List the clips of URDU below ``Angry``, ``Happy``, ``Neutral`` and ``Sad``, as WAV or FLAC.

    ``recording`` joins clips that were cut from the same seconds.

    Raises:
        CorpusError: if the folder is incomplete, a name holds an unknown emotion or no speaker or contradicts its
            folder, or a file cannot be opened.
    """
    root = expanded(root).absolute()
    found, notes = recordings_in(root, TITLE, LAYOUT)
    _require_known_names(found)
    require_readable(found.values())
    utterances = tuple(_utterance(path.relative_to(root).as_posix(), name) for name, path in found.items())
    notes += missing_note(_missing(found), published=CLIPS_PER_EMOTION * len(EMOTION_CODES), title=TITLE)
    shared = Counter(_RECORDING[name] for name in found if name in _RECORDING)
    overlapping = [recording for recording, count in shared.items() if count > 1]
    if overlapping:
        notes.append(
            f"Clips of {len(overlapping)} recording(s) overlap in time; every split keeps them on one side. "
            "Split this corpus by speaker, never by file."
        )
    if len({utterance.speaker for utterance in utterances if utterance.recording == "SF1_F4_H04"}) > 1:
        notes.append("SF1 and SF4 share a recording, so they are one woman: splits by speaker keep them together.")
    notes.append(
        f"{len({utterance.speaker for utterance in utterances})} speakers by file name (the paper says 38), unequal; "
        "talk-show sound with background noise, other voices and some clipping."
    )
    return Manifest("urdu", root, utterances, LICENCE, CITATION, tuple(notes))


def _require_known_names(found: Mapping[str, Path]) -> None:
    parsed = {path: _NAME.fullmatch(name) for name, path in found.items()}
    require_names(
        [path.name for path, match in parsed.items() if match is None],
        "file names like SM1_F10_A010 (S, sex M or F, speaker; clip; emotion and number)",
        "Give such files their original names, or move them out of the folder.",
    )
    require_names(
        [path.name for path, match in parsed.items() if match and match[4] not in EMOTION_CODES],
        f"an emotion letter {', '.join(f'{code} {emotion}' for code, emotion in EMOTION_CODES.items())} in each name",
        "Correct the names, or move these files out of the folder.",
    )
    require_names(
        [f"{path.parent.name}/{path.name}" for path, match in parsed.items() if match and _contradicts(path, match[4])],
        "each clip in the folder of the emotion in its name",
        "Move these clips to the folder that their name says.",
    )


def _contradicts(path: Path, code: str) -> bool:
    return any(FOLDERS.get(folder.lower(), code) != code for folder in (path.parent.name, path.parent.parent.name))


def _utterance(file: str, name: str) -> Utterance:
    speaker, _, emotion = name.split("_")
    return Utterance(
        file=file,
        speaker=speaker,
        emotion=EMOTION_CODES[emotion[0]],
        gender="male" if speaker[1] == "M" else "female",
        corpus="urdu",
        recording=_RECORDING.get(name),
    )


def _missing(found: Mapping[str, Path]) -> list[str]:
    """Clips of one emotion are numbered from 1 to 100 without a gap, so that a gap is a missing clip."""
    present = {(match[4], int(match[5])) for match in map(_NAME.fullmatch, found) if match}
    return [
        f"clip {code}{number:03d} ({emotion})"
        for code, emotion in EMOTION_CODES.items()
        for number in range(1, CLIPS_PER_EMOTION + 1)
        if (code, number) not in present
    ]
