"""Which corpus the page Train takes, so that other pages can lead there."""

from pathlib import Path

from ui import cache, state

CHOICE, TABLE = "corpus", "table"
SPLIT = "protocol"


def path_of(kind: str) -> str:
    """Name the choice of a path, by the kind of corpus."""
    return f"path of {kind}"


def choose_table(path: Path, *, split: str | None = None) -> None:
    """Choose a table of utterances from elsewhere, as it is now.

    Args:
        path: of the table.
        split: name of the protocol that divides it; what was chosen before by default.
    """
    cache.forget_corpora()
    state.choose(CHOICE, TABLE)
    state.choose(path_of(TABLE), str(path))
    if split is not None:
        state.choose(SPLIT, split)
