"""IEMOCAP: 10 actors in 5 sessions of two, 10039 rated turns of improvised and scripted dialogue in American English.

Licence: by the release form of the University of Southern California, for research; everyone brings their own copy.

References:
    Busso, Bulut, Lee, Kazemzadeh, Mower, Kim, Chang, Lee and Narayanan (2008), Language Resources and Evaluation 42(4),
    335-359; ``README.txt`` of the release: names, layout, who speaks a turn.
    Lian, Li, Tao and Huang (2018), arXiv:1801.01237: the counts of the four classes by session.
    Kumar et al. (2020), ICPR: the nine classes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ser_core.corpora.folder import first_few, missing_note, require_folder, require_names, require_readable
from ser_core.corpora.manifest import DROP, Manifest, Utterance
from ser_core.errors import CorpusError

TITLE = "IEMOCAP"
LICENCE = (
    "Licensed to persons and institutions by the release form of the Signal Analysis and Interpretation Laboratory, "
    "University of Southern California: for research, not to be passed on. Bring your own copy."
)
LICENCE_SHORT = "research only, by release form"
CITATION = (
    "Busso C, Bulut M, Lee CC, Kazemzadeh A, Mower E, Kim S, Chang JN, Lee S, Narayanan SS (2008). IEMOCAP: "
    "interactive emotional dyadic motion capture database. Language Resources and Evaluation 42(4), 335-359. "
    "https://doi.org/10.1007/s10579-008-9076-6"
)
URL = "https://sail.usc.edu/iemocap/iemocap_release.htm"
LAYOUT = "Session1/dialog/EmoEvaluation/Ses01F_impro01.txt and Session1/sentences/wav/Ses01F_impro01/…_F000.wav"

EMOTION_CODES: Mapping[str, str] = MappingProxyType(
    {
        "neu": "neutral",
        "hap": "happy",
        "sad": "sad",
        "ang": "angry",
        "exc": "excited",
        "fru": "frustrated",
        "fea": "fearful",
        "sur": "surprise",
        "dis": "disgust",
    }
)
LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {"xxx": "the annotators agree on no emotion", "oth": "an emotion that the list does not name"}
)
MAPPINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "iemocap-4": {
            "excited": "happy",
            "frustrated": DROP,
            "fearful": DROP,
            "surprise": DROP,
            "disgust": DROP,
        }
    }
)
SESSIONS: tuple[str, ...] = ("Session1", "Session2", "Session3", "Session4", "Session5")
RATING_SCALE = (1.0, 5.0)  # of activation: very low to very high
PUBLISHED_TURNS = 10_039
# Lian's training, validation and test sessions after the mapping iemocap-4.
FOUR_CLASS_COUNTS: Mapping[tuple[str, ...], Mapping[str, int]] = MappingProxyType(
    {
        SESSIONS[:3]: {"neutral": 1066, "happy": 891, "sad": 696, "angry": 606},
        SESSIONS[3:4]: {"neutral": 258, "happy": 303, "sad": 143, "angry": 327},
        SESSIONS[4:]: {"neutral": 384, "happy": 442, "sad": 245, "angry": 170},
    }
)

_DIALOG = re.compile(r"Ses0[1-5][FM]_(?:impro|script)\w+")
_TURN = re.compile(r"(Ses0([1-5]))[FM]_((?:impro|script)\w+)_([FM])\d+")  # session, its number, scenario, who speaks
# [6.2901 - 8.2357] Ses01F_impro01_F000 neu [2.5000, 2.5000, 2.5000]: turn, emotion, valence, activation, dominance
_NUMBER = r"\s*(\d+(?:\.\d+)?)\s*"
_ROW = re.compile(rf"\[{_NUMBER}-{_NUMBER}\]\s+(\S+)\s+(\S+)\s+\[{_NUMBER},{_NUMBER},{_NUMBER}\]", re.ASCII)
_SPOKEN = re.compile(r"(\S+)\s*\[[^\]]*\]\s*:?\s*(.*)")  # Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.


@dataclass(frozen=True)
class Rating:
    """One rated turn, as a line of ``EmoEvaluation`` gives it; ratings from 1 to 5."""

    session: str
    turn: str
    code: str
    valence: float
    activation: float
    dominance: float


def load(root: Path) -> Manifest:
    """List the rated turns of IEMOCAP.

    ``root`` is the release (``IEMOCAP_full_release``) or a folder that holds it, with ``Session1`` … ``Session5``; of
    each, ``dialog/EmoEvaluation/*.txt`` and ``sentences/wav/*/*.wav`` (or FLAC) are needed, ``dialog/transcriptions``
    is optional.

    One utterance per turn with an agreed emotion, in nine classes, excited and happy apart (the mapping ``iemocap-4``
    makes the usual four). ``speaker`` is the actor who speaks (``Ses01M`` also in the dialogue ``Ses01F_impro01``),
    ``session`` the folder, ``sentence`` the scenario (``impro01``, ``script01_1``); ``arousal`` is what the corpus
    calls activation.

    Raises:
        CorpusError: if the folder or a part of it is missing, a line cannot be read, a turn names an unknown emotion or
            no speaker, a file cannot be opened, or a few of the published turns are missing.
    """
    root = _release(require_folder(root, TITLE))
    sessions = [session for session in SESSIONS if (root / session).is_dir()]
    rated = [rating for session in sessions for rating in _ratings(root, session)]
    _require_known(rated)
    found = {rating.turn: path for rating in rated if (path := _recording(root, rating)) is not None}
    notes = _completeness(rated, found, sessions)
    kept = [rating for rating in rated if rating.turn in found and rating.code in EMOTION_CODES]
    if not kept:
        raise CorpusError(
            f"Expected turns with an agreed emotion and their recordings in {root} ({LAYOUT}); there is none. "
            "Unpack the release there, sentences/wav included."
        )
    require_readable(found[rating.turn] for rating in kept)
    texts = {turn: text for session in sessions for turn, text in _texts(root, session).items()}
    utterances = tuple(_utterance(rating, found[rating.turn].relative_to(root), texts) for rating in kept)
    left_out = Counter(rating.code for rating in rated if rating.turn in found and rating.code in LEFT_OUT)
    notes += [f"{left_out[code]} turn(s) rated {code} ({why}) are left out." for code, why in LEFT_OUT.items()]
    if not texts:
        notes.append("No transcriptions here: what is said is empty.")
    if len(found) == PUBLISHED_TURNS:
        notes += differing_counts(utterances)
    return Manifest("iemocap", root, utterances, LICENCE, CITATION, tuple(notes))


def speaker_of(turn: str) -> str:
    """Return the actor who speaks: the session and the letter at the turn's end; the first letter wore the markers.

    Examples:
        >>> speaker_of("Ses01F_impro01_M003")
        'Ses01M'
    """
    match = _TURN.fullmatch(turn)
    return f"{match[1]}{match[4]}" if match else ""


def differing_counts(utterances: Iterable[Utterance]) -> list[str]:
    """Note where a complete copy, in nine classes or four, differs from the published counts of the four."""
    mapping = MAPPINGS["iemocap-4"]
    counts = Counter((row.session, mapping.get(row.emotion or "", row.emotion)) for row in utterances)
    differing = [
        f"{emotion} in {' '.join(sessions)}: {got}, published {count}"
        for sessions, published in FOUR_CLASS_COUNTS.items()
        for emotion, count in published.items()
        if (got := sum(counts[session, emotion] for session in sessions)) != count
    ]
    if not differing:
        return []
    return [f"The labels of this copy were changed: the four-class counts differ ({first_few(differing)})."]


def _release(root: Path) -> Path:
    """Return the folder that holds the sessions: the given one, or one at most two levels below it."""
    for pattern in (".", "*", "*/*"):
        for folder in sorted(root.glob(pattern)) if pattern != "." else [root]:
            if any((folder / session / "dialog").is_dir() for session in SESSIONS):
                return folder
    raise CorpusError(
        f"Expected the sessions of {TITLE} in {root} ({LAYOUT}); there is no Session1 … Session5. "
        "Give the folder IEMOCAP_full_release."
    )


def _ratings(root: Path, session: str) -> list[Rating]:
    folder = root / session / "dialog" / "EmoEvaluation"
    # Sub-folders hold the annotators' own sheets; ._Ses….txt is what macOS adds to archives.
    files = [path for path in sorted(folder.glob("*.txt")) if _DIALOG.fullmatch(path.stem)]
    recorded = [path.name for path in sorted((root / session / "sentences" / "wav").glob("Ses*")) if path.is_dir()]
    rated = {path.stem: ratings for path in files if (ratings := _ratings_in(path, session))}
    unrated = sorted({*recorded, *(path.stem for path in files)} - rated.keys())
    if not files or unrated:
        missing = first_few([f"{name}.txt" for name in unrated]) if unrated and files else "no dialogue is there"
        raise CorpusError(
            f"Expected the ratings of each dialogue of {session} in {folder}; missing or empty: {missing}. Copy "
            f"{session}/dialog/EmoEvaluation again from the release."
        )
    return [rating for ratings in rated.values() for rating in ratings]


def _ratings_in(path: Path, session: str) -> list[Rating]:
    ratings = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if not line.startswith("["):  # the heading, the annotators' lines, empty lines
            continue
        match = _ROW.match(line)
        if match is None:
            raise CorpusError(
                "Expected [start - end], turn, emotion and [valence, activation, dominance] in line "
                f"{number} of {path}; got {line.strip()!r}. Copy the file again from the release."
            )
        _, _, turn, code, *values = match.groups()
        ratings.append(Rating(session, turn, code, *map(float, values)))
    return ratings


def _require_known(rated: Sequence[Rating]) -> None:
    require_names(
        [
            rating.turn
            for rating in rated
            if (match := _TURN.fullmatch(rating.turn)) is None or f"Session{match[2]}" != rating.session
        ],
        "turns like Ses01F_impro01_M003 in Session1 (the last letter is who speaks, F or M)",
        "Take the files of EmoEvaluation from the release again.",
    )
    known = {**EMOTION_CODES, **LEFT_OUT}
    require_names(
        [f"{rating.turn} ({rating.code})" for rating in rated if rating.code not in known],
        f"an emotion code {', '.join(f'{code} {name}' for code, name in EMOTION_CODES.items())}, xxx or oth",
        "Take the files of EmoEvaluation from the release again.",
    )
    twice = [turn for turn, count in Counter(rating.turn for rating in rated).items() if count > 1]
    require_names(twice, "each turn rated in one line", "Delete the second copy of that dialogue's ratings.")


def _recording(root: Path, rating: Rating) -> Path | None:
    dialog = rating.turn.rpartition("_")[0]
    path = root / rating.session / "sentences" / "wav" / dialog / f"{rating.turn}.wav"
    return next((file for file in (path, path.with_suffix(".flac")) if file.is_file()), None)


def _completeness(rated: Sequence[Rating], found: Mapping[str, Path], sessions: Sequence[str]) -> list[str]:
    missing = [rating.turn for rating in rated if rating.turn not in found]
    if list(sessions) == list(SESSIONS):
        unlisted = PUBLISHED_TURNS - len(rated)
        missing += [f"a turn that is not rated here ({len(rated)} of {PUBLISHED_TURNS} are)"] * unlisted
        return missing_note(missing, published=PUBLISHED_TURNS, title=TITLE)
    return [
        f"Only {', '.join(sessions)} of the five sessions are here; figures are for this part.",
        *missing_note(missing, published=len(rated), title=f"{TITLE}, {', '.join(sessions)}"),
    ]


def _texts(root: Path, session: str) -> dict[str, str]:
    """Return turn → spoken text. Lines of other forms (``M: [laughter]``) belong to no rated turn."""
    texts = {}
    for path in sorted((root / session / "dialog" / "transcriptions").glob("Ses*.txt")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            match = _SPOKEN.fullmatch(line.strip())
            if match and match[2]:
                texts[match[1]] = match[2]
    return texts


def _utterance(rating: Rating, file: Path, texts: Mapping[str, str]) -> Utterance:
    speaker = speaker_of(rating.turn)
    match = _TURN.fullmatch(rating.turn)
    return Utterance(
        file=file.as_posix(),
        speaker=speaker,
        emotion=EMOTION_CODES[rating.code],
        gender={"F": "female", "M": "male"}[speaker[-1]],
        session=rating.session,
        text=texts.get(rating.turn),
        sentence=match[3] if match else None,
        arousal=rating.activation,
        valence=rating.valence,
        dominance=rating.dominance,
        corpus="iemocap",
    )
