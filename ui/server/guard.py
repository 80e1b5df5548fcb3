"""What every request passes before Streamlit sees it: pages, files, media, uploads, WebSocket and health alike.

Streamlit (1.67) checks ``server.allowedHosts`` on the WebSocket alone, and answers a page of any other server on this
computer there.
"""

from streamlit import config

from ui.server.asgi import Application, Message, Receive, Scope, Send
from ui.server.hosts import Hosts, configured

FORBIDDEN = 403
_POLICY_VIOLATION = 1008
_LONGEST_SHOWN = 80


class Guard:
    """ASGI middleware that rejects unknown hosts and origins."""

    def __init__(self, app: Application) -> None:
        """Read from Streamlit's settings which those are, once."""
        self._app = app
        self._hosts = configured()
        # Everything is checked here, where loopback names are always known; Streamlit's own check would refuse them.
        config.set_option("server.allowedHosts", [])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = refused(scope, self._hosts)
        if refusal is None:
            await self._app(scope, receive, self._marked(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": "foreign host or origin"})
        else:
            await _send_text(refusal, send)

    def _marked(self, send: Send) -> Send:
        """Let browsers show answers within the app's own pages only: neither in frames nor as sounds of others."""
        ancestors = " ".join(("frame-ancestors 'self'", *self._hosts.origins))
        marks = [
            (b"content-security-policy", ancestors.encode("latin-1")),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *marks]}
            await send(message)

        return send_marked


def refused(scope: Scope, hosts: Hosts) -> str | None:
    """Say why a request is refused, and what to do; ``None`` if it is not."""
    asked, origins = _headers(scope, b"host"), _headers(scope, b"origin")
    server = scope.get("server")
    if len(asked) != 1 or not hosts.answers(asked[0], server[0] if server else None):
        got = _shown(", ".join(asked)) or "none"
        return (
            f"Expected a host that this app answers (localhost, 127.0.0.1, [::1], those in its settings); got {got}. "
            f"If the name is yours, start the app with --server.allowedHosts NAME; see docs/behind-a-proxy.md."
        )
    foreign = [origin for origin in origins if not hosts.trusts(origin, asked[0])]
    if foreign:
        return (
            f"Expected a request from the app's own page at {_shown(asked[0])}; got one from {_shown(foreign[0])}. "
            f"If a proxy stands between, let it pass the browser's host on (nginx: proxy_set_header Host $http_host;). "
            f"If that page is yours too, start the app with --server.corsAllowedOrigins ORIGIN; "
            f"see docs/behind-a-proxy.md."
        )
    return None


def _headers(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


def _shown(text: str) -> str:
    text = text.encode("ascii", "replace").decode()
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


async def _send_text(text: str, send: Send) -> None:
    body = f"{text}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": FORBIDDEN, "headers": headers})
    await send({"type": "http.response.body", "body": body})
