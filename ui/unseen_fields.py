"""A field that the browser draws late shows the value that the app works with.

What stands in a popover reaches the browser's page when the popover is opened, perhaps many runs after the app set the
field's value. Streamlit (1.67) names a value that was set to the browser in that one run only; the field would show
its first option, and choosing that option would change nothing. So every run names the value again until the browser
reports one of its own.
"""

import dataclasses
from typing import Any

from streamlit.runtime.state import SessionState

_register = SessionState.register_widget


def keep() -> None:
    """Name such values from now on; to be called once, when the server starts."""
    SessionState.register_widget = _register_and_name  # type: ignore[method-assign]


def _register_and_name(self: SessionState, metadata: Any, user_key: str | None) -> Any:
    """Register a widget; a value that only the server has, and that is not the default, counts as changed."""
    unseen = user_key is not None and metadata.id in self._old_state and metadata.id not in self._new_widget_state
    found = _register(self, metadata, user_key)
    if unseen and found.value != metadata.deserializer(None):
        return dataclasses.replace(found, value_changed=True)
    return found
