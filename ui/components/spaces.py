"""What the page Two spaces looks at, so that other pages can lead there."""

from ui import state

KIND, SPACES, EPOCHS = "what two spaces are", "Two models or files", "Epochs of one run"
RUN = "run whose epochs are looked at"


def choose_epochs_of(run: str) -> None:
    """Choose the epochs of a run from elsewhere."""
    state.choose(KIND, EPOCHS)
    state.choose(RUN, run)
