"""Choice of the corpus on the page Train, for links from other pages."""

from pathlib import Path

from ui import cache, state

CHOICE, TABLE = "corpus", "table"
SPLIT = "protocol"


def path_of(kind: str) -> str:
    """Return the state key of a corpus path."""
    return f"path of {kind}"


def choose_table(path: Path, *, split: str | None = None) -> None:
    """Set the chosen table of utterances.

    Args:
        path: of the table.
        split: name of the protocol that divides it; what was chosen before by default.
    """
    cache.forget_corpora()
    state.choose(CHOICE, TABLE)
    state.choose(path_of(TABLE), str(path))
    if split is not None:
        state.choose(SPLIT, split)
