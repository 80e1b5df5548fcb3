"""Modules of components that a browser fetches once, by their address, and keeps.

Streamlit (1.67) sends a component's markup, style and script along with its data, whenever these change. For a
component that gets new data several times a second, that is nearly all that is sent.
"""

import hashlib
import re

from ui.server.asgi import Application, Receive, Scope, Send

_FOLDER = "component-files"
# A proxy may have taken away or added what stands before it.
_ASKED = re.compile(rf"(?:^|/){_FOLDER}/([0-9a-f]{{32}}\.js)")
_modules: dict[str, bytes] = {}


def keep(module: str) -> str:
    """Keep the text of an ES module for browsers.

    Returns:
        Its address, relative to the app's own. Another text has another one, so that browsers may keep what they have.
    """
    content = module.encode()
    name = f"{hashlib.sha256(content).hexdigest()[:32]}.js"
    _modules[name] = content
    return f"{_FOLDER}/{name}"


class ComponentFiles:
    """ASGI middleware that answers requests for such modules."""

    def __init__(self, app: Application) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a module that is kept; pass every other request on."""
        asked = _ASKED.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        content = _modules.get(asked[1]) if asked is not None and asked.end() == len(scope["path"]) else None
        if content is None:
            await self._app(scope, receive, send)
            return
        headers = [
            (b"content-type", b"text/javascript; charset=utf-8"),
            (b"content-length", str(len(content)).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"cache-control", b"private, max-age=31536000, immutable"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})
