"""Access to the session state: choices survive a change of page.

Streamlit forgets a widget's value as soon as a page without that widget is drawn, and a widget of the same key on
another page is another widget to it, which starts from its first option. So each choice has a name, its value is
remembered under that name, and on every page each widget starts from what is remembered.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

Option = TypeVar("Option")

_REMEMBERED = "remembered: "
_WIDGET = "widget: "
_PAGE = "page"


def enter_page(page: str) -> None:
    """Note which page is drawn now; on another one than before, no widget keeps what the former page gave it."""
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        for key in [str(key) for key in st.session_state if str(key).startswith(_WIDGET)]:
            del st.session_state[key]


def recall(name: str, default: Any = None) -> Any:
    """Return what is remembered under a name."""
    return st.session_state.get(_REMEMBERED + name, default)


def remember(name: str, value: Any) -> None:
    """Keep a value under a name for the rest of the session."""
    st.session_state[_REMEMBERED + name] = value


def visitor() -> str:
    """Name this visitor, for the rest of the session."""
    name: str = recall("visitor") or uuid.uuid4().hex
    remember("visitor", name)
    return name


def prepared(name: str, options: Sequence[Option], default: Option | None = None) -> str:
    """Set a choosing widget to what is remembered, if that is still among its options.

    Args:
        name: of the choice.
        options: what can be chosen now; at least one.
        default: used when nothing valid is remembered; the first option without it.

    Returns:
        The key to pass to the widget.
    """
    key = _WIDGET + name
    if st.session_state.get(key) not in options:
        value = recall(name, default)
        st.session_state[key] = value if value in options else (default if default in options else options[0])
    return key


def prepared_value(name: str, default: Any) -> str:
    """Set a widget without options (text, number, switch) to what is remembered; returns its key."""
    key = _WIDGET + name
    if key not in st.session_state:
        st.session_state[key] = recall(name, default)
    return key


def prepared_several(name: str, options: Sequence[Any], default: Sequence[Any] = ()) -> str:
    """Set a widget that chooses several to those remembered that are among its options; returns its key."""
    key = _WIDGET + name
    wanted = st.session_state.get(key, recall(name, default))
    st.session_state[key] = [value for value in wanted if value in options]
    return key


def prepared_start(name: str, default: Any) -> tuple[str, Any]:
    """Return the key of a table that is edited in place, and what it starts from.

    Such a table cannot be set: it starts from what is remembered when it is first drawn on this page, and must start
    from the same as long as it is drawn.
    """
    key = _WIDGET + name
    if key not in st.session_state:
        remember(f"start of {name}", recall(name, default))
    return key, recall(f"start of {name}", default)


def key_of(name: str) -> str:
    """Return the key of a widget whose value cannot be set, such as one that takes files."""
    return _WIDGET + name


def widget_value(name: str) -> Any:
    """Return what the widget of a name shows; to be called in its callback."""
    return st.session_state.get(_WIDGET + name)


def shown() -> dict[str, Any]:
    """Return what the page's widgets show, as far as this run has drawn them; see :func:`changed_since`."""
    return {str(key): value for key, value in st.session_state.items() if str(key).startswith(_WIDGET)}


def changed_since(before: Mapping[str, Any]) -> bool:
    """Tell whether one of the widgets that :func:`shown` returned ``before`` shows something else now.

    For a fragment that many messages run: what a browser sends within one moment runs the fragment alone, also where a
    widget of the page around it was changed among it (Streamlit 1.67).
    """
    return any(st.session_state.get(key) != value for key, value in before.items())


def choose(name: str, value: Any) -> None:
    """Change a choice from elsewhere: its widget starts from this value when it is drawn next.

    Call it in a widget's callback, or before the page is left or run again: a widget that this run has drawn already
    shows its former value until then.
    """
    remember(name, value)
    st.session_state.pop(_WIDGET + name, None)


def remember_folders(corpus: str, folders: Iterable[Path]) -> None:
    """Keep in which folders a corpus was found, for the rest of the session; those found last come first."""
    name = f"folders of {corpus}"
    remember(name, tuple(dict.fromkeys([*folders, *recall(name, ())])))


def folders_of(corpora: Iterable[str]) -> tuple[Path, ...]:
    """Return the folders in which these corpora were found in this session."""
    return tuple(dict.fromkeys(folder for corpus in corpora for folder in recall(f"folders of {corpus}", ())))


def selected_points(key: str) -> list[list[Any]]:
    """Return the ``customdata`` of the points selected in the chart with this key, in the last run."""
    chart = st.session_state.get(key)
    points = chart["selection"]["points"] if chart else []
    return [list(point["customdata"]) for point in points if point.get("customdata") is not None]


def selected_rows(key: str) -> list[int]:
    """Return the row numbers selected in the table with this key, in the last run."""
    table = st.session_state.get(key)
    return [int(row) for row in table["selection"]["rows"]] if table else []


def component_value(key: str, name: str) -> Any:
    """Return what the component with this key sent under a name, in the run that it started."""
    component = st.session_state.get(key)
    return component.get(name) if isinstance(component, Mapping) else None
