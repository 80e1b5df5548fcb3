"""``embed``: a corpus through a model, as a table."""

from pathlib import Path
from typing import Annotated

import rich.console
import typer

from ser_core.cli.inputs import require_other_files
from ser_core.cli.mapping import HELP, mapping_of
from ser_core.cli.messages import print_corpus, print_message
from ser_core.written_numbers import counted


def embed(
    *,
    checkpoint: Annotated[str, typer.Option(help="Name or folder of the model; see `checkpoints`.")],
    corpus: Annotated[str, typer.Option(help="KIND:DIR, a table (.csv, .tsv, .parquet) or demo; see `corpora`.")],
    out: Annotated[Path, typer.Option(help="Parquet file to write.")],
    pairs: Annotated[list[str] | None, typer.Option("--map", help=HELP)] = None,
) -> None:
    """Write every utterance's embedding, probabilities and angles."""
    from ser_core.corpora import open_corpus
    from ser_core.inference import Reader
    from ser_core.inference.embedding import embed_corpus
    from ser_core.storage import require_writable, write_atomically

    require_other_files([out], [corpus])
    require_writable(out)
    reader = Reader.load(checkpoint)
    console = rich.console.Console(stderr=True)
    manifest = open_corpus(corpus).map_emotions(mapping_of(pairs))
    print_corpus(console, manifest)
    with console.status("reading") as status:
        frame = embed_corpus(reader, manifest, progress=lambda done, of: status.update(f"reading {done} of {of}"))
    write_atomically(out, lambda path: frame.to_parquet(path, index=False))
    print_message(console, f"{counted(len(frame), 'utterance')}, {reader.checkpoint.card.embedding_size} dimensions")
    typer.echo(str(out))
