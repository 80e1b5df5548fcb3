"""Digests of a corpus's recordings, compared before unfinished work resumes."""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from ser_core import plain_json
from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Manifest
from ser_core.errors import CorpusError
from ser_core.storage import write_text_atomically

CONTENTS = "recordings.json"
VERSION = 1


def content_digests(manifest: Manifest) -> dict[str, str]:
    """Return the SHA-256 of every recording by its name; of one that cannot be read, nothing.

    Each file is read once, however many utterances it holds.
    """
    digests = {}
    for file in dict.fromkeys(utterance.file for utterance in manifest.utterances):
        # Reading its sound will report it, with advice that fits.
        with contextlib.suppress(OSError, ValueError), (manifest.root / file).open("rb") as stream:
            digests[file] = hashlib.file_digest(stream, "sha256").hexdigest()
    return digests


def write_contents(folder: Path, manifest: Manifest) -> None:
    """Save the digests of a corpus's recordings in a folder; raises StorageError if it cannot be written."""
    content = {"version": VERSION, "sha256": content_digests(manifest)}
    write_text_atomically(folder / CONTENTS, json.dumps(content, indent=0) + "\n")


def require_same_contents(folder: Path, manifest: Manifest, *, what: str) -> None:
    """Refuse to go on with recordings that have changed since :func:`write_contents`.

    A folder of an earlier release has no digests; they are written now. ``what`` was begun in the folder (``run``).

    Raises:
        CorpusError: names the recordings that have other content.
    """
    path = folder / CONTENTS
    if not path.is_file():
        write_contents(folder, manifest)
        return
    before, now = _read(path), content_digests(manifest)
    changed = [file for file, digest in now.items() if before.get(file, digest) != digest]
    if changed:
        one = len(changed) == 1
        raise CorpusError(
            f"Expected the recordings that the {what} in {folder} was started with; {first_few(changed)} "
            f"{'has' if one else 'have'} changed since. Put {'it' if one else 'them'} back as before, or start again "
            "with another --out."
        )


def _read(path: Path) -> Mapping[str, str]:
    try:
        digests = plain_json.read(path)["sha256"]
        if not isinstance(digests, dict):
            raise ValueError("no table of digests")
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise CorpusError(
            f"Expected the digests of the recordings in {path}; got: {error}. Delete {path} to go on without comparing."
        ) from error
    return digests
