"""A field that the browser draws late shows the value that the app works with.

What stands in a popover reaches the browser's page when the popover is opened, perhaps many runs after the app set the
field's value. Streamlit (1.67) names a value that was set to the browser in that one run only; the field would show
its first option, and choosing that option would change nothing. So every run gives the value as the field's default
until the browser reports one of its own. A default reaches a field only while it is drawn for the first time: a value
that is named as set would take back what was pressed while the run was on its way.
"""

import dataclasses
import threading
from typing import Any

from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.state import SessionState

_register = SessionState.register_widget
_enqueue = DeltaGenerator._enqueue
_unseen = threading.local()  # `field`: id of the unseen field that this thread registered last


def keep() -> None:
    """Give such values as defaults from now on; to be called once, when the server starts."""
    SessionState.register_widget = _register_and_note  # type: ignore[method-assign]
    DeltaGenerator._enqueue = _enqueue_as_default  # type: ignore[assignment, method-assign]


def _register_and_note(self: SessionState, metadata: Any, user_key: str | None) -> Any:
    """Register a widget; note one whose value only the server has, where that is not the default."""
    unseen = user_key is not None and metadata.id in self._old_state and metadata.id not in self._new_widget_state
    found = _register(self, metadata, user_key)
    if unseen and not found.value_changed and found.value != metadata.deserializer(None):
        _unseen.field = metadata.id
        return dataclasses.replace(found, value_changed=True)  # Streamlit then writes the value into the message
    _unseen.field = None
    return found


def _enqueue_as_default(self: DeltaGenerator, delta_type: str, message: Any, *rest: Any, **named: Any) -> Any:
    """Send an element to the browser; a field that was noted takes its value as its default."""
    if getattr(_unseen, "field", None) is not None and getattr(message, "id", None) == _unseen.field:
        _value_as_default(message)
    return _enqueue(self, delta_type, message, *rest, **named)


def _value_as_default(message: Any) -> None:
    """Turn a message that sets a field's value into one that gives its default."""
    fields = message.DESCRIPTOR.fields_by_name
    raw = next((name for name in ("raw_values", "raw_value") if name in fields), None)
    if raw is not None and (message.options or "value" not in fields):  # a choice, told by the words of its options
        options = [getattr(option, "content", option) for option in message.options]
        repeated = fields[raw].is_repeated
        chosen = list(getattr(message, raw)) if repeated else [message.raw_value] if message.HasField(raw) else []
        if not set(chosen) <= set(options):  # words of the visitor's own, which no default can name
            return
        values: list[Any] = [options.index(word) for word in chosen]
    elif fields["value"].is_repeated:
        values = list(message.value)
    else:
        values = [message.value] if not fields["value"].has_presence or message.HasField("value") else []
    message.ClearField("default")
    if fields["default"].is_repeated:
        message.default.extend(values)
    elif values:
        message.default = values[0]
    message.set_value = False
