"""RAVDESS, speech part: 24 actors, 2 sentences, 8 emotions, 1440 recordings in North American English.

Licence: CC BY-NC-SA 4.0 (non-commercial, share alike; the authors sell commercial licences).

References:
    Livingstone and Russo (2018), PLoS ONE 13(5): e0196391. Zenodo record 1188976.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ser_core.corpora.folder import missing_note, recordings_in, require_names, require_readable
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.paths import expanded

TITLE = "RAVDESS (speech)"
LICENCE = (
    "Creative Commons BY-NC-SA 4.0: not for commercial use; name the authors; share adaptations under the same "
    "licence. The authors sell commercial licences."
)
LICENCE_SHORT = "CC BY-NC-SA 4.0"
CITATION = (
    "Livingstone SR, Russo FA (2018). The Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS): "
    "A dynamic, multimodal set of facial and vocal expressions in North American English. PLoS ONE 13(5): e0196391. "
    "https://doi.org/10.1371/journal.pone.0196391"
)
URL = "https://zenodo.org/records/1188976"

EMOTION_CODES: Mapping[str, str] = MappingProxyType(
    {
        "01": "neutral",
        "02": "calm",
        "03": "happy",
        "04": "sad",
        "05": "angry",
        "06": "fearful",
        "07": "disgust",
        "08": "surprise",
    }
)
INTENSITIES = {"01": "normal", "02": "strong"}
STATEMENTS = {"01": "Kids are talking by the door", "02": "Dogs are sitting by the door"}
ACTORS: tuple[str, ...] = tuple(f"{number:02d}" for number in range(1, 25))

# The two are the same recording, bit for bit, under two names.
SAME_RECORDING: Mapping[str, str] = MappingProxyType(
    {
        "03-01-03-01-02-01-07": "03-01-03-01-02-01-07",
        "03-01-03-01-02-02-07": "03-01-03-01-02-01-07",
    }
)
STEREO_ORIGINALS: tuple[str, ...] = (
    "03-01-02-01-01-02-01",
    "03-01-08-01-02-02-01",
    "03-01-02-01-02-02-05",
    "03-01-03-01-02-01-20",
    "03-01-06-01-01-02-20",
)

# modality, channel, emotion, intensity, statement, repetition, actor
_NAME = re.compile(r"(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)")


def gender_of(actor: str) -> str:
    """Return the sex of an actor: odd numbers are male, even ones female."""
    return "male" if int(actor) % 2 else "female"


@dataclass(frozen=True)
class RavdessPart:
    """Description of one of the two audio-only parts.

    Attributes:
        name: ``speech`` or ``song``.
        corpus: its short name among the kinds of corpus.
        channel: second number of its file names.
        emotions: the codes that occur in it.
        archive: what to unpack.
    """

    name: str
    corpus: str
    title: str
    channel: str
    emotions: tuple[str, ...]
    actors: tuple[str, ...]
    archive: str


SPEECH = RavdessPart(
    name="speech",
    corpus="ravdess",
    title=TITLE,
    channel="01",
    emotions=tuple(EMOTION_CODES),
    actors=ACTORS,
    archive="Audio_Speech_Actors_01-24.zip",
)


def load(root: Path) -> Manifest:
    """List the recordings of RAVDESS below a folder with ``Actor_01`` … ``Actor_24``, as WAV or FLAC.

    ``recording`` joins the one that was published twice.

    Raises:
        CorpusError: if the folder is incomplete, a name holds an unknown emotion or actor, or a file cannot be opened.
    """
    manifest = load_part(root, SPEECH)
    names = {Path(utterance.file).stem for utterance in manifest.utterances}
    return dataclasses.replace(manifest, notes=(*manifest.notes, *_notes(names)))


def load_part(root: Path, part: RavdessPart) -> Manifest:
    """List the recordings of one part, as :func:`load`; files of the other parts are left out with a note."""
    root = expanded(root).absolute()
    found, notes = recordings_in(root, part.title, f"Actor_XX/03-{part.channel}-EE-II-SS-RR-XX.wav")
    chosen, passed_over = _of_part(found, part)
    if passed_over:
        notes.append(f"{passed_over} file(s) of {_OTHERS[part.name]} were left out: this is the {part.name} part.")
    require_readable(chosen.values())
    utterances = tuple(_utterance(path.relative_to(root).as_posix(), name, part) for name, path in chosen.items())
    notes += missing_note(_missing(chosen, part), published=len(_published(part)), title=part.title)
    return Manifest(part.corpus, root, utterances, LICENCE, CITATION, tuple(notes))


_OTHERS = {"speech": "the song or video part", "song": "the speech or video part"}


def _of_part(found: Mapping[str, Path], part: RavdessPart) -> tuple[dict[str, Path], int]:
    require_names(
        [path.name for name, path in found.items() if not _NAME.fullmatch(name) or name[-2:] not in ACTORS],
        f"file names like 03-{part.channel}-05-01-02-01-07 (Actor_XX/03-{part.channel}-EE-II-SS-RR-XX.wav; "
        "the last number is the actor, 01 to 24)",
        "Give such files their original names, or move them out of the folder.",
    )
    beginning = f"03-{part.channel}-"
    chosen = {name: path for name, path in found.items() if name.startswith(beginning)}
    require_names(
        [] if chosen else [path.name for path in found.values()],
        f"recordings of the audio-only {part.name} part, whose names begin with {beginning[:-1]}",
        f"Unpack {part.archive} there.",
    )
    require_names(
        [path.name for name, path in chosen.items() if name.split("-")[2] not in part.emotions],
        f"an emotion code {', '.join(f'{code} {EMOTION_CODES[code]}' for code in part.emotions)} "
        "as third number of each name",
        "Correct the names, or move these files out of the folder.",
    )
    return chosen, len(found) - len(chosen)


def _utterance(file: str, name: str, part: RavdessPart) -> Utterance:
    _, _, emotion, intensity, statement, _, actor = name.split("-")
    return Utterance(
        file=file,
        speaker=actor,
        emotion=EMOTION_CODES[emotion],
        gender=gender_of(actor),
        text=STATEMENTS.get(statement),
        intensity=INTENSITIES.get(intensity),
        sentence=statement,
        corpus=part.corpus,
        recording=SAME_RECORDING.get(name),
    )


def _published(part: RavdessPart) -> list[str]:
    return [
        f"03-{part.channel}-{emotion}-{intensity}-{statement}-{repetition}-{actor}"
        for actor in part.actors
        for emotion in part.emotions
        for intensity in INTENSITIES
        for statement in STATEMENTS
        for repetition in ("01", "02")
        if not (emotion == "01" and intensity == "02")  # neutral has no strong version
    ]


def _missing(found: Mapping[str, Path], part: RavdessPart) -> list[str]:
    """List missing recordings; of one published twice, either is enough."""
    present = {SAME_RECORDING.get(name, name) for name in found}
    return [name for name in _published(part) if SAME_RECORDING.get(name, name) not in present]


def _notes(names: Set[str]) -> list[str]:
    shared = Counter(SAME_RECORDING[name] for name in names if name in SAME_RECORDING)
    notes = [
        "Levels differ a lot between files and actors (some calm and sad takes of actors 09 and 20 are very quiet); "
        "about one second of near-silence lies before and after the speech."
    ]
    if any(count > 1 for count in shared.values()):
        notes.append("One recording of actor 07 is published under two names; every split keeps both on one side.")
    stereo = sum(name in names for name in STEREO_ORIGINALS)
    if stereo:
        notes.append(f"{stereo} original(s) were recorded in stereo; they are averaged to mono when read.")
    return notes
