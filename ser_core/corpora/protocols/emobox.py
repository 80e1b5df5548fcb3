"""EmoBox's published folds, from the lists that ship with the package.

References:
    Ma et al. (2024), "EmoBox: Multilingual multi-corpus speech emotion recognition toolkit and benchmark",
    Interspeech, arXiv:2406.07162. Its lists of training and test files name no development part; ours is drawn from
    the training part.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import PurePosixPath

from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols.by_recording import random_fold
from ser_core.corpora.protocols.by_session import require_sessions, sessions
from ser_core.corpora.protocols.by_speaker import speaker_fold
from ser_core.corpora.protocols.protocol import Protocol
from ser_core.corpora.splits import Fold, groups, speaker_units
from ser_core.errors import CorpusError

OF_UNHEARD_SPEAKERS: tuple[str, ...] = ("ravdess", "iemocap", "savee")


@dataclass(frozen=True)
class PublishedFolds:
    """Folds of one corpus as listed by EmoBox: fold → its tests, as ``speaker``, ``session`` or ``file`` names."""

    corpus: str
    expected: str
    by: str
    tests: dict[int, tuple[str, ...]]

    @property
    def members(self) -> tuple[str, ...]:
        """Sorted union of the test lists."""
        return tuple(sorted(member for test in self.tests.values() for member in test))


def published_folds(corpus: str) -> PublishedFolds:
    """Read the list of one corpus: ``emodb, iemocap, ravdess`` or ``savee``."""
    file = resources.files("ser_core.corpora").joinpath("folds", f"emobox-{corpus}.json")
    content = json.loads(file.read_text(encoding="utf-8"))
    tests = {fold["fold"]: tuple(fold["test"]) for fold in content["folds"]}
    return PublishedFolds(content["corpus"], content["expected"], content["by"], tests)


def _emobox(manifest: Manifest, seed: int) -> list[Fold]:
    published = _of_unheard_speakers(manifest)
    if published.by == "session":
        found = sessions(manifest, "emobox")
        require_sessions(found, published.members, manifest, "emobox")
        units = list(found.values())
        tests = {number: [found[session] for session in test] for number, test in published.tests.items()}
    else:
        _require_members(manifest.speakers, published, manifest)
        units = speaker_units(manifest)
        # Speakers that share sound go together, with the first of them.
        tests = {
            number: [unit for unit in units if unit.speakers[0] in test] for number, test in published.tests.items()
        }
    return [
        speaker_fold(manifest, units, test, number=number, name="emobox", seed=seed) for number, test in tests.items()
    ]


def _emobox_emodb(manifest: Manifest, seed: int) -> list[Fold]:
    name = "emobox-emodb"
    published = published_folds("emodb")
    fold_of = {file: number for number, test in published.tests.items() for file in test}
    files = [PurePosixPath(utterance.file).stem for utterance in manifest.utterances]
    strange = [file for file in files if file not in fold_of]
    if strange:
        raise CorpusError(
            f"Expected {published.expected} for {name}; {manifest.corpus} also has {first_few(strange)}. "
            "Choose random-10-fold, or open EmoDB."
        )
    members = groups(manifest)
    tests: dict[int, list[tuple[int, ...]]] = {number: [] for number in published.tests}
    for group in members:
        tests[fold_of[files[group[0]]]].append(group)  # whatever shares its sound goes with it
    return [random_fold(manifest, members, test, number=number, name=name, seed=seed) for number, test in tests.items()]


def _of_unheard_speakers(manifest: Manifest) -> PublishedFolds:
    """Find the lists of a corpus by its name, or else (a table may have any name) by its speakers."""
    lists = [published_folds(corpus) for corpus in OF_UNHEARD_SPEAKERS]
    for published in lists:
        if published.corpus == manifest.corpus:
            return published
    for published in lists:
        if published.by == "speaker" and published.members == manifest.speakers:
            return published
    advice = (
        "EmoBox's folds of EmoDB test heard speakers: choose emobox-emodb for them, or speaker-k-fold."
        if manifest.corpus == "emodb"
        else "Choose speaker-k-fold, or open the whole of one of these corpora."
    )
    raise CorpusError(
        f"Expected {', or '.join(published.expected for published in lists)}; got {manifest.corpus} with "
        f"{len(manifest.speakers)} speakers. {advice}"
    )


def _require_members(got: Sequence[str], published: PublishedFolds, manifest: Manifest) -> None:
    absent = [member for member in published.members if member not in got]
    strange = [member for member in got if member not in published.members]
    if absent or strange:
        difference = f"without {first_few(absent)}" if absent else f"also {first_few(strange)}"
        raise CorpusError(
            f"Expected {published.expected}; got {manifest.corpus} with {len(got)} speakers ({difference}). "
            "Choose speaker-k-fold, or open the whole corpus."
        )


EMOBOX = Protocol(
    name="emobox",
    title="EmoBox, unheard speakers",
    description=(
        "EmoBox's folds: six of RAVDESS with four unheard actors each, five of IEMOCAP with one unheard session each, "
        "four of SAVEE with one unheard speaker each. Of those in training, one of each sex (in SAVEE one speaker, in "
        "IEMOCAP one session) is drawn for development."
    ),
    speaker_independent=True,
    make=_emobox,
)
EMOBOX_EMODB = Protocol(
    name="emobox-emodb",
    title="EmoBox, five folds of EmoDB",
    description=(
        "EmoBox's five folds of EmoDB's files; a tenth of the training files is drawn for development. Test speakers "
        "are heard in training, so figures are too high for an unheard speaker."
    ),
    speaker_independent=False,
    make=_emobox_emodb,
)
