"""Script in the page that reports a proxy without WebSocket support.

Such a page stays blank: Streamlit's own scripts do not say why they cannot connect, or are refused themselves.
"""

from functools import cache
from pathlib import Path

from ui.server.asgi import Application, Message, Receive, Scope, Send

_SCRIPT = Path(__file__).with_suffix(".js")
_END = b"</body>"
# With these a browser would be sent the page compressed, or be referred to the one that it has.
_LEFT_OUT = (b"accept-encoding", b"if-none-match", b"if-modified-since")


class Arrival:
    """ASGI middleware that writes the script into every page."""

    def __init__(self, app: Application) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write the script into the page that answers it."""
        if not _asks_for_page(scope):
            await self._app(scope, receive, send)
            return
        asked = {**scope, "headers": [header for header in scope["headers"] if header[0] not in _LEFT_OUT]}
        await self._app(asked, receive, _Writing(send).send)


class _Writing:
    """Holds a page back until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
            return
        if message["type"] != "http.response.body" or self._start is None:
            await self._send(message)
            return
        self._parts.append(message.get("body", b""))
        if message.get("more_body"):
            return
        body = b"".join(self._parts).replace(_END, _element() + _END, 1)
        kept = [header for header in self._start["headers"] if header[0].lower() != b"content-length"]
        headers = [*kept, (b"content-length", str(len(body)).encode())]
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _asks_for_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _is_page(start: Message) -> bool:
    headers = start.get("headers", ())
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)


@cache
def _element() -> bytes:
    return b"<script>" + _SCRIPT.read_bytes() + b"</script>"
