"""The one place that touches session state: what a visitor chose outlives the change of page.

Streamlit forgets a widget's value as soon as a page without that widget is drawn. So each choice has a name,
its value is remembered under that name, and the widget is prepared from it before it is drawn.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

Option = TypeVar("Option")

_REMEMBERED = "remembered: "
_WIDGET = "widget: "


def recall(name: str, default: Any = None) -> Any:
    """Return what is remembered under a name."""
    return st.session_state.get(_REMEMBERED + name, default)


def remember(name: str, value: Any) -> None:
    """Keep a value under a name for the rest of the session."""
    st.session_state[_REMEMBERED + name] = value


def widget_key(name: str) -> str:
    """Return the key of the widget that shows a name."""
    return _WIDGET + name


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


def widget_value(name: str) -> Any:
    """Return what the widget of a name shows; to be called in its callback."""
    return st.session_state.get(_WIDGET + name)


def choose(name: str, value: Any) -> None:
    """Change a choice from elsewhere; to be called in a widget's callback, before the page is drawn."""
    remember(name, value)
    st.session_state[_WIDGET + name] = value


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


def forget_widget(name: str) -> None:
    """Let the widget of a name start from what is remembered, in the next run of the page."""
    st.session_state.pop(_WIDGET + name, None)
