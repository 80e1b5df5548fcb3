"""``manifest``: list a corpus folder's utterances in a CSV or parquet file."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from ser_core.cli.streams import visible
from ser_core.config import lookup
from ser_core.corpora import CORPORA, demo_root
from ser_core.corpora.manifest import Manifest, require_manifest_path, write_manifest
from ser_core.errors import CorpusError


def manifest(
    kind: Annotated[str, typer.Argument(help="Kind of corpus; see: python -m ser_core corpora")],
    directory: Annotated[Path | None, typer.Argument(help="Its folder; not needed for demo.")] = None,
    *,
    out: Annotated[Path, typer.Option(help="Table to write, .csv, .tsv or .parquet.")],
) -> None:
    """List the utterances of a corpus folder in a table, and count them."""
    corpus = lookup("corpus", kind, CORPORA)
    if directory is None:
        if not corpus.artificial:
            raise CorpusError(
                f"Expected the folder of {corpus.title} after {kind}; got none. "
                f"Write: python -m ser_core manifest {kind} DIR --out FILE.csv"
            )
        directory = demo_root()
    require_manifest_path(out)
    listed = corpus.load(directory)
    write_manifest(listed, out)
    for note in listed.notes:
        typer.echo(visible(f"note: {note}"), err=True)
    typer.echo(f"licence: {listed.licence}", err=True)
    typer.echo(summary(listed, out))


def summary(listed: Manifest, out: Path) -> str:
    """Describe a written manifest in a few lines."""
    counts = Counter(utterance.emotion for utterance in listed.utterances)
    return (
        f"{out}: {len(listed.utterances)} utterances, {len(listed.speakers)} speakers, {len(counts)} emotions\n"
        + "  ".join(f"{emotion} {counts[emotion]}" for emotion in listed.labels)
    )
