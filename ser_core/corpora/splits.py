"""Splits into training, development and test: shared functions of all protocols.

Utterances that share sound (one ``recording``, copies of one file, or overlapping stretches of one, under whatever
names it is reached) form a group, and speakers that share a group form a unit: no split ever takes a group, or a unit,
apart.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.corpora.copies import sounds
from ser_core.corpora.manifest import Manifest
from ser_core.errors import CorpusError

DEVELOPMENT_SHARE = 0.1  # of the training utterances, where they are drawn one by one
DEVELOPMENT_SHARE_OF_SPEAKERS = 1 / 12  # at least; two of twenty, or of twenty-three, equal speakers
DRAWS = 64  # tries for a development set that holds every emotion


@dataclass(frozen=True)
class Fold:
    """One split of a corpus: indices into ``manifest.utterances``, each used at most once."""

    number: int
    train: tuple[int, ...]
    development: tuple[int, ...]
    test: tuple[int, ...]


@dataclass(frozen=True)
class SpeakerGroup:
    """Speakers, sorted, that must be on the same side of a split, usually one; indices of all their utterances.

    ``gender`` is ``female``, ``male``, or empty where unknown or mixed.
    """

    speakers: tuple[str, ...]
    gender: str
    indices: tuple[int, ...]


def groups(manifest: Manifest) -> list[tuple[int, ...]]:
    """Return groups of indices of utterances that share sound, in order of their first index; most hold one."""
    joined = _Joined(len(manifest.utterances))
    first: dict[str, int] = {}
    by_file: dict[Hashable, list[int]] = defaultdict(list)
    named = sounds(manifest.path(utterance) for utterance in manifest.utterances)
    for index, utterance in enumerate(manifest.utterances):
        by_file[named[manifest.path(utterance)]].append(index)
        if utterance.recording is not None:
            joined.join(first.setdefault(f"{utterance.corpus}/{utterance.recording}", index), index)
    for indices in by_file.values():
        for earlier, later in _overlapping(manifest, indices):
            joined.join(earlier, later)
    return joined.sets()


def speaker_units(manifest: Manifest) -> list[SpeakerGroup]:
    """Return the speakers, those that share a recording together, sorted by name."""
    by_speaker: dict[str, list[int]] = defaultdict(list)
    for index, utterance in enumerate(manifest.utterances):
        by_speaker[utterance.speaker].append(index)
    names = sorted(by_speaker)
    number = {name: position for position, name in enumerate(names)}
    joined = _Joined(len(names))
    for group in groups(manifest):
        for index in group[1:]:
            joined.join(number[manifest.utterances[group[0]].speaker], number[manifest.utterances[index].speaker])
    units = []
    for members in joined.sets():
        speakers = tuple(names[member] for member in members)
        indices = tuple(sorted(index for speaker in speakers for index in by_speaker[speaker]))
        sexes = {manifest.utterances[index].gender or "" for index in indices}
        units.append(SpeakerGroup(speakers, sexes.pop() if len(sexes) == 1 else "", indices))
    return units


def deal_units(
    manifest: Manifest, units: Sequence[SpeakerGroup], *, count: int, random: np.random.Generator
) -> list[list[SpeakerGroup]]:
    """Distribute speakers over folds of similar size, balanced by sex and by emotion.

    One sex after the other, the speakers with most utterances first, each goes to the fold that holds least of
    what it brings: of its own sex first, then of all. Equal speakers are dealt in random order.

    ``count`` is at most the number of units; no list is empty.
    """
    weights = {unit.speakers: _weight(manifest, unit) for unit in units}
    size = len(next(iter(weights.values())))
    all_loads = np.zeros((count, size))
    folds: list[list[SpeakerGroup]] = [[] for _ in range(count)]
    for sex in _by_frequency(unit.gender for unit in units):
        own_loads = np.zeros((count, size))
        own = [unit for unit in units if unit.gender == sex]
        shuffled = [own[position] for position in random.permutation(len(own))]
        for unit in sorted(shuffled, key=lambda unit: -len(unit.indices)):
            weight = weights[unit.speakers]
            ranks = random.permutation(count)
            own_cost, all_cost = (own_loads @ weight).tolist(), (all_loads @ weight).tolist()
            chosen = min(range(count), key=lambda fold: (_level(own_cost[fold]), _level(all_cost[fold]), ranks[fold]))
            folds[chosen].append(unit)
            own_loads[chosen] += weight
            all_loads[chosen] += weight
    return folds


def draw_development(
    manifest: Manifest, units: Sequence[SpeakerGroup], *, random: np.random.Generator
) -> list[SpeakerGroup]:
    """Draw development speakers from the training speakers.

    One of each sex where six or more speakers are to train (otherwise one), then more until a twelfth of the
    utterances is reached. Of up to 64 draws the first is taken that leaves every emotion in training and has
    every emotion itself; if there is none, the one that comes nearest.

    The two or more ``units`` are the training speakers; at least one of them is left.
    """
    wanted = len({manifest.utterances[index].emotion for unit in units for index in unit.indices})
    best: tuple[tuple[int, int], list[SpeakerGroup]] = ((-1, -1), [])
    for _ in range(DRAWS):
        drawn = _one_draw(units, random)
        left = [unit for unit in units if unit not in drawn]
        found = (_emotion_count(manifest, left), _emotion_count(manifest, drawn))
        if found > best[0]:
            best = (found, drawn)
        if found == (wanted, wanted):
            break
    return best[1]


def deal_groups(
    manifest: Manifest, members: Sequence[tuple[int, ...]], *, random: np.random.Generator
) -> list[tuple[int, ...]]:
    """Shuffle groups within each emotion; emotions follow each other.

    Taking every k-th of the result, from any start, gives a sample in which each emotion has its share to
    within one group.
    """
    shuffled = [members[position] for position in random.permutation(len(members))]
    order = {emotion: position for position, emotion in enumerate((*manifest.labels, None))}
    return sorted(shuffled, key=lambda group: order[manifest.utterances[group[0]].emotion])


def systematic(count: int, *, share: float, random: np.random.Generator) -> list[bool]:
    """Mark an evenly spaced share, 0 to 1, of positions from a random start: ``count × share`` to within one."""
    start = float(random.random())
    steps = np.floor(np.arange(count + 1) * share + start).astype(int)
    return [bool(later > earlier) for earlier, later in itertools.pairwise(steps)]


def indices_of(parts: Iterable[SpeakerGroup]) -> tuple[int, ...]:
    """Return all utterances of some units, sorted."""
    return tuple(sorted(index for unit in parts for index in unit.indices))


def flattened(parts: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """Return all utterances of some groups, sorted."""
    return tuple(sorted(index for group in parts for index in group))


def speaker_overlap(manifest: Manifest, fold: Fold) -> int:
    """Count the test speakers who also occur in training or development."""
    spoken = [manifest.utterances[index].speaker for index in (*fold.train, *fold.development)]
    return len(set(spoken) & {manifest.utterances[index].speaker for index in fold.test})


def require_usable(manifest: Manifest, folds: Sequence[Fold], title: str) -> None:
    """Check that each fold has utterances for training, development and test.

    Raises:
        CorpusError: if a part is empty, or an emotion is missing from a fold's training part.
    """
    for fold in folds:
        for name, part in (("training", fold.train), ("development", fold.development), ("test", fold.test)):
            if not part:
                raise CorpusError(
                    f"Expected utterances in every part of {title}; the {name} part of fold {fold.number} is empty. "
                    "Add recordings, or choose another protocol: python -m ser_core protocols"
                )
        heard = {manifest.utterances[index].emotion for index in fold.train}
        unheard = [emotion for emotion in manifest.labels if emotion not in heard]
        if unheard:
            count = sum(utterance.emotion in unheard for utterance in manifest.utterances)
            raise CorpusError(
                f"Expected every emotion in the training part of {title}; fold {fold.number} has no "
                f"{', '.join(unheard)} to learn from ({count} in the corpus). "
                "Leave that emotion out, join it with another, or add recordings."
            )


def _weight(manifest: Manifest, unit: SpeakerGroup) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return a unit's share of each emotion, of all utterances and of all speakers."""
    totals = Counter(utterance.emotion for utterance in manifest.utterances)
    counts = Counter(manifest.utterances[index].emotion for index in unit.indices)
    shares = [counts[emotion] / totals[emotion] for emotion in manifest.labels]
    whole = [len(unit.indices) / len(manifest.utterances), len(unit.speakers) / len(manifest.speakers)]
    return np.array([*shares, *whole], dtype=np.float64)


def _level(cost: float) -> float:
    """Round, so that sums added in another order still count as equal."""
    return round(cost, 12)


def _by_frequency(names: Iterable[str]) -> list[str]:
    counts = Counter(names)
    return sorted(counts, key=lambda name: (-counts[name], name))


def _one_draw(units: Sequence[SpeakerGroup], random: np.random.Generator) -> list[SpeakerGroup]:
    queue = _alternating([units[position] for position in random.permutation(len(units))])
    total = sum(len(unit.indices) for unit in units)
    sexes = {unit.gender for unit in units if unit.gender}
    at_least = len(sexes) if len(units) >= 6 and len(sexes) > 1 else 1
    drawn: list[SpeakerGroup] = []
    for unit in queue[: len(units) - 1]:
        reached = sum(len(member.indices) for member in drawn) >= DEVELOPMENT_SHARE_OF_SPEAKERS * total
        if len(drawn) >= at_least and reached:
            break
        drawn.append(unit)
    return drawn


def _alternating(units: Sequence[SpeakerGroup]) -> list[SpeakerGroup]:
    """Order units so that the sexes take turns for as long as both last; the first unit stays first."""
    waiting: dict[str, list[SpeakerGroup]] = {}
    for unit in units:
        waiting.setdefault(unit.gender, []).append(unit)
    ordered: list[SpeakerGroup] = []
    while any(waiting.values()):
        ordered += [queue.pop(0) for queue in waiting.values() if queue]
    return ordered


def _emotion_count(manifest: Manifest, units: Iterable[SpeakerGroup]) -> int:
    return len({manifest.utterances[index].emotion for unit in units for index in unit.indices})


def _overlapping(manifest: Manifest, indices: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Yield chains of utterances of one file whose stretches overlap in time."""
    spans = sorted(
        (manifest.utterances[index].start or 0.0, _end(manifest.utterances[index].end), index) for index in indices
    )
    if not spans:
        return
    _, reach, holder = spans[0]
    for start, end, index in spans[1:]:
        if start < reach:
            yield holder, index
        if end > reach:
            reach, holder = end, index


def _end(end: float | None) -> float:
    return float("inf") if end is None else end


class _Joined:
    """Disjoint sets of the numbers below ``count``."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def join(self, one: int, other: int) -> None:
        self._parent[self._root(max(one, other))] = self._root(min(one, other))

    def sets(self) -> list[tuple[int, ...]]:
        members: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._parent)):
            members[self._root(number)].append(number)
        return [tuple(numbers) for numbers in members.values()]

    def _root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number
