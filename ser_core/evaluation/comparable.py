"""Comparability of scores: what two sources were measured on, and in what it differs."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

_DIGEST_SHOWN = 8


@dataclass(frozen=True)
class ScoreBasis:
    """Data and protocol on which a score was measured.

    Attributes:
        digest: of the corpus's list of utterances, emotions mapped.
        labels: the classes; empty if not known yet.
        mapping: emotions that were renamed or dropped; None if not recorded.
        folds: their numbers.
        seed: of the division, which is that of the training too.
        tested: :func:`utterances_digest` of the test utterances; empty if they are not known.
    """

    corpus: str
    digest: str
    labels: tuple[str, ...]
    mapping: Mapping[str, str] | None
    protocol: str
    folds: tuple[int, ...]
    seed: int
    tested: str = ""


def utterances_digest(predictions: "pandas.DataFrame") -> str:
    """Return a digest of test utterances: equal for the same utterances in the same folds, in any order.

    There is one row per test utterance, with ``fold``, ``file`` and, where a file holds several, ``start``.
    """
    starts = predictions["start"] if "start" in predictions.columns else [None] * len(predictions)
    rows = [
        (int(fold), str(file), "" if start is None or math.isnan(start) else f"{start:.6f}")
        for fold, file, start in zip(predictions["fold"], predictions["file"], starts, strict=True)
    ]
    return hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()


def differences(first: ScoreBasis, second: ScoreBasis) -> dict[str, str]:
    """Return the reasons why scores of two sources cannot be compared: key of :data:`ADVICE` → both values as text.

    The seed matters only where it decides who is tested: comparisons may differ in the seed of training. Where one of
    the two has no list of test utterances, two seeds count as two divisions.
    """
    found: dict[str, str] = {}
    if first.corpus != second.corpus:
        found["corpus"] = f"{first.corpus} and {second.corpus}"
    mappings = first.mapping, second.mapping
    mapped = None not in mappings and dict(mappings[0] or {}) != dict(mappings[1] or {})
    if mapped:
        found["mapping of emotions"] = " and ".join(_mapping_text(mapping) for mapping in mappings)
    if first.labels and second.labels and set(first.labels) != set(second.labels):
        found["emotions"] = f"{', '.join(first.labels)} and {', '.join(second.labels)}"
    if first.digest != second.digest and not found:  # another corpus or mapping lists other rows anyway
        digests = " and ".join(f"{digest[:_DIGEST_SHOWN]}…" for digest in (first.digest, second.digest))
        found["corpus digest"] = f"{digests}, so the lists of utterances differ"
    if first.protocol != second.protocol:
        found["protocol"] = f"{first.protocol} and {second.protocol}"
    if sorted(first.folds) != sorted(second.folds):
        found["folds"] = f"{_numbers(first.folds)} and {_numbers(second.folds)}"
    if found:
        return found
    same_tested = bool(first.tested) and first.tested == second.tested
    if first.seed != second.seed and not same_tested:
        drawn = "draw" if first.tested and second.tested else "may draw"
        found["seed of the split"] = f"{first.seed} and {second.seed}, which {drawn} other test utterances"
    elif first.tested and second.tested and not same_tested:
        found["test utterances"] = "other ones in spite of the same protocol, folds and seed"
    return found


# What may differ → how to make it the same.
ADVICE: Mapping[str, str] = {
    "corpus": "the same --corpus",
    "mapping of emotions": "the same --map",
    "emotions": "the same emotions",
    "corpus digest": "the corpus as it is now",
    "protocol": "the same --protocol",
    "folds": "the same --fold or --folds",
    "seed of the split": "the same --seed, or choose every system under the same seeds",
    "test utterances": "this release, since it divides the corpus in another way than the one before",
}


def _mapping_text(mapping: Mapping[str, str] | None) -> str:
    return ", ".join(f"{source} → {target}" for source, target in (mapping or {}).items()) or "none"


def _numbers(folds: Sequence[int]) -> str:
    return ", ".join(map(str, sorted(folds)))
