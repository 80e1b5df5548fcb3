"""Mount of the component that plays a space that forms."""

import functools
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ser_core.plots.forming_space import forming_values
from ui.components import in_browser

if TYPE_CHECKING:
    from ser_core.embeddings.forming import FormingSpace

_BROWSER = Path(__file__).parent / "browser"
_NOTHING = {"classes": [], "codes": [], "heard": [], "chance": 0.0, "epochs": []}


@dataclass(frozen=True)
class FormingView:
    """How a space that forms is shown.

    Attributes:
        run: names it; another one starts from its beginning.
        learning: whether further epochs come; the newest one is shown then.
        plays: whether it plays as soon as it is seen.
        shown: epoch that is shown first, in place of playing.
        arrive: whenever this changes, the browser brings the picture into view.
        waiting: what is said while there is no epoch.
        titles: of the voices that are heard in training, and of the others.
    """

    run: str
    learning: bool = False
    plays: bool = False
    shown: int | None = None
    arrive: str = ""
    waiting: str = ""
    titles: tuple[str, str] = ("Voices it learns from", "Other voices")


def draw(formed: "FormingSpace | None", view: FormingView, *, key: str) -> int | None:
    """Draw the component.

    Args:
        formed: what is shown; ``None`` while there is nothing yet.
        view: how.
        key: unique on the page.

    Returns:
        The epoch that somebody stopped at; ``None`` before.
    """
    values = _NOTHING if formed is None else forming_values(formed, learning=view.learning)
    answer = _component()({**asdict(view), **values}, key).shown
    known = {one.epoch for one in formed.epochs} if formed is not None else set()
    return answer if isinstance(answer, int) and answer in known else None


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "forming_space",
        _BROWSER,
        markup="forming.html",
        styles=("controls.css", "forming.css"),
        values=("shown",),
    )
