"""Messages of commands beside their result."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import rich.console

from ser_core.cli.streams import visible
from ser_core.written_numbers import counted

if TYPE_CHECKING:
    from ser_core.corpora import Manifest


def print_message(console: rich.console.Console, text: str) -> None:
    """Print a line as it is: names from files are neither coloured nor taken for rich's markup, and nothing is cut."""
    console.print(text, highlight=False, markup=False, emoji=False, soft_wrap=True)


def print_corpus(console: rich.console.Console, manifest: "Manifest") -> None:
    """Print the number of utterances and the notes of reading a corpus."""
    utterances, speakers = counted(len(manifest.utterances), "utterance"), counted(len(manifest.speakers), "speaker")
    print_message(console, f"{visible(manifest.corpus)}: {utterances}, {speakers}")
    print_notes(console, manifest.notes)


def print_notes(console: rich.console.Console, notes: Iterable[str]) -> None:
    """Print the notes of reading a corpus."""
    for note in notes:
        print_message(console, f"note: {visible(note)}")
