"""A kept module is answered to browsers at its address, wherever a proxy puts the app; all else is passed on."""

import asyncio
import hashlib
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ui.server.component_files import ComponentFiles, keep

MODULE = "export default () => '“kept”';"


async def elsewhere(_: Request) -> Response:
    return PlainTextResponse("the app itself")


def ask(path: str, method: str = "GET") -> tuple[dict[str, str], str]:
    """Send one request; returns headers and text of the answer."""
    app = Starlette(
        routes=[Route("/{path:path}", elsewhere, methods=["GET", "POST"])], middleware=[Middleware(ComponentFiles)]
    )
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return await asyncio.Event().wait()  # the browser stays

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(
        app({"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}, receive, send)
    )
    answered = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return answered, b"".join(message.get("body", b"") for message in sent[1:]).decode()


@pytest.mark.parametrize("before", ["/", "/lab/speech/", "/live/"])
def test_a_kept_module_is_answered_as_a_script_that_browsers_keep(before):
    headers, body = ask(before + keep(MODULE))
    assert body == MODULE
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert int(headers["content-length"]) == len(MODULE.encode())
    assert "immutable" in headers["cache-control"]


def test_the_address_is_the_text_s_own_so_that_what_browsers_keep_is_never_old():
    address = keep(MODULE)
    assert address == f"component-files/{hashlib.sha256(MODULE.encode()).hexdigest()[:32]}.js"
    assert keep(MODULE) == address
    assert keep(MODULE + " ") != address
    assert ask(f"/{address}")[1] == MODULE, "and the earlier text stays where it was"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/component-files/",
        f"/component-files/{'0' * 32}.js",  # none that is kept
        "/component-files/../app.py",
        f"/my{keep(MODULE)}",
        f"/{keep(MODULE)}/",
        f"/{keep(MODULE)}\n",
        f"/{keep(MODULE)}".upper(),
    ],
)
def test_every_other_request_is_passed_on(path):
    assert ask(path)[1] == "the app itself"


def test_only_reading_is_answered():
    assert ask(f"/{keep(MODULE)}", "POST")[1] == "the app itself"
