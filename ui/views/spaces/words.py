"""What is compared, in one line at the top of the page."""

from ui.views.spaces.epochs import RunWithSnapshots
from ui.views.spaces.runs import title_of
from ui.views.spaces.side import SpaceSides


def in_words(sides: SpaceSides, run: RunWithSnapshots | None) -> str:
    """Say which spaces are looked at."""
    if run is None:
        return f"{sides.first.name} and {sides.second.name}"
    return f"{title_of(run.name)}: epochs {run.snapshots[0].epoch} to {run.snapshots[-1].epoch}"
