"""Named protocols: a corpus and a seed → folds. A figure means nothing without the protocol it was obtained with."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from ser_core.config import lookup
from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.splits import (
    DEVELOPMENT_SHARE,
    Fold,
    Unit,
    deal_groups,
    deal_units,
    draw_development,
    flattened,
    groups,
    indices_of,
    require_usable,
    speaker_overlap,
    speaker_units,
    systematic,
)
from ser_core.errors import CorpusError
from ser_core.seeding import stream

__all__ = ["PROTOCOLS", "Fold", "Protocol", "make_folds", "speaker_overlap"]

LEAST_SPEAKERS = 3  # one each to train, to tune and to test
LEAST_PER_EMOTION = 3
SPLIT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "train": "train", "training": "train",
        "development": "development", "dev": "development", "devel": "development",
        "validation": "development", "valid": "development", "val": "development",
        "test": "test", "testing": "test", "eval": "test", "evaluation": "test",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Protocol:
    """One way to divide a corpus.

    Attributes:
        name: what ``--protocol`` takes.
        title: its name for people.
        description: who is in which part, in a sentence or two.
        speaker_independent: no test speaker is ever heard in training or development.
        make: corpus and seed → folds.
    """

    name: str
    title: str
    description: str
    speaker_independent: bool
    make: Callable[[Manifest, int], list[Fold]]


def make_folds(manifest: Manifest, protocol: str, seed: int) -> list[Fold]:
    """Divide a corpus by a named protocol.

    Args:
        manifest: the corpus.
        protocol: a name of :data:`PROTOCOLS`.
        seed: the run's seed; the same seed gives the same folds on every machine.

    Returns:
        Folds numbered from 1; in each, no sound is on two sides, and every emotion is in training.

    Raises:
        ConfigError: for an unknown protocol; names the nearest one.
        CorpusError: if the corpus is too small for the protocol, or not the one it is for.
    """
    chosen = lookup("protocol", protocol, PROTOCOLS)
    if len(manifest.labels) < 2:
        raise CorpusError(
            f"Expected at least two emotions to tell apart; {manifest.corpus} has "
            f"{' and '.join(manifest.labels) or 'no utterance'}. Add recordings of another emotion."
        )
    folds = chosen.make(manifest, seed)
    require_usable(manifest, folds, chosen.name)
    return folds


def emobox_test_actors() -> dict[int, tuple[str, ...]]:
    """Return fold → test actors of EmoBox's six RAVDESS folds, from the list that ships with the package."""
    text = resources.files("ser_core.corpora").joinpath("folds", "emobox-ravdess.json").read_text(encoding="utf-8")
    return {fold["fold"]: tuple(fold["test"]) for fold in json.loads(text)["folds"]}


def _emobox(manifest: Manifest, seed: int) -> list[Fold]:
    tests = emobox_test_actors()
    actors = sorted(actor for test in tests.values() for actor in test)
    absent = [actor for actor in actors if actor not in manifest.speakers]
    strange = [speaker for speaker in manifest.speakers if speaker not in actors]
    if absent or strange:
        got = f"without {first_few(absent)}" if absent else f"also {first_few(strange)}"
        raise CorpusError(
            f"Expected RAVDESS with its actors 01 to 24; got {manifest.corpus} with {len(manifest.speakers)} speakers "
            f"({got}). Choose speaker-k-fold, or open the whole of RAVDESS."
        )
    units = speaker_units(manifest)
    return [
        _speaker_fold(
            manifest,
            units,
            [unit for unit in units if set(unit.speakers) & set(test)],
            number=number,
            name="emobox",
            seed=seed,
        )
        for number, test in tests.items()
    ]


def _speaker_k_fold(manifest: Manifest, seed: int) -> list[Fold]:
    units = speaker_units(manifest)
    count = 6 if len(units) >= 12 else 5
    _require_speakers(manifest, units, count, "speaker-k-fold", "leave-one-speaker-out or held-out-speakers")
    dealt = deal_units(manifest, units, count=count, random=stream(seed, "split", "speaker-k-fold"))
    return [
        _speaker_fold(manifest, units, test, number=number, name="speaker-k-fold", seed=seed)
        for number, test in enumerate(dealt, 1)
    ]


def _leave_one_speaker_out(manifest: Manifest, seed: int) -> list[Fold]:
    units = speaker_units(manifest)
    _require_speakers(manifest, units, LEAST_SPEAKERS, "leave-one-speaker-out", "random-70-30")
    return [
        _speaker_fold(manifest, units, [unit], number=number, name="leave-one-speaker-out", seed=seed)
        for number, unit in enumerate(units, 1)
    ]


def _held_out_speakers(manifest: Manifest, seed: int) -> list[Fold]:
    units = speaker_units(manifest)
    if any(utterance.split for utterance in manifest.utterances):
        return [_published_split(manifest, units, seed)]
    _require_speakers(manifest, units, LEAST_SPEAKERS, "held-out-speakers", "random-70-30")
    females, males = (sum(unit.gender == sex for unit in units) for sex in ("female", "male"))
    # As many parts as leave one of each sex in every part, at most six: a sixth of the speakers is tested.
    count = min(6, females, males) if min(females, males) >= 3 else min(6, len(units))
    random = stream(seed, "split", "held-out-speakers")
    dealt = deal_units(manifest, units, count=count, random=random)
    shuffled = [dealt[position] for position in random.permutation(count)]
    test = max(shuffled, key=lambda part: len({manifest.utterances[index].emotion for index in indices_of(part)}))
    return [_speaker_fold(manifest, units, test, number=1, name="held-out-speakers", seed=seed)]


def _random_10_fold(manifest: Manifest, seed: int) -> list[Fold]:
    members = _require_groups(manifest, 20, "random-10-fold")
    random = stream(seed, "split", "random-10-fold")
    ordered = deal_groups(manifest, members, random=random)
    names = random.permutation(10)
    tests: list[list[tuple[int, ...]]] = [[] for _ in range(10)]
    for position, group in enumerate(ordered):
        tests[names[position % 10]].append(group)
    return [
        _random_fold(manifest, members, test, number=number, name="random-10-fold", seed=seed)
        for number, test in enumerate(tests, 1)
    ]


def _random_70_30(manifest: Manifest, seed: int) -> list[Fold]:
    members = _require_groups(manifest, 10, "random-70-30")
    random = stream(seed, "split", "random-70-30")
    ordered = deal_groups(manifest, members, random=random)
    chosen = systematic(len(ordered), share=0.3, random=random)
    test = [group for group, flag in zip(ordered, chosen, strict=True) if flag]
    return [_random_fold(manifest, members, test, number=1, name="random-70-30", seed=seed)]


def _speaker_fold(
    manifest: Manifest, units: Sequence[Unit], test: Sequence[Unit], *, number: int, name: str, seed: int
) -> Fold:
    heard = [unit for unit in units if unit not in test]
    development = draw_development(manifest, heard, random=stream(seed, "split", name, "development", number))
    train = [unit for unit in heard if unit not in development]
    return Fold(number, indices_of(train), indices_of(development), indices_of(test))


def _random_fold(
    manifest: Manifest,
    members: Sequence[tuple[int, ...]],
    test: Sequence[tuple[int, ...]],
    *,
    number: int,
    name: str,
    seed: int,
) -> Fold:
    tested = set(test)
    random = stream(seed, "split", name, "development", number)
    ordered = deal_groups(manifest, [group for group in members if group not in tested], random=random)
    flags = systematic(len(ordered), share=max(DEVELOPMENT_SHARE, 1 / len(ordered)), random=random)
    development = [group for group, flag in zip(ordered, flags, strict=True) if flag]
    train = [group for group, flag in zip(ordered, flags, strict=True) if not flag]
    return Fold(number, flattened(train), flattened(development), flattened(test))


def _published_split(manifest: Manifest, units: Sequence[Unit], seed: int) -> Fold:
    """Follow the manifest's ``split`` column; development is drawn from the training speakers if it has none."""
    parts: dict[str, list[Unit]] = {"train": [], "development": [], "test": []}
    for unit in units:
        named = sorted({manifest.utterances[index].split or "(empty)" for index in unit.indices})
        unknown = [name for name in named if name.lower() not in SPLIT_NAMES]
        if unknown:
            raise CorpusError(
                f"Expected train, development or test in the column split; got {first_few(unknown)} for speaker "
                f"{first_few(unit.speakers)}. Correct the column, or remove it to have the speakers drawn."
            )
        sides = {SPLIT_NAMES[name.lower()] for name in named}
        if len(sides) > 1:
            raise CorpusError(
                f"Expected each speaker on one side in held-out-speakers; the column split has "
                f"{first_few(unit.speakers)} in {' and '.join(sorted(sides))}. "
                "Correct the column, remove it, or choose random-70-30."
            )
        parts[sides.pop()].append(unit)
    for name in ("train", "test"):
        if not parts[name]:
            raise CorpusError(
                f"Expected speakers for {name} in the column split; there are none. "
                "Name some, or remove the column to have the speakers drawn."
            )
    if not parts["development"]:
        if len(parts["train"]) < 2:
            raise CorpusError(
                "Expected at least two training speakers in the column split, one of them for development; got one. "
                "Name development speakers, or remove the column to have the speakers drawn."
            )
        return _speaker_fold(manifest, units, parts["test"], number=1, name="held-out-speakers", seed=seed)
    return Fold(1, *(indices_of(parts[name]) for name in ("train", "development", "test")))


def _require_speakers(manifest: Manifest, units: Sequence[Unit], least: int, name: str, other: str) -> None:
    if len(units) < least:
        raise CorpusError(
            f"Expected at least {least} speakers for {name}; {manifest.corpus} has {len(units)} "
            f"({first_few([', '.join(unit.speakers) for unit in units])}). Add speakers, or choose {other}."
        )


def _require_groups(manifest: Manifest, least: int, name: str) -> list[tuple[int, ...]]:
    members = groups(manifest)
    if len(members) < least:
        raise CorpusError(
            f"Expected at least {least} separate recordings for {name}; {manifest.corpus} has {len(members)}. "
            "Add recordings."
        )
    counts = dict.fromkeys(manifest.labels, 0)
    for group in members:
        for emotion in {manifest.utterances[index].emotion for index in group}:
            counts[emotion] += 1
    rare = [f"{emotion} {count}" for emotion, count in counts.items() if count < LEAST_PER_EMOTION]
    if rare:
        raise CorpusError(
            f"Expected at least {LEAST_PER_EMOTION} recordings of each emotion for {name}; {manifest.corpus} has "
            f"{', '.join(rare)}. Add recordings, leave that emotion out, or join it with another."
        )
    return members


_ALL: tuple[Protocol, ...] = (
    Protocol(
        name="held-out-speakers",
        title="Held-out speakers",
        description=(
            "One fold: about a sixth of the speakers is tested, both sexes alike, and a few more are for development; "
            "follows the column split if the manifest has one."
        ),
        speaker_independent=True,
        make=_held_out_speakers,
    ),
    Protocol(
        name="emobox",
        title="EmoBox, six folds of RAVDESS",
        description=(
            "EmoBox's six folds with four unheard actors each; two of the twenty training actors, one of each sex, "
            "are drawn for development."
        ),
        speaker_independent=True,
        make=_emobox,
    ),
    Protocol(
        name="speaker-k-fold",
        title="Speaker k-fold",
        description=(
            "Each speaker is tested once: six folds (five where there are fewer than twelve speakers), balanced by "
            "sex, size and emotion."
        ),
        speaker_independent=True,
        make=_speaker_k_fold,
    ),
    Protocol(
        name="leave-one-speaker-out",
        title="Leave one speaker out",
        description="As many folds as speakers; each is tested once by a model that never heard them.",
        speaker_independent=True,
        make=_leave_one_speaker_out,
    ),
    Protocol(
        name="random-10-fold",
        title="Random 10-fold",
        description=(
            "Ten random folds, each emotion in proportion. Test speakers are heard in training, so figures are 15 "
            "to 25 points too high for an unheard speaker."
        ),
        speaker_independent=False,
        make=_random_10_fold,
    ),
    Protocol(
        name="random-70-30",
        title="Random 70/30",
        description=(
            "One fold: a random 30 % is tested, each emotion in proportion. Test speakers are heard in training, so "
            "figures are far too high for an unheard speaker."
        ),
        speaker_independent=False,
        make=_random_70_30,
    ),
)
PROTOCOLS: Mapping[str, Protocol] = MappingProxyType({protocol.name: protocol for protocol in _ALL})
