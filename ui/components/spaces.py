"""Choice of the spaces on the page Two spaces, for links from other pages."""

from ui import state

KIND, SPACES, EPOCHS = "what two spaces are", "Two models or files", "Epochs of one run"
RUN = "run whose epochs are looked at"


def choose_epochs_of(run: str) -> None:
    """Set the chosen epochs of a run."""
    state.choose(KIND, EPOCHS)
    state.choose(RUN, run)
