"""Choice of the file on the page Embedding space, for links from other pages."""

from pathlib import Path

from ui import state
from ui.components.checkpoint_choice import SOURCE

FILE = "a file from elsewhere"
CHOICE = "opened vectors"
IMPORTING = "a file of vectors is imported"
OPENED = "opened just now"


def choose_file(path: Path) -> None:
    """Set the chosen file of vectors."""
    state.choose(SOURCE, FILE)
    state.choose(CHOICE, path.stem)
    state.remember(IMPORTING, False)
