"""How far a piece of work is: the one bar for everything that takes long, and the way to stop it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.jobs import Pace, Progress
from ui.components.text import plain

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def draw(progress: Progress, place: "DeltaGenerator | None" = None, *, then: str = "") -> None:
    """Draw a bar with the words and the time left.

    Args:
        progress: how far the work is.
        place: where; by default here.
        then: a sentence after the words.
    """
    (st if place is None else place).progress(progress.share, text=f"{plain(sentence(progress))} {then}".strip())


def counter(words: str, place: "DeltaGenerator | None" = None) -> Callable[[int, int], None]:
    """Return what draws how many of how many steps are done.

    Args:
        words: what is done.
        place: an element that can be drawn again; by default one that is made here.
    """
    place, pace = st.empty() if place is None else place, Pace()

    def show(done: int, total: int) -> None:
        total = max(1, total)
        draw(Progress(done, total, pace.seconds_left(done, total), f"{words}: {done} of {total}"), place)

    return show


def wait(
    what: str, look: Callable[[], Progress | None], stop: Callable[[], None] | None = None, *, then: str = ""
) -> None:
    """Draw how far work beside the page is, twice a second; draw the page again when it is done or stopped.

    Args:
        what: is done.
        look: returns how far it is; ``None`` once it is over.
        stop: gives it up, when the visitor presses the button; without it there is no button.
        then: a sentence after the words.
    """

    @st.fragment(run_every=0.5)
    def waiting() -> None:
        progress = look()
        if progress is None:
            st.rerun()
            return
        if stop is None:
            draw(progress, then=then)
            return
        left, right = st.columns([5, 1], vertical_alignment="center")
        draw(progress, left, then=then)
        if right.button("Stop", key=f"stop|{what}", help="Ends the computing; its core is free at once."):
            stop()
            st.rerun()

    waiting()


def sentence(progress: Progress) -> str:
    """Say what is being done, and how long it still takes.

    Examples:
        >>> sentence(Progress(0.5, seconds_left=40, words="Computing UMAP"))
        'Computing UMAP: about 40 s left.'
        >>> sentence(Progress(1, 4, words="Epoch 1 of 4"))
        'Epoch 1 of 4.'
    """
    if progress.seconds_left is None:
        return f"{progress.words}."
    return f"{progress.words}: about {duration(progress.seconds_left)} left."


def duration(seconds: float) -> str:
    """Say a time in the unit that fits.

    Examples:
        >>> duration(0.2), duration(42), duration(190), duration(7800)
        ('1 s', '42 s', '3 min', '2 h 10 min')
    """
    if seconds < 100:
        return f"{max(1.0, seconds):.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
