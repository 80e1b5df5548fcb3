"""Which file of vectors the page Embedding space looks at, so that other pages can lead there."""

from pathlib import Path

from ui import state
from ui.components.checkpoint_choice import SOURCE

FILE = "a file from elsewhere"
CHOICE = "opened vectors"


def choose_file(path: Path) -> None:
    """Choose a file that is kept in the workspace from elsewhere."""
    state.choose(SOURCE, FILE)
    state.choose(CHOICE, path.stem)
