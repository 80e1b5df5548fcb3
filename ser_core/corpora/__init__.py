"""Corpora: folder or table → :class:`Manifest`; splits and named protocols; downloads; the artificial demo corpus."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from ser_core.config import did_you_mean, lookup
from ser_core.corpora import (
    audformat,
    cremad,
    demo,
    emobank,
    emobox,
    emodb,
    emodb_clips,
    emotale,
    iemocap,
    ravdess,
    ravdess_song,
    savee,
    table,
    tess,
    urdu,
)
from ser_core.corpora.copies import copies_note
from ser_core.corpora.joining import joined, parts_of
from ser_core.corpora.manifest import Manifest, Utterance, write_manifest
from ser_core.corpora.table_columns import TableOptions
from ser_core.errors import CorpusError
from ser_core.paths import is_file, is_folder
from ser_core.tables import SUFFIXES

__all__ = [
    "CORPORA",
    "MAPPINGS",
    "SPEAKERS_OF",
    "Corpus",
    "Manifest",
    "Utterance",
    "open_corpus",
    "open_table",
    "write_manifest",
]


@dataclass(frozen=True)
class Corpus:
    """Kind of corpus: loader and licence.

    Attributes:
        name: what stands before the colon in ``KIND:DIR``.
        licence: the terms, in words.
        licence_short: the terms, for a table.
        citation: what a publication cites.
        url: where it is published; empty for what ships with this project.
        artificial: made by a program, so that no result on it says anything about people.
        load: folder → manifest.
        mappings: emotions to rename or drop that have a name of their own in publications, for ``--map``.
        speakers_of: the corpus whose speakers, by the same names, speak here too; itself where it has its own.
        shipped: where it lies in the package; ``None`` for a corpus that is brought by the user.
        spoken: whether there are recordings; if not, sentences in writing.
        rating_scale: ends of the scale of its ratings of arousal, valence and dominance; none without ratings.
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
    mappings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    speakers_of: str = ""
    shipped: Path | None = None
    spoken: bool = True
    rating_scale: tuple[float, float] | None = None


class _Loader(Protocol):
    """What the file of one corpus holds."""

    TITLE: str
    LICENCE: str
    LICENCE_SHORT: str
    CITATION: str
    URL: str

    def load(self, root: Path, /) -> Manifest: ...


def _kind(
    name: str,
    language: str,
    loader: _Loader,
    *,
    artificial: bool = False,
    load: Callable[[Path], Manifest] | None = None,
    mappings: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    speakers_of: str = "",
    shipped: Path | None = None,
    spoken: bool = True,
    rating_scale: tuple[float, float] | None = None,
) -> Corpus:
    return Corpus(
        name=name,
        title=loader.TITLE,
        language=language,
        licence=loader.LICENCE,
        licence_short=loader.LICENCE_SHORT,
        citation=loader.CITATION,
        url=loader.URL,
        artificial=artificial,
        load=_with_copies_note(load or loader.load),
        mappings=mappings,
        speakers_of=speakers_of or name,
        shipped=shipped,
        spoken=spoken,
        rating_scale=rating_scale,
    )


def _with_copies_note(load: Callable[[Path], Manifest]) -> Callable[[Path], Manifest]:
    def loaded(path: Path) -> Manifest:
        manifest = load(path)
        return dataclasses.replace(manifest, notes=tuple(dict.fromkeys([*manifest.notes, *copies_note(manifest)])))

    return loaded


def _emobox(path: Path) -> Manifest:
    """Open an EmoBox list: its rows are under the terms of the corpus that they name."""
    return _with_terms(emobox.load(path))


_KINDS: tuple[Corpus, ...] = (
    _kind("ravdess", "English", ravdess),
    _kind("ravdess-song", "English", ravdess_song, speakers_of="ravdess"),
    _kind("emodb", "German", emodb),
    _kind("emodb-clips", "German", emodb_clips, speakers_of="emodb", shipped=emodb_clips.CLIPS_ROOT),
    _kind("emotale", "Danish and English", emotale, rating_scale=emotale.RATING_SCALE),
    _kind("urdu", "Urdu", urdu),
    _kind("iemocap", "English", iemocap, mappings=iemocap.MAPPINGS, rating_scale=iemocap.RATING_SCALE),
    _kind("cremad", "English", cremad),
    _kind("tess", "English", tess),
    _kind("savee", "English", savee),
    _kind("audformat", "any", audformat),
    _kind("emobox", "any", emobox, load=_emobox),
    _kind("emobank", "English", emobank, spoken=False),
    _kind("demo", "English", demo, artificial=demo.ARTIFICIAL, shipped=demo.DEMO_ROOT),
)
CORPORA: Mapping[str, Corpus] = MappingProxyType({kind.name: kind for kind in _KINDS})
MAPPINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {name: mapping for kind in _KINDS for name, mapping in kind.mappings.items()}
)
SPEAKERS_OF: Mapping[str, str] = MappingProxyType({kind.name: kind.speakers_of for kind in _KINDS})


def open_corpus(spec: str, *, labelled: bool = True) -> Manifest:
    """Open a corpus by the text that ``--corpus`` takes.

    ``KIND:DIR`` (``ravdess:/data/ravdess``), a table (``.csv``, ``.tsv``, ``.parquet``) or one that ships (``demo``,
    ``emodb-clips``). Several joined by `` + `` are one corpus, see :func:`joined`. With ``labelled`` every row must
    have an emotion. A table of one known corpus gets that corpus's licence and citation.

    Raises:
        CorpusError: if there is no such folder or file, or the corpus is incomplete or contradicts itself.
        ConfigError: for an unknown kind; names the nearest one.
    """
    return joined([_opened(part, labelled=labelled) for part in parts_of(spec)], SPEAKERS_OF)


def _opened(spec: str, *, labelled: bool) -> Manifest:
    if spec in CORPORA and (shipped := CORPORA[spec].shipped) is not None:
        return CORPORA[spec].load(shipped)
    kind, colon, folder = spec.partition(":")
    if colon and kind in CORPORA:
        return CORPORA[kind].load(_required(folder, spec))
    if Path(spec).suffix.lower() in SUFFIXES:
        return open_table(Path(spec), TableOptions(labelled=labelled))
    if colon and len(kind) > 1:  # one letter is a Windows drive
        lookup("corpus", kind, CORPORA)
    if spec in CORPORA:
        raise CorpusError(f"Expected {spec}:DIR, with the folder of the corpus; got only {spec!r}. Add the folder.")
    raise CorpusError(
        f"Expected KIND:DIR (KIND among {', '.join(CORPORA)}), a table (.csv, .tsv, .parquet) or demo; got {spec!r}."
        + _advice(spec)
    )


def _advice(spec: str) -> str:
    """Say what to do with what names no corpus: a folder without its kind, a single file, a word."""
    judged = "judged by: python -m ser_core predict --checkpoint people"
    if spec and is_folder(Path(spec)):
        return f" Name the kind of the folder, for example ravdess:{spec}. Recordings without labels are {judged} FILES"
    if spec and is_file(Path(spec)):
        return f" List recordings in a table, with who speaks and how. Without labels, a recording is {judged} {spec}"
    nearest = did_you_mean(spec, CORPORA) if Path(spec).name == spec else ""
    return nearest or f" For a folder write for example ravdess:{spec or 'DIR'}"


def open_table(path: Path, options: TableOptions = table.AS_IT_IS) -> Manifest:
    """Open a table of utterances; one of a known corpus gets that corpus's licence and citation.

    Errors are those of :func:`ser_core.corpora.table.load`.
    """
    return _with_copies_note(lambda found: _with_terms(table.load(found, options)))(path)


def _required(folder: str, spec: str) -> Path:
    if not folder.strip():
        raise CorpusError(f"Expected a folder after the colon of {spec!r}; there is none. Write for example {spec}DIR")
    return Path(folder.strip())


def _with_terms(manifest: Manifest) -> Manifest:
    """Give rows of known corpora the terms of those corpora, whatever the table's card says."""
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
