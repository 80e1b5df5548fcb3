"""Corpora: folder or table → :class:`Manifest`; splits and named protocols; downloads; the artificial demo corpus."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ser_core.config import lookup
from ser_core.corpora import demo, emodb, emotale, ravdess, table, urdu
from ser_core.corpora.manifest import Manifest, Utterance, write_manifest
from ser_core.errors import CorpusError

__all__ = ["CORPORA", "Corpus", "Manifest", "Utterance", "open_corpus", "write_manifest"]


@dataclass(frozen=True)
class Corpus:
    """A kind of corpus: how it is read, and the terms under which it may be used.

    Attributes:
        name: what stands before the colon in ``KIND:DIR``.
        title: its name for people.
        language: spoken in it.
        licence: the terms, in words.
        licence_short: the terms, for a table.
        citation: what a publication cites.
        url: where it is published; empty for what ships with this project.
        artificial: made by a program, so that no result on it says anything about people.
        load: folder → manifest.
    """

    name: str
    title: str
    language: str
    licence: str
    licence_short: str
    citation: str
    url: str
    artificial: bool
    load: Callable[[Path], Manifest]


def demo_root() -> Path:
    """Return the folder of the artificial corpus that ships with the package."""
    return demo.DEMO_ROOT


_KINDS: tuple[Corpus, ...] = (
    Corpus(
        name="ravdess",
        title=ravdess.TITLE,
        language="English",
        licence=ravdess.LICENCE,
        licence_short=ravdess.LICENCE_SHORT,
        citation=ravdess.CITATION,
        url=ravdess.URL,
        artificial=False,
        load=ravdess.load,
    ),
    Corpus(
        name="emodb",
        title=emodb.TITLE,
        language="German",
        licence=emodb.LICENCE,
        licence_short=emodb.LICENCE_SHORT,
        citation=emodb.CITATION,
        url=emodb.URL,
        artificial=False,
        load=emodb.load,
    ),
    Corpus(
        name="emotale",
        title=emotale.TITLE,
        language="Danish and English",
        licence=emotale.LICENCE,
        licence_short=emotale.LICENCE_SHORT,
        citation=emotale.CITATION,
        url=emotale.URL,
        artificial=False,
        load=emotale.load,
    ),
    Corpus(
        name="urdu",
        title=urdu.TITLE,
        language="Urdu",
        licence=urdu.LICENCE,
        licence_short=urdu.LICENCE_SHORT,
        citation=urdu.CITATION,
        url=urdu.URL,
        artificial=False,
        load=urdu.load,
    ),
    Corpus(
        name="demo",
        title=demo.TITLE,
        language="English",
        licence=demo.LICENCE,
        licence_short=demo.LICENCE_SHORT,
        citation=demo.CITATION,
        url=demo.URL,
        artificial=demo.ARTIFICIAL,
        load=demo.load,
    ),
)
CORPORA: Mapping[str, Corpus] = MappingProxyType({kind.name: kind for kind in _KINDS})


def open_corpus(spec: str) -> Manifest:
    """Open a corpus by the text that ``--corpus`` takes.

    Args:
        spec: ``KIND:DIR`` (``ravdess:/data/ravdess``), a manifest ``FILE.csv`` or ``FILE.parquet``, or ``demo``.

    Returns:
        The corpus's utterances. A table of one known corpus gets that corpus's licence and citation.

    Raises:
        CorpusError: if there is no such folder or file, or the corpus is incomplete or contradicts itself.
        ConfigError: for an unknown kind; names the nearest one.
    """
    spec = spec.strip()
    if spec == "demo":
        return CORPORA["demo"].load(demo_root())
    kind, colon, folder = spec.partition(":")
    if colon and kind in CORPORA:
        return CORPORA[kind].load(_required(folder, spec))
    if Path(spec).suffix.lower() in table.SUFFIXES:
        return _with_terms(table.load(Path(spec)))
    if colon and len(kind) > 1:  # one letter is a Windows drive
        lookup("corpus", kind, CORPORA)
    if spec in CORPORA:
        raise CorpusError(f"Expected {spec}:DIR, with the folder of the corpus; got only {spec!r}. Add the folder.")
    raise CorpusError(
        f"Expected KIND:DIR (KIND among {', '.join(CORPORA)}), FILE.csv, FILE.parquet or demo; got {spec!r}. "
        f"For a folder write for example ravdess:{spec or 'DIR'}"
    )


def _required(folder: str, spec: str) -> Path:
    if not folder.strip():
        raise CorpusError(f"Expected a folder after the colon of {spec!r}; there is none. Write for example {spec}DIR")
    return Path(folder.strip())


def _with_terms(manifest: Manifest) -> Manifest:
    """Give a table whose rows name known corpora the terms of those corpora, whatever its card says."""
    named = {utterance.corpus for utterance in manifest.utterances}
    kinds = [CORPORA[name] for name in CORPORA if name in named]
    if not kinds:
        return manifest
    if len(kinds) == 1 and len(named) == 1:
        return dataclasses.replace(manifest, licence=kinds[0].licence, citation=kinds[0].citation)
    licence = " ".join(f"{kind.title}: {kind.licence}" for kind in kinds)
    citation = " ".join(kind.citation for kind in kinds)
    if len(named) > len(kinds):
        licence += f" Other rows: {manifest.licence}"
    return dataclasses.replace(manifest, licence=licence, citation=citation)
