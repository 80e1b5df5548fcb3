"""What a command says beside its result, to whoever waits for it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import rich.console

from ser_core.cli.streams import visible

if TYPE_CHECKING:
    from ser_core.corpora import Manifest


def print_message(console: rich.console.Console, text: str) -> None:
    """Print a line as it is: names from files are neither coloured nor taken for rich's markup, and nothing is cut."""
    console.print(text, highlight=False, markup=False, emoji=False, soft_wrap=True)


def print_corpus(console: rich.console.Console, manifest: "Manifest") -> None:
    """Print how many utterances were read, so that one that is missing is noticed, and the notes of the reading."""
    print_message(
        console, f"{visible(manifest.corpus)}: {len(manifest.utterances)} utterances, {len(manifest.speakers)} speakers"
    )
    print_notes(console, manifest.notes)


def print_notes(console: rich.console.Console, notes: Iterable[str]) -> None:
    """Print what was noted when a corpus was read: columns and emotions by other names, rows left out, duplicates."""
    for note in notes:
        print_message(console, f"note: {visible(note)}")
