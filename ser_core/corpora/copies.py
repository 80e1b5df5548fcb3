"""Identical recordings under several names: reported, and kept on one side of every split.

Only files of equal size are compared: three blocks of each, then the whole of those whose blocks are equal. The result
is cached until the file changes.
"""

import functools
import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Manifest, Utterance

_BLOCK = 4096  # bytes
_REMEMBERED = 200_000  # files


def sounds(paths: Iterable[Path]) -> dict[Path, Hashable]:
    """Return an identity per path: equal for copies, links and equivalent names; a missing file is its own."""
    places = {path: _place(path) for path in paths}
    different = {place.name: place.size for place in places.values() if place.size}
    sizes = Counter(different.values())
    probes = {path: _probe(path, place.size, place.changed) for path, place in places.items() if sizes[place.size] > 1}
    alike: Counter[bytes | None] = Counter(
        probe for _, probe in {(places[path].name, probe) for path, probe in probes.items()} if probe
    )
    return {
        path: (_digest(path, place.size, place.changed) if alike[probes.get(path)] > 1 else None) or place.name
        for path, place in places.items()
    }


def copies_note(manifest: Manifest) -> list[str]:
    """Note copies that have several speakers or emotions, since one label is probably wrong."""
    named = sounds(manifest.path(utterance) for utterance in manifest.utterances)
    stretches: dict[Hashable, list[Utterance]] = defaultdict(list)
    for row in manifest.utterances:
        stretches[named[manifest.path(row)], row.start, row.end].append(row)
    pairs, count = [], 0
    for rows in stretches.values():
        known = rows[0].recording is not None and len({row.recording for row in rows}) == 1
        if not known and len({row.file for row in rows}) > 1 and len({(row.speaker, row.emotion) for row in rows}) > 1:
            count += len(rows)
            other = next(row for row in rows if (row.speaker, row.emotion) != (rows[0].speaker, rows[0].emotion))
            pairs.append(f"{_description(rows[0])} and {_description(other)}")
    if not pairs:
        return []
    return [
        f"{count} recordings are the same, byte for byte, as one of another speaker or emotion: {first_few(pairs)}. "
        "Splits keep them on one side; correct the list where one of them is wrong."
    ]


def _description(row: Utterance) -> str:
    return f"{row.file} ({row.speaker}, {row.emotion})"


@dataclass(frozen=True)
class _Place:
    """What the file system says of a file; without one, its path is its name, and its size is 0."""

    name: Hashable
    size: int = 0
    changed: int = 0


def _place(path: Path) -> _Place:
    try:
        found = path.stat()
    except (OSError, ValueError):  # not on this computer
        return _Place(str(path))
    return _Place((found.st_dev, found.st_ino), found.st_size, found.st_mtime_ns)


@functools.lru_cache(_REMEMBERED)
def _probe(path: Path, size: int, _changed: int) -> bytes | None:
    """Return a digest of the first, middle and last block; None where the file cannot be read."""
    digest = hashlib.sha256(str(size).encode())
    try:
        with path.open("rb") as stream:
            for start in (0, size // 2, size - _BLOCK):
                stream.seek(max(start, 0))
                digest.update(stream.read(_BLOCK))
    except OSError:
        return None
    return digest.digest()


@functools.lru_cache(_REMEMBERED)
def _digest(path: Path, size: int, _changed: int) -> bytes | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest() + str(size).encode()
    except OSError:
        return None
