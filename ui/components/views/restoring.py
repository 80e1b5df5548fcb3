"""Restoring of a view in two steps: first the space, then all other settings."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ui import state
from ui.components.views.notice import draw_notice, set_notice

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

V = TypeVar("V")
T = TypeVar("T")


def begin_restoring(page: str, view: object, called: str, notes: tuple[str, ...]) -> None:
    """Start to restore a view: only its space is set so far.

    Args:
        page: name of the page.
        view: what is to be seen.
        called: what to call it, for the visitor.
        notes: what was left out of it so far.
    """
    state.remember(_name(page), (view, called, notes))


def finish_restoring(
    page: str, seen: T | None, place: "DeltaGenerator", rest: Callable[[V, T], tuple[str, ...]]
) -> None:
    """Restore the other settings of a view before it is drawn, and note what is missing.

    Args:
        page: name of the page.
        seen: what is looked at, if it is there.
        place: where it is said.
        rest: sets everything else of a view on what is looked at; returns what was left out.
    """
    pending = state.recall(_name(page))
    if pending is not None:
        view, called, notes = pending
        state.remember(_name(page), None)
        set_notice(page, f"{called} is shown.", (*notes, *(() if seen is None else rest(view, seen))))
    draw_notice(page, place)


def restore_choice(name: str, value: Any, options: Sequence[Any], what: str) -> list[str]:
    """Restore a choice if it is among the options.

    Args:
        name: of the choice.
        value: what to choose; ``None`` if nothing was.
        options: what there is.
        what: to call one of them.

    Returns:
        What to say if it is not there.
    """
    if value is None:
        return []
    if value not in options:
        return [f"Expected a {what} among {', '.join(map(str, options))}; got {value!r}."]
    state.choose(name, value)
    return []


def _name(page: str) -> str:
    return f"view of {page} that comes back"
