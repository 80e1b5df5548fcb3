"""A corpus of one's own in the workspace: recordings are added, relabelled and deleted atomically.

``recordings/NAME/`` contains ``manifest.csv`` (an ordinary table, for ``--corpus``), ``audio/`` with one FLAC file per
recording, ``speakers.json`` and ``plan.toml``. Every change holds ``lock``, so that two tabs, or a page and a terminal,
do not overwrite each other. A FLAC file is written first, then the manifest: after a crash between the two the manifest
lacks a row, which is restored from the FLAC file when the corpus is opened next.
"""

import contextlib
import dataclasses
import datetime
import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import filelock

from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Manifest, Utterance, write_manifest
from ser_core.corpora.table import listed
from ser_core.errors import ConfigError, CorpusError, StorageError
from ser_core.paths import exists, is_file, matching
from ser_core.recordings.inside import SUFFIX, replace_row, row_inside, write_recording
from ser_core.recordings.names import corpus_name
from ser_core.recordings.plan import Emotion, Prompt, RecordingPlan, read_plan, write_plan
from ser_core.recordings.speakers import Speaker, read_speakers, write_speakers
from ser_core.recordings.takes import Take
from ser_core.storage import advice_when_full
from ser_core.workspace import recordings_directory

MANIFEST, AUDIO, PLAN, LOCK = "manifest.csv", "audio", "plan.toml", "lock"
LICENCE = (
    "Recorded here. What each speaker agreed to stands in speakers.json; ask them before passing on their speech or a "
    "model trained on it."
)
_SECONDS_FOR_LOCK = 30.0


@dataclass(frozen=True)
class CollectionContents:
    """Rows of a corpus, oldest first, ``missing`` files of rows, and FLAC files (``strays``) without any row."""

    rows: tuple[Utterance, ...]
    missing: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()

    def of(self, speaker: str) -> tuple[Utterance, ...]:
        """Return one speaker's recordings."""
        return tuple(row for row in self.rows if row.speaker == speaker)


def collections() -> list[str]:
    """List the corpora in the workspace, by name."""
    folders = matching(recordings_directory(), "*")
    return sorted(path.name for path in folders if is_file(path / PLAN) or is_file(path / MANIFEST))


@functools.lru_cache(maxsize=8)
def _rows_at(manifest: Path, version: tuple[int, int, int]) -> tuple[Utterance, ...]:
    """Read a manifest, cached by its version, because a page reads it in every run."""
    return listed(manifest)[0]


class Collection:
    """One corpus; every method reads the present files."""

    def __init__(self, name: str) -> None:
        """Open a corpus, which need not exist yet; raises ConfigError if the name is not allowed."""
        self.name = corpus_name(name)
        self.folder = recordings_directory() / self.name

    @property
    def manifest(self) -> Path:
        """Path of the table for ``--corpus``."""
        return self.folder / MANIFEST

    @property
    def present(self) -> bool:
        """Whether the corpus exists."""
        return is_file(self.folder / PLAN) or is_file(self.manifest)

    def path(self, row: Utterance) -> Path:
        """Return the path of a recording."""
        return self.folder / row.file

    def contents(self) -> CollectionContents:
        """Read the rows; rows that are missing after a crash are restored.

        Raises:
            CorpusError: if the manifest is damaged; see :meth:`rebuild`.
            StorageError: if a row cannot be written.
        """
        rows = self._rows()
        if any(row_inside(path) is not None for path in self._unlisted(rows)):
            with self._locked():
                rows = self._repaired()
        missing = tuple(row.file for row in rows if not is_file(self.path(row)))
        return CollectionContents(rows, missing, tuple(path.name for path in self._unlisted(rows)))

    def plan(self) -> RecordingPlan:
        """Read the plan; the default if none was saved yet; raises ConfigError if the file is damaged."""
        path = self.folder / PLAN
        return read_plan(path) if exists(path) else RecordingPlan()

    def save_plan(self, plan: RecordingPlan) -> None:
        """Save the plan; existing recordings are unchanged; raises StorageError if it cannot be written."""
        with self._locked():
            write_plan(plan, self.folder / PLAN)

    def speakers(self) -> dict[str, Speaker]:
        """Read the speakers by name; raises CorpusError if the file is damaged."""
        return read_speakers(self.folder)

    def enter(self, speaker: Speaker, agrees_to: str) -> Speaker:
        """Add a speaker or update the details, with the agreement.

        Raises:
            ConfigError: if the consent text is empty.
            StorageError: if it cannot be written.
        """
        with self._locked():
            speakers = read_speakers(self.folder)
            former = speakers.get(speaker.name, speaker)
            entered = dataclasses.replace(speaker, agreements=former.agreements).agreeing_to(agrees_to)
            write_speakers(list((speakers | {entered.name: entered}).values()), self.folder)
        return entered

    def add(self, take: Take, prompt: Prompt, speaker: str) -> Utterance:
        """Add a recording, already cut, by a speaker who has agreed: its file and its row, both or neither.

        Raises:
            ConfigError: if the speaker has not agreed to anything yet.
            CorpusError: if the manifest is damaged.
            StorageError: if it cannot be written; nothing is added then.
        """
        with self._locked():
            entered = read_speakers(self.folder).get(speaker)
            if entered is None or not entered.agreements:
                raise ConfigError(
                    f"Expected a speaker of {self.name} who has agreed to be recorded; {speaker!r} has not. "
                    "Show the consent text first."
                )
            rows = self._repaired()
            made = datetime.datetime.now(datetime.UTC).astimezone()
            row = Utterance(
                file=self._fresh_file(made),
                speaker=entered.name,
                emotion=prompt.emotion.label,
                gender=entered.gender,
                age=entered.age,
                session=made.date().isoformat(),
                text=prompt.sentence,
                sentence=_sentence_number(rows, prompt.sentence),
                intensity=prompt.emotion.shade,
                corpus=self.name,
            )
            write_recording(self.path(row), take, row)
            try:
                self._write([*rows, row])
            except StorageError:
                self.path(row).unlink(missing_ok=True)
                raise
        return row

    def relabel(self, files: Iterable[str], emotion: Emotion) -> int:
        """Give recordings another emotion; returns the number of changed rows.

        Raises:
            CorpusError: if one is not listed, or the manifest is damaged.
            AudioError: if one is damaged.
            StorageError: if it cannot be written; the manifest keeps the former emotion then.
        """
        with self._locked():
            rows = self._repaired()
            chosen = self._chosen(rows, files)
            changed = {
                row.file: dataclasses.replace(row, emotion=emotion.label, intensity=emotion.shade)
                for row in rows
                if row.file in chosen and (row.emotion, row.intensity) != (emotion.label, emotion.shade)
            }
            for row in changed.values():
                if is_file(self.path(row)) and row.file.endswith(SUFFIX):
                    replace_row(self.path(row), row)
            self._write([changed.get(row.file, row) for row in rows])
        return len(changed)

    def delete(self, files: Iterable[str]) -> int:
        """Delete recordings permanently, files and rows, and return their number.

        A crash may leave a row without its file.

        Raises:
            CorpusError: if one is not listed, or the manifest is damaged.
            StorageError: if one cannot be deleted.
        """
        with self._locked():
            return self._delete(self._chosen(self._repaired(), files))

    def forget(self, speaker: str) -> int:
        """Delete a speaker, details and agreements and all recordings; returns the number of these.

        Raises:
            CorpusError: if there is no such speaker, or the manifest is damaged.
            StorageError: if something cannot be deleted.
        """
        with self._locked():
            speakers = read_speakers(self.folder)
            files = {row.file for row in self._repaired() if row.speaker == speaker}
            if speaker not in speakers and not files:
                raise CorpusError(
                    f"Expected a speaker of {self.name} ({', '.join(speakers) or 'nobody yet'}); got {speaker!r}. "
                    "Correct the name."
                )
            deleted = self._delete(files)
            write_speakers([one for name, one in speakers.items() if name != speaker], self.folder)
        return deleted

    def drop_missing(self) -> int:
        """Remove the rows whose files are missing; returns their number.

        Raises:
            CorpusError: if the manifest is damaged.
            StorageError: if it cannot be written.
        """
        with self._locked():
            rows = self._repaired()
            kept = [row for row in rows if is_file(self.path(row))]
            self._write(kept)
        return len(rows) - len(kept)

    def rebuild(self) -> Path:
        """Restore a damaged manifest from the rows inside the recordings; returns the path of the damaged one.

        Raises:
            CorpusError: if it is not damaged.
            StorageError: if it cannot be written.
        """
        with self._locked():
            try:
                self._rows()
            except CorpusError:
                now = datetime.datetime.now(datetime.UTC).astimezone()
                aside = self.manifest.with_name(f"manifest.damaged-{now:%Y%m%d-%H%M%S}.csv")
                with advice_when_full(aside):
                    self.manifest.replace(aside)
                self._write(self._repaired())
                return aside
        raise CorpusError(f"Expected a damaged manifest at {self.manifest}; it can be read. Nothing to repair.")

    def as_manifest(self, rows: Iterable[Utterance], *, root: Path) -> Manifest:
        """Return rows of this corpus as a manifest with its licence; ``root`` is the folder of their files."""
        rows = tuple(rows)
        speakers = ", ".join(sorted({row.speaker for row in rows})) or "nobody yet"
        citation = f"Own recordings, corpus {self.name}; speakers: {speakers}."
        return Manifest(self.name, root, rows, LICENCE, citation)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with advice_when_full(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                held = filelock.FileLock(self.folder / LOCK).acquire(timeout=_SECONDS_FOR_LOCK)
            except filelock.Timeout as error:
                raise StorageError(
                    f"Expected {self.name} to be free; another page or program has been writing to it for "
                    f"{_SECONDS_FOR_LOCK:.0f} s. Close it, or try again."
                ) from error
        with held:
            yield

    def _rows(self) -> tuple[Utterance, ...]:
        if not exists(self.manifest):
            return ()
        try:
            now = self.manifest.stat()
            return _rows_at(self.manifest, (now.st_ino, now.st_size, now.st_mtime_ns))
        except CorpusError as error:
            raise CorpusError(
                f"{error} Or write the list again from the recordings, on the page Recording studio "
                f"or with: python -m ser_core recordings {self.name} --mend"
            ) from error

    def _unlisted(self, rows: Sequence[Utterance]) -> list[Path]:
        named = {row.file for row in rows}
        found = matching(self.folder / AUDIO, f"*{SUFFIX}")
        return [path for path in found if f"{AUDIO}/{path.name}" not in named]

    def _repaired(self) -> tuple[Utterance, ...]:
        """Restore missing rows, and delete partial files after a crash; the lock must be held."""
        for part in matching(self.folder / AUDIO, f".*{SUFFIX}"):
            part.unlink(missing_ok=True)
        rows = self._rows()
        inside = [(path, row_inside(path)) for path in self._unlisted(rows)]
        found = [dataclasses.replace(row, file=f"{AUDIO}/{path.name}") for path, row in inside if row is not None]
        if not found:
            return rows
        repaired = tuple(sorted((*rows, *found), key=lambda row: row.file))
        self._write(repaired)
        return repaired

    def _write(self, rows: Sequence[Utterance]) -> None:
        write_manifest(self.as_manifest(rows, root=self.folder), self.manifest)

    def _fresh_file(self, made: datetime.datetime) -> str:
        """Return a file name from the present time; no name is used twice, even after a deletion."""
        while True:
            file = f"{AUDIO}/{made:%Y%m%d-%H%M%S}-{made.microsecond // 1000:03d}{SUFFIX}"
            if not exists(self.folder / file):
                return file
            made += datetime.timedelta(milliseconds=1)

    def _chosen(self, rows: Sequence[Utterance], files: Iterable[str]) -> set[str]:
        """Find recordings by path, or by name without folder and suffix."""
        names: dict[str, str] = {}
        for row in rows:
            names |= {row.file: row.file, Path(row.file).name: row.file, Path(row.file).stem: row.file}
        files = list(files)
        unknown = [file for file in files if file not in names]
        if unknown:
            raise CorpusError(
                f"Expected recordings that {self.manifest.name} of {self.name} lists; got {first_few(unknown)}. See "
                f"them with: python -m ser_core recordings {self.name}"
            )
        return {names[file] for file in files}

    def _delete(self, files: set[str]) -> int:
        gone = set()
        try:
            for file in sorted(files):
                with advice_when_full(self.folder / file):
                    (self.folder / file).unlink(missing_ok=True)
                gone.add(file)
        finally:  # if one cannot be deleted, the list still matches the files
            self._write([row for row in self._rows() if row.file not in gone])
        return len(gone)


def _sentence_number(rows: Iterable[Utterance], text: str) -> str:
    """Return the number of a sentence in this corpus: the one it has already, or the next."""
    numbers = {row.text: row.sentence for row in rows if row.sentence}
    used = [int(number[1:]) for number in numbers.values() if number and number[1:].isdecimal()]
    return numbers.get(text) or f"s{max(used, default=0) + 1:02d}"
