"""``corpora``: which corpora can be read, and under which terms."""

from typing import Annotated

import typer

from ser_core.config import lookup
from ser_core.corpora import CORPORA, Corpus
from ser_core.corpora.download import DOWNLOADS


def corpora(
    name: Annotated[str | None, typer.Argument(help="Show everything about one corpus.")] = None,
) -> None:
    """List the kinds of corpus that can be read, each with its licence and where it is published."""
    if name is not None:
        typer.echo(_everything(lookup("corpus", name, CORPORA)))
        return
    width = max(map(len, CORPORA))
    for corpus in CORPORA.values():
        terms = f"Licence: {corpus.licence_short}" + (f". From: {corpus.url}" if corpus.url else "")
        typer.echo(f"{corpus.name:<{width}}  {corpus.title}; {corpus.language}. {terms}")
    typer.echo(
        f"{'FILE':<{width}}  any manifest table, .csv, .tsv or .parquet, with the columns file, speaker, emotion"
    )


def _everything(corpus: Corpus) -> str:
    lines = [
        corpus.title + (" (artificial)" if corpus.artificial and "artificial" not in corpus.title.lower() else ""),
        f"language: {corpus.language}",
        f"licence:  {corpus.licence}",
        f"cite:     {corpus.citation}",
    ]
    if corpus.url:
        lines.append(f"from:     {corpus.url}")
    if corpus.name in DOWNLOADS:
        lines.append(f"fetch:    python -m ser_core download {corpus.name} --accept-licence")
    lines.append(f"use as:   {corpus.name}" + ("" if corpus.shipped else f":DIR   (for example {corpus.name}:/data)"))
    return "\n".join(lines)
