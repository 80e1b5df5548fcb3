"""No press of a visitor is lost.

A press is a value that Streamlit (1.67) shows to the run that follows, and takes back when a run ends. It would lose it

* where a run has drawn everything and is about to end: what a visitor does outside of a fragment begins the next run at
  once, in a thread of its own, and the former one takes back what the new one was just told (without Streamlit's
  ``fastReruns`` it would not, but then whoever changes his mind waits for all that is being computed);
* where a component tells something within the same moment: the browser puts both into one message, for which the
  component's fragment runs alone, although the button stands elsewhere on the page.
"""

from typing import TYPE_CHECKING, Any

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.state import SafeSessionState

if TYPE_CHECKING:
    from streamlit.proto.ClientState_pb2 import ClientState

_TRIGGERS = ("trigger_value", "json_trigger_value")  # of buttons, and of our own components

_finish = SafeSessionState.on_script_finished
_request = AppSession.request_rerun


def keep() -> None:
    """Keep every press from now on; to be called once, when the server starts."""
    SafeSessionState.on_script_finished = _finish_unless_stopped  # type: ignore[method-assign]
    AppSession.request_rerun = _request_with_presses  # type: ignore[method-assign]


def _finish_unless_stopped(self: SafeSessionState, *args: Any, **named: Any) -> None:
    """Leave the session's values alone once this run was told to stop: from then on they are the next run's."""
    requests = self._yield_callback.__self__._requests  # type: ignore[attr-defined]
    with requests._lock:  # the next run begins after this one was told to stop, which takes this lock
        if requests._state is not ScriptRequestType.STOP:
            _finish(self, *args, **named)


def _request_with_presses(self: AppSession, client_state: "ClientState | None") -> None:
    """Run the whole page where a button was pressed outside of the fragment that is to run."""
    if client_state is not None and client_state.fragment_id:
        known = self.session_state._new_widget_state.widget_metadata
        pressed = [one.id for one in client_state.widget_states.widgets if _is_pressed(one)]
        if any(one in known and known[one].fragment_id != client_state.fragment_id for one in pressed):
            client_state.ClearField("fragment_id")
    _request(self, client_state)


def _is_pressed(widget: Any) -> bool:
    value = widget.WhichOneof("value")
    return value in _TRIGGERS and bool(getattr(widget, value))
