"""The card of a checkpoint: everything needed to use a model honestly, as JSON."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ser_core import plain_json
from ser_core.checkpoints.words import card_in_words
from ser_core.config import fill, known, lookup
from ser_core.errors import CheckpointError, ConfigError
from ser_core.evaluation.back_ends import BACK_ENDS
from ser_core.evaluation.cross_corpus import elsewhere_from
from ser_core.evaluation.reliability import reliability_from
from ser_core.labels import EMOTIONS
from ser_core.paths import is_file
from ser_core.recipes import Recipe

VERSION = 1
CARD, WEIGHTS, ATLAS, DIGESTS = "card.json", "weights.safetensors", "atlas.parquet", "SHA256SUMS"
README = "README.md"  # the card in words


@dataclass(frozen=True)
class Card:
    """What a card must say to be used; what else it says is kept and not looked at.

    Attributes are those of ``docs/contract.md``.
    """

    version: int
    name: str
    title: str
    recipe: str
    settings: Recipe
    labels: tuple[str, ...]
    sample_rate: int
    embedding_size: int
    back_end: str
    seed: int
    corpus: str
    split: Mapping[str, Any]
    metrics: Mapping[str, Any]
    licence: str
    artificial: bool
    parameters: int = 0
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    reliability: Mapping[str, Any] | None = None
    elsewhere: tuple[Mapping[str, Any], ...] = ()

    def __post_init__(self) -> None:
        """Check what no type can say."""
        if not self.labels or list(self.labels) != [emotion for emotion in EMOTIONS if emotion in self.labels]:
            raise ConfigError(
                f"Expected each of the labels once, in the order {', '.join(EMOTIONS)}; got {', '.join(self.labels)}."
            )
        lookup("back_end", self.back_end, BACK_ENDS)
        for name, told, used in (
            ("sample_rate", self.sample_rate, self.settings.front_end.sample_rate),
            ("embedding_size", self.embedding_size, self.settings.embedding_size),
        ):
            if told != used:
                raise ConfigError(f"Expected {name} {used}, as in the settings; got {told}.")
        for part, back_ends in self.metrics.items():
            for back_end, found in _table(f"metrics.{part}", back_ends).items():
                where = f"metrics.{part}.{back_end}"
                fill(_Score, known(_Score, _table(where, found)), where)
        fill(_Split, known(_Split, self.split), "split")
        for measured in (self.reliability, self.evaluation.get("reliability")):
            if measured is not None:
                reliability_from(measured)
        for scores in self.elsewhere:
            elsewhere_from(scores)


@dataclass(frozen=True)
class _Score:
    uar: float
    wa: float

    def __post_init__(self) -> None:
        for value in (self.uar, self.wa):
            if not 0 <= value <= 1:
                raise ConfigError(f"Expected scores between 0 and 1; got {value:g}.")


@dataclass(frozen=True)
class _Split:
    protocol: str
    fold: int
    train_speakers: tuple[str, ...] = ()
    development_speakers: tuple[str, ...] = ()
    test_speakers: tuple[str, ...] = ()
    speaker_independent: bool = False


def read_card(folder: Path) -> dict[str, Any]:
    """Read and check a checkpoint's card.

    Args:
        folder: of the checkpoint.

    Raises:
        CheckpointError: if there is no card, it is not JSON, lacks something, contradicts itself, or comes from another
            version.
    """
    path = folder / CARD
    try:
        card = plain_json.read(path)
    except FileNotFoundError as error:
        raise CheckpointError(
            f"Expected a checkpoint (a folder with {CARD} and {WEIGHTS}) at {folder}; there is none. "
            "List those there are with: python -m ser_core checkpoints"
        ) from error
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    version = card.get("version") if isinstance(card, dict) else card
    if not isinstance(card, dict) or type(version) is not int or version != VERSION:
        found = repr(version) if isinstance(version, int | float | str) else type(version).__name__
        raise CheckpointError(
            f"Expected a checkpoint of version {VERSION} at {folder}; got version {_short(found)}. "
            "Use the release that made it, or train it anew with this one."
        )
    try:
        fill(Card, known(Card, card))
    except (ConfigError, RecursionError) as error:
        raise _unusable(path, error) from error
    return card


def _table(where: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"Expected {where} to be a table; got {value!r}.")
    return value


def _unusable(path: Path, error: Exception) -> CheckpointError:
    return CheckpointError(
        f"Expected a usable card at {path}; got another: {_short(str(error))} "
        "Copy the checkpoint again or train it anew."
    )


def _short(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300]}…"


def write_card(folder: Path, card: Mapping[str, Any]) -> None:
    """Write a checkpoint's card, the same in words, and the digests of all files that lie there."""
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    (folder / CARD).write_text(text, encoding="utf-8")
    (folder / README).write_text(card_in_words(card), encoding="utf-8")
    write_digests(folder)


def write_digests(folder: Path) -> None:
    """Write the SHA-256 of every file of a checkpoint, in the form that ``sha256sum --check`` reads."""
    lines = [
        f"{_digest(path)}  {path.name}\n" for path in sorted(folder.iterdir()) if path.name in (CARD, WEIGHTS, ATLAS)
    ]
    (folder / DIGESTS).write_text("".join(lines), encoding="utf-8")


def check_digests(folder: Path) -> None:
    """Compare every file of a checkpoint with the digest that was written beside it.

    Raises:
        CheckpointError: if a file is missing or a byte has changed.
    """
    written = _written(folder)
    for name in (CARD, WEIGHTS, *(name for name in written if name not in (CARD, WEIGHTS))):
        file = folder / Path(name).name
        found = _digest(file) if is_file(file) else "no file"
        if found != written.get(name):
            raise CheckpointError(
                f"Expected {file} with digest {written.get(name, 'listed in SHA256SUMS')[:12]}…; got {found[:12]}…. "
                "The file has changed since it was written: copy the checkpoint again or train it anew."
            )


def weights_digest(folder: Path) -> str:
    """Return the SHA-256 of a checkpoint's weights, as it is written beside them: no other training has the same.

    Raises:
        CheckpointError: if it is not written there.
    """
    digest = _written(folder).get(WEIGHTS, "")
    if not digest:
        raise CheckpointError(
            f"Expected the digest of {WEIGHTS} in {folder / DIGESTS}; it is not listed. Copy the checkpoint again."
        )
    return digest


def _written(folder: Path) -> dict[str, str]:
    path = folder / DIGESTS
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CheckpointError(
            f"Expected the digests of the checkpoint at {path}; got: {error}. Copy the checkpoint again."
        ) from error
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines if line)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
