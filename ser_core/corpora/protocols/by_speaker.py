"""Protocols by speaker: test speakers do not occur in training."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols.protocol import Protocol
from ser_core.corpora.splits import Fold, SpeakerGroup, deal_units, draw_development, indices_of, speaker_units
from ser_core.errors import CorpusError
from ser_core.seeding import stream

LEAST_SPEAKERS = 3  # one each to train, to tune and to test
SPLIT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "train": "train", "training": "train",
        "development": "development", "dev": "development", "devel": "development",
        "validation": "development", "valid": "development", "val": "development",
        "test": "test", "testing": "test", "eval": "test", "evaluation": "test",
    }
)  # fmt: skip


def speaker_fold(
    manifest: Manifest,
    units: Sequence[SpeakerGroup],
    test: Sequence[SpeakerGroup],
    *,
    number: int,
    name: str,
    seed: int,
) -> Fold:
    """Make a fold: given test units, randomly drawn development units, and the rest for training.

    ``name`` is that of the random stream.
    """
    heard = [unit for unit in units if unit not in test]
    development = draw_development(manifest, heard, random=stream(seed, "split", name, "development", number))
    train = [unit for unit in heard if unit not in development]
    return Fold(number, indices_of(train), indices_of(development), indices_of(test))


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
    return [speaker_fold(manifest, units, test, number=1, name="held-out-speakers", seed=seed)]


def _speaker_k_fold(manifest: Manifest, seed: int) -> list[Fold]:
    units = speaker_units(manifest)
    count = 6 if len(units) >= 12 else 5
    _require_speakers(manifest, units, count, "speaker-k-fold", "leave-one-speaker-out or held-out-speakers")
    dealt = deal_units(manifest, units, count=count, random=stream(seed, "split", "speaker-k-fold"))
    return [
        speaker_fold(manifest, units, test, number=number, name="speaker-k-fold", seed=seed)
        for number, test in enumerate(dealt, 1)
    ]


def _leave_one_speaker_out(manifest: Manifest, seed: int) -> list[Fold]:
    units = speaker_units(manifest)
    _require_speakers(manifest, units, LEAST_SPEAKERS, "leave-one-speaker-out", "random-70-30")
    return [
        speaker_fold(manifest, units, [unit], number=number, name="leave-one-speaker-out", seed=seed)
        for number, unit in enumerate(units, 1)
    ]


def _published_split(manifest: Manifest, units: Sequence[SpeakerGroup], seed: int) -> Fold:
    """Follow the manifest's ``split`` column; development is drawn from the training speakers if it has none."""
    parts: dict[str, list[SpeakerGroup]] = {"train": [], "development": [], "test": []}
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
        return speaker_fold(manifest, units, parts["test"], number=1, name="held-out-speakers", seed=seed)
    return Fold(1, *(indices_of(parts[name]) for name in ("train", "development", "test")))


def _require_speakers(manifest: Manifest, units: Sequence[SpeakerGroup], least: int, name: str, other: str) -> None:
    if len(units) < least:
        joined = [" with ".join(unit.speakers) for unit in units]
        shared = (
            "; those who share a recording or copies of one count once" if len(manifest.speakers) > len(units) else ""
        )
        raise CorpusError(
            f"Expected at least {least} speakers for {name}; {manifest.corpus} has {len(units)} "
            f"({first_few(joined)}{shared}). Add speakers, or choose {other}."
        )


HELD_OUT_SPEAKERS = Protocol(
    name="held-out-speakers",
    title="Held-out speakers",
    description=(
        "One fold: about a sixth of the speakers is tested, both sexes alike, and a few more are for development; "
        "follows the column split if the manifest has one."
    ),
    speaker_independent=True,
    make=_held_out_speakers,
)
SPEAKER_K_FOLD = Protocol(
    name="speaker-k-fold",
    title="Speaker k-fold",
    description=(
        "Each speaker is tested once: six folds (five where there are fewer than twelve speakers), balanced by "
        "sex, size and emotion."
    ),
    speaker_independent=True,
    make=_speaker_k_fold,
)
LEAVE_ONE_SPEAKER_OUT = Protocol(
    name="leave-one-speaker-out",
    title="Leave one speaker out",
    description="As many folds as speakers; each is tested once by a model that never heard them.",
    speaker_independent=True,
    make=_leave_one_speaker_out,
)
