"""Protocols by recording: test speakers also occur in training."""

from collections import Counter
from collections.abc import Sequence

from ser_core.corpora.manifest import Manifest
from ser_core.corpora.protocols.protocol import Protocol
from ser_core.corpora.splits import DEVELOPMENT_SHARE, Fold, deal_groups, flattened, groups, systematic
from ser_core.errors import CorpusError
from ser_core.seeding import stream

LEAST_PER_EMOTION = 3


def random_fold(
    manifest: Manifest,
    members: Sequence[tuple[int, ...]],
    test: Sequence[tuple[int, ...]],
    *,
    number: int,
    name: str,
    seed: int,
) -> Fold:
    """Test some groups, draw a tenth of the others for development, each emotion in proportion, train on the rest.

    The fold takes no group of :func:`ser_core.corpora.splits.groups` apart; ``name`` is that of the random stream.
    """
    tested = set(test)
    random = stream(seed, "split", name, "development", number)
    ordered = deal_groups(manifest, [group for group in members if group not in tested], random=random)
    flags = systematic(len(ordered), share=max(DEVELOPMENT_SHARE, 1 / len(ordered)), random=random)
    development = [group for group, flag in zip(ordered, flags, strict=True) if flag]
    train = [group for group, flag in zip(ordered, flags, strict=True) if not flag]
    return Fold(number, flattened(train), flattened(development), flattened(test))


def _random_10_fold(manifest: Manifest, seed: int) -> list[Fold]:
    members = _require_groups(manifest, 20, "random-10-fold")
    return [
        random_fold(manifest, members, test, number=number, name="random-10-fold", seed=seed)
        for number, test in enumerate(_subsets(manifest, members, count=10, name="random-10-fold", seed=seed), 1)
    ]


def _random_5_fold(manifest: Manifest, seed: int) -> list[Fold]:
    """Divide as Dai et al. did, as far as they say.

    Their text: "the dataset was divided into 5 subsets randomly keeping the emotion distribution, 4 subsets were
    used for training, half of the last subset was used as development set and half as test set. We repeated
    cross-validation 5 times to get the final average result." It is read here as a cross-validation over one
    division: each subset is the last one once, which makes five runs. Half of every subset is never tested; the
    halves do not change places. Five divisions of five runs each are had by five seeds.

    References:
        Dai et al. (2019), "Learning discriminative features from spectrograms using center loss for speech emotion
        recognition", ICASSP, section 3.1.
    """
    name = "random-5-fold"
    members = _require_groups(manifest, 20, name)
    folds = []
    for number, subset in enumerate(_subsets(manifest, members, count=5, name=name, seed=seed), 1):
        flags = systematic(len(subset), share=0.5, random=stream(seed, "split", name, "development", number))
        development = [group for group, flag in zip(subset, flags, strict=True) if flag]
        test = [group for group, flag in zip(subset, flags, strict=True) if not flag]
        last = set(subset)
        train = [group for group in members if group not in last]
        folds.append(Fold(number, flattened(train), flattened(development), flattened(test)))
    return folds


def _random_70_30(manifest: Manifest, seed: int) -> list[Fold]:
    members = _require_groups(manifest, 10, "random-70-30")
    random = stream(seed, "split", "random-70-30")
    ordered = deal_groups(manifest, members, random=random)
    chosen = systematic(len(ordered), share=0.3, random=random)
    test = [group for group, flag in zip(ordered, chosen, strict=True) if flag]
    return [random_fold(manifest, members, test, number=1, name="random-70-30", seed=seed)]


def _subsets(
    manifest: Manifest, members: Sequence[tuple[int, ...]], *, count: int, name: str, seed: int
) -> list[list[tuple[int, ...]]]:
    """Deal all groups into ``count`` random subsets, each emotion in proportion and together in each."""
    random = stream(seed, "split", name)
    ordered = deal_groups(manifest, members, random=random)
    places = random.permutation(count)
    subsets: list[list[tuple[int, ...]]] = [[] for _ in range(count)]
    for position, group in enumerate(ordered):
        subsets[places[position % count]].append(group)
    return subsets


def _require_groups(manifest: Manifest, least: int, name: str) -> list[tuple[int, ...]]:
    members = groups(manifest)
    if len(members) < least:
        raise CorpusError(
            f"Expected at least {least} separate recordings for {name}; {manifest.corpus} has {len(members)}, "
            "copies counted once. Add recordings."
        )
    counts = Counter(
        emotion for group in members for emotion in {manifest.utterances[index].emotion for index in group}
    )
    rare = [f"{emotion} {counts[emotion]}" for emotion in manifest.labels if counts[emotion] < LEAST_PER_EMOTION]
    if rare:
        raise CorpusError(
            f"Expected at least {LEAST_PER_EMOTION} recordings of each emotion for {name}; {manifest.corpus} has "
            f"{', '.join(rare)}. Add recordings, leave that emotion out, or join it with another."
        )
    return members


RANDOM_10_FOLD = Protocol(
    name="random-10-fold",
    title="Random 10-fold",
    description=(
        "Ten random folds, each emotion in proportion. Test speakers are heard in training, so figures are 15 "
        "to 25 points too high for an unheard speaker."
    ),
    speaker_independent=False,
    make=_random_10_fold,
)
RANDOM_5_FOLD = Protocol(
    name="random-5-fold",
    title="Random 5-fold, half of each for development",
    description=(
        "Dai et al.: five random subsets, each emotion in proportion; four train, half of the fifth is for "
        "development and half is tested, each subset in turn. Test speakers are heard in training, so figures are far "
        "too high for an unheard speaker."
    ),
    speaker_independent=False,
    make=_random_5_fold,
)
RANDOM_70_30 = Protocol(
    name="random-70-30",
    title="Random 70/30",
    description=(
        "One fold: a random 30 % is tested, each emotion in proportion. Test speakers are heard in training, so "
        "figures are far too high for an unheard speaker."
    ),
    speaker_independent=False,
    make=_random_70_30,
)
