"""Files of a checkpoint's folder: its card as JSON and in words, and the digests of all files."""

import hashlib
import json
from pathlib import Path

from ser_core import plain_json
from ser_core.checkpoints.card import READABLE, Card
from ser_core.checkpoints.words import card_in_words
from ser_core.errors import CheckpointError, ConfigError
from ser_core.paths import is_file

CARD, WEIGHTS, ATLAS, DIGESTS = "card.json", "weights.safetensors", "atlas.parquet", "SHA256SUMS"
README = "README.md"  # the card in words


def read_card(folder: Path) -> Card:
    """Read and check a checkpoint's card.

    Raises:
        CheckpointError: if there is no card, it is not JSON, lacks something, contradicts itself, or comes from another
            version.
    """
    path = folder / CARD
    try:
        table = plain_json.read(path)
    except FileNotFoundError as error:
        raise CheckpointError(
            f"Expected a checkpoint (a folder with {CARD} and {WEIGHTS}) at {folder}; there is none. "
            "List those there are with: python -m ser_core checkpoints"
        ) from error
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    version = table.get("version") if isinstance(table, dict) else table
    if not isinstance(table, dict) or type(version) is not int or version not in READABLE:
        found = repr(version) if isinstance(version, int | float | str) else type(version).__name__
        raise CheckpointError(
            f"Expected a checkpoint of version {' or '.join(map(str, READABLE))} at {folder}; "
            f"got version {_short(found)}. Use the release that made it, or train it again with this one."
        )
    try:
        return Card.from_table(table)
    except (ConfigError, RecursionError) as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: Exception) -> CheckpointError:
    return CheckpointError(
        f"Expected a usable card at {path}; got another: {_short(str(error))} "
        "Copy the checkpoint again or train it again."
    )


def _short(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300]}…"


def write_card(folder: Path, card: Card) -> None:
    """Write a checkpoint's card, the same in words, and the digests of all files."""
    text = json.dumps(card.as_table(), indent=2, ensure_ascii=False) + "\n"
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
    """Compare every file of a checkpoint with its digest; raises CheckpointError if one is missing or changed."""
    written = _written(folder)
    for name in (CARD, WEIGHTS, *(name for name in written if name not in (CARD, WEIGHTS))):
        file = folder / Path(name).name
        found = _digest(file) if is_file(file) else "no file"
        if found != written.get(name):
            raise CheckpointError(
                f"Expected {file} with digest {written.get(name, 'listed in SHA256SUMS')[:12]}…; got {found[:12]}…. "
                "The file has changed since it was written: copy the checkpoint again or train it again."
            )


def weights_digest(folder: Path) -> str:
    """Return the SHA-256 of a checkpoint's weights, unique to a training; raises CheckpointError if it is missing."""
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
