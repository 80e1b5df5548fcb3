"""Joint corpora for training, also if one lacks labels that another has."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.errors import CorpusError
from ser_core.paths import exists, expanded

SEPARATOR = " + "  # between the corpora in a text that names several
JOINT = "+"  # between their names in that of the joint corpus


def parts_of(spec: str) -> tuple[str, ...]:
    """Divide a text that names several corpora; a path that holds the separator itself is one corpus.

    Examples:
        >>> parts_of("ravdess:/data/ravdess + list.csv"), parts_of("demo")
        (('ravdess:/data/ravdess', 'list.csv'), ('demo',))
    """
    _, _, folder = spec.partition(":")
    if any(path.strip() and exists(expanded(path.strip())) for path in (spec, folder)):
        return (spec.strip(),)
    return tuple(part.strip() for part in spec.split(SEPARATOR))


def own_name(corpus: str, speaker: str, speakers_of: Mapping[str, str]) -> str:
    """Name a speaker so that nobody of another corpus has the name, and the same person of two corpora has one.

    ``speakers_of`` names the corpus whose speakers speak in a corpus too, where there is one. In a joint corpus names
    are such names already.

    Examples:
        >>> own_name("ravdess-song", "01", {"ravdess-song": "ravdess"}), own_name("a+b", "a/01", {})
        ('ravdess/01', 'a/01')
    """
    return speaker if JOINT in corpus else f"{speakers_of.get(corpus, corpus)}/{speaker}"


def joined(manifests: Sequence[Manifest], speakers_of: Mapping[str, str]) -> Manifest:
    """Join corpora to one called ``ONE+OTHER``, in which every row names its corpus.

    A speaker has the name of :func:`own_name` afterwards, a session or recording ``CORPUS/NAME``: two corpora may give
    one name to two of them. Files are relative to the folder that all corpora lie in. A single manifest is returned as
    it is.

    Raises:
        CorpusError: if two corpora have one name, share a recording, or lie on different drives.
    """
    if len(manifests) == 1:
        return manifests[0]
    names = [manifest.corpus for manifest in manifests]
    if len(set(names)) < len(names):
        raise CorpusError(
            f"Expected corpora of different names, to keep their speakers apart; got {', '.join(names)}. Give the rows "
            "of one another name in the column corpus, or leave it out."
        )
    try:
        root = Path(os.path.commonpath([manifest.root.absolute() for manifest in manifests]))
    except ValueError as error:  # other drives on Windows
        raise CorpusError(
            "Expected corpora on one drive, to be trained on together; copy one beside the other."
        ) from error
    rows = tuple(_row(manifest, row, root, speakers_of) for manifest in manifests for row in manifest.utterances)
    if len({(row.file, row.start, row.end) for row in rows}) < len(rows):
        raise CorpusError(
            f"Expected corpora that share no recording; some are in two of {', '.join(names)}. Leave one corpus out, "
            "or these rows of it."
        )
    return Manifest(
        JOINT.join(names),
        root,
        rows,
        " ".join(f"{manifest.corpus}: {manifest.licence}" for manifest in manifests),
        " ".join(dict.fromkeys(manifest.citation for manifest in manifests)),
        tuple(f"{manifest.corpus}: {note}" for manifest in manifests for note in manifest.notes),
    )


def _row(manifest: Manifest, row: Utterance, root: Path, speakers_of: Mapping[str, str]) -> Utterance:
    def own(name: str | None) -> str | None:
        return None if name is None else f"{manifest.corpus}/{name}"

    return replace(
        row,
        file=manifest.path(row).absolute().relative_to(root).as_posix(),
        speaker=own_name(manifest.corpus, row.speaker, speakers_of),
        session=own(row.session),
        recording=own(row.recording),
        corpus=manifest.corpus,
    )
