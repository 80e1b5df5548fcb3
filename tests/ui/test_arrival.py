"""Every page carries the script that says why nothing comes; no other answer is touched."""

import asyncio
import gzip
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from ui.server.arrival import Arrival

PAGE = "<html><body><div id='root'></div></body></html>" + " " * 2000


async def page(request: Request) -> Response:
    unchanged = request.headers.get("if-none-match") == "known"
    return Response(status_code=304) if unchanged else HTMLResponse(PAGE, headers={"etag": "known"})


async def in_parts(_: Request) -> Response:
    async def parts() -> Any:
        for at in range(0, len(PAGE), 7):
            yield PAGE[at : at + 7]

    return StreamingResponse(parts(), media_type="text/html")


async def sound(_: Request) -> Response:
    return PlainTextResponse("</body>")


def ask(path: str, method: str = "GET", **headers: str) -> tuple[dict[str, str], bytes, int]:
    """Send one request; returns headers, body and number of messages."""
    app = Starlette(
        routes=[Route("/", page), Route("/parts", in_parts), Route("/sound", sound)],
        middleware=[Middleware(Arrival), Middleware(GZipMiddleware, minimum_size=10)],
    )
    sent: list[Any] = []
    lines = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": lines, "query_string": b""}

    async def receive() -> dict[str, Any]:
        return await asyncio.Event().wait()  # the browser stays

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    answered = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return answered, b"".join(message.get("body", b"") for message in sent[1:]), sent[0]["status"]


@pytest.mark.parametrize("path", ["/", "/parts"])
@pytest.mark.parametrize("also", [{}, {"accept_encoding": "gzip"}, {"if_none_match": "known"}])
def test_a_page_carries_the_script_at_its_end_and_says_its_length(path, also):
    headers, body, status = ask(path, accept="text/html,*/*", **also)
    assert status == 200
    text = body.decode()
    before, _, after = text.partition("<script>")
    assert before == "<html><body><div id='root'></div>"
    assert after.partition("</script>")[2].strip() == "</body></html>"
    assert "See docs/behind-a-proxy.md." in after
    assert headers["content-length"] == str(len(body))


@pytest.mark.parametrize("path", ["/", "/sound"])
def test_what_is_no_page_stays_as_it_was(path):
    _, body, _ = ask(path, accept="*/*", accept_encoding="gzip")
    assert b"<script>" not in (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
    assert ask("/sound", accept="text/html")[1] == b"</body>"
    assert b"<script>" not in ask("/", "HEAD", accept="text/html")[1]
