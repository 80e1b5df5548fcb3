"""The card of a checkpoint: everything needed to use a model honestly, as JSON."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ser_core.errors import CheckpointError

VERSION = 1
CARD, WEIGHTS, ATLAS, DIGESTS = "card.json", "weights.safetensors", "atlas.parquet", "SHA256SUMS"
_REQUIRED: Mapping[str, type | tuple[type, ...]] = {
    "name": str,
    "title": str,
    "recipe": str,
    "settings": dict,
    "labels": list,
    "sample_rate": int,
    "embedding_size": int,
    "back_end": str,
    "seed": int,
    "corpus": str,
    "split": dict,
    "metrics": dict,
    "licence": str,
    "artificial": bool,
}


def read_card(folder: Path) -> dict[str, Any]:
    """Read and check a checkpoint's card.

    Args:
        folder: of the checkpoint.

    Raises:
        CheckpointError: if there is no card, it is not JSON, lacks something, or comes from another version.
    """
    path = folder / CARD
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CheckpointError(
            f"Expected a checkpoint (a folder with {CARD} and {WEIGHTS}) at {folder}; there is none. "
            "List those there are with: python -m ser_core checkpoints"
        ) from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise CheckpointError(
            f"Expected a readable card at {path}; got: {error}. Copy the checkpoint again or train it anew."
        ) from error
    if not isinstance(card, dict) or card.get("version") != VERSION:
        found = card.get("version") if isinstance(card, dict) else type(card).__name__
        raise CheckpointError(
            f"Expected a checkpoint of version {VERSION} at {folder}; got version {found!r}. "
            "Use the release that made it, or train it anew with this one."
        )
    wrong = [key for key, kind in _REQUIRED.items() if not isinstance(card.get(key), kind)]
    if wrong:
        raise CheckpointError(
            f"Expected {', '.join(wrong)} in the card at {path}; missing or of another kind. "
            "Copy the checkpoint again or train it anew."
        )
    return card


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
    path = folder / DIGESTS
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CheckpointError(
            f"Expected the digests of the checkpoint at {path}; got: {error}. Copy the checkpoint again."
        ) from error
    written = {name: digest for digest, _, name in (line.partition("  ") for line in lines if line)}
    for name in (CARD, WEIGHTS, *(name for name in written if name not in (CARD, WEIGHTS))):
        file = folder / Path(name).name
        found = _digest(file) if file.is_file() else "no file"
        if found != written.get(name):
            raise CheckpointError(
                f"Expected {file} with digest {written.get(name, 'listed in SHA256SUMS')[:12]}…; got {found[:12]}…. "
                "The file has changed since it was written: copy the checkpoint again or train it anew."
            )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
