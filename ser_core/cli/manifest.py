"""``manifest``: list the utterances of a corpus folder, or of a foreign table, in a CSV or parquet file."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from ser_core.cli.inputs import require_other_files
from ser_core.cli.mapping import assignments_of
from ser_core.cli.streams import visible
from ser_core.config import lookup
from ser_core.corpora import CORPORA, open_table
from ser_core.corpora.manifest import Manifest, require_manifest_path, write_manifest
from ser_core.corpora.table_columns import TableOptions
from ser_core.errors import ConfigError, CorpusError
from ser_core.tables import SUFFIXES
from ser_core.written_numbers import counted


def manifest(
    kind: Annotated[
        str, typer.Argument(help="Kind of corpus (see: python -m ser_core corpora), or a table: .csv, .tsv, .parquet.")
    ],
    directory: Annotated[Path | None, typer.Argument(help="Folder of that kind; not needed for demo.")] = None,
    *,
    out: Annotated[Path, typer.Option(help="Table to write, .csv, .tsv or .parquet.")],
    columns: Annotated[
        list[str] | None,
        typer.Option(help="Of a table: which column is which, for example file=file_id,speaker=speaker_id."),
    ] = None,
    emotions: Annotated[
        list[str] | None,
        typer.Option(help="Of a table: what its emotions are called here, for example wut=angry,laugh=drop."),
    ] = None,
    root: Annotated[
        Path | None, typer.Option(help="Of a table: folder of its recordings; looked for near it if not given.")
    ] = None,
    unlabelled: Annotated[
        bool, typer.Option("--unlabelled", help="Of a table: rows may have no emotion; for models that need none.")
    ] = False,
) -> None:
    """List the utterances of a corpus folder or of a foreign table in a table of our own, and count them."""
    require_manifest_path(out)
    if Path(kind).suffix.lower() in SUFFIXES:
        listed = _from_table(Path(kind), directory, out, columns, emotions, root, labelled=not unlabelled)
    else:
        given = {"--columns": columns, "--emotions": emotions, "--root": root, "--unlabelled": unlabelled}
        wrong = [option for option, value in given.items() if value]
        if wrong:
            raise ConfigError(
                f"Expected {', '.join(wrong)} with a table (.csv, .tsv, .parquet); got the kind {kind!r}. "
                "Leave the option out, or name a table."
            )
        listed = _from_folder(kind, directory)
    write_manifest(listed, out)
    for note in listed.notes:
        typer.echo(visible(f"note: {note}"), err=True)
    typer.echo(f"licence: {listed.licence}", err=True)
    typer.echo(summary(listed, out))


def _from_table(
    path: Path,
    directory: Path | None,
    out: Path,
    columns: list[str] | None,
    emotions: list[str] | None,
    root: Path | None,
    *,
    labelled: bool,
) -> Manifest:
    if directory is not None:
        raise ConfigError(f"Expected no folder after a table; got {directory}. Write --root {directory}.")
    require_other_files([out], [path])
    options = TableOptions(
        columns=assignments_of(columns, "--columns", "OURS=THEIRS"),
        emotions=assignments_of(emotions, "--emotions", "THEIRS=OURS"),
        root=root,
        labelled=labelled,
    )
    return open_table(path, options)


def _from_folder(kind: str, directory: Path | None) -> Manifest:
    corpus = lookup("corpus", kind, CORPORA)
    if directory is None:
        if corpus.shipped is None:
            raise CorpusError(
                f"Expected the folder of {corpus.title} after {kind}; got none. "
                f"Write: python -m ser_core manifest {kind} DIR --out FILE.csv"
            )
        directory = corpus.shipped
    return corpus.load(directory)


def summary(listed: Manifest, out: Path) -> str:
    """Describe a written manifest in a few lines."""
    counts = Counter(row.emotion for row in listed.utterances if row.emotion is not None)
    return (
        f"{out}: {counted(len(listed.utterances), 'utterance')}, {counted(len(listed.speakers), 'speaker')}, "
        f"{counted(len(counts), 'emotion')}\n" + "  ".join(f"{emotion} {counts[emotion]}" for emotion in listed.labels)
    )
