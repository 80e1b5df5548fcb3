"""``download``: fetch a corpus from its publisher, for those who accept its terms."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import rich.console
import rich.progress
import typer

from ser_core.cli.messages import print_message
from ser_core.config import lookup
from ser_core.corpora import CORPORA
from ser_core.corpora.download import DOWNLOADS, download_corpus
from ser_core.jobs import Progress, Report


def download(
    corpus: Annotated[str, typer.Argument(help=f"Which: {', '.join(DOWNLOADS)}.")],
    *,
    accept_licence: Annotated[
        bool, typer.Option("--accept-licence", help="I have read the corpus's terms and accept them.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder to make the corpus's folder in; the workspace's downloads if not given.")
    ] = None,
    mirror: Annotated[str | None, typer.Option(help="Another address of the same file.")] = None,
) -> None:
    """Fetch a corpus, with resume and checksum, and print the folder it is in."""
    lookup("corpus to download", corpus, DOWNLOADS)
    kind = CORPORA[corpus]
    typer.echo(f"{kind.title}\nlicence: {kind.licence}\ncite: {kind.citation}\nfrom: {kind.url}", err=True)
    try:
        with _shown() as progress:
            folder = download_corpus(
                corpus, accept_licence=accept_licence, directory=out, url=mirror, progress=progress
            )
    except KeyboardInterrupt:
        typer.echo("Stopped. What was fetched is kept; the same command goes on from there.", err=True)
        raise typer.Exit(130) from None
    typer.echo(str(folder))


@contextlib.contextmanager
def _shown() -> Iterator[Report]:
    """Show progress on standard error: a bar in a terminal, a line every tenth otherwise."""
    console = rich.console.Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (
        rich.progress.TextColumn("{task.description}"),
        rich.progress.BarColumn(),
        rich.progress.DownloadColumn(),
        rich.progress.TransferSpeedColumn(),
        rich.progress.TimeRemainingColumn(),
    )
    with rich.progress.Progress(*columns, console=console) as bars:
        tasks: dict[str, rich.progress.TaskID] = {}

        def show(progress: Progress) -> None:
            if progress.words not in tasks:
                tasks[progress.words] = bars.add_task(progress.words, total=progress.total)
            bars.update(tasks[progress.words], completed=progress.done, total=progress.total)

        yield show


class _Lines:
    """One plain line per stage and tenth, for a pipe or a log file."""

    def __init__(self, console: rich.console.Console) -> None:
        self._console = console
        self._shown: set[tuple[str, int]] = set()

    def __call__(self, progress: Progress) -> None:
        tenth = int(10 * progress.done / progress.total) if progress.total else int(progress.done) // 20_000_000
        if (progress.words, tenth) in self._shown:
            return
        self._shown.add((progress.words, tenth))
        whole = f" of {progress.total / 1e6:.1f}" if progress.total else ""
        left = f", {progress.seconds_left:.0f} s left" if progress.seconds_left else ""
        print_message(self._console, f"{progress.words} {progress.done / 1e6:.1f}{whole} MB{left}")
