"""A web page under a name that points to 127.0.0.1, or of another server on this computer, reached the whole app."""

import base64
import http.client
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from app_in_browser import running_app

# What the server contacts, as Python's own audit events say it (PEP 578).
WATCHED = """
import json, sys
file = open(sys.argv.pop(1), "a", buffering=1)
def note(event, what):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        file.write(json.dumps([event, repr(what[1:] if event != "socket.getaddrinfo" else what[:2])]) + "\\n")
sys.addaudithook(note)
from streamlit.web.cli import main
main(prog_name="streamlit")
"""
SETTINGS = (
    "--server.allowedHosts=speech.example.org",
    "--server.allowedHosts=*.lab.example.org",
    "--server.corsAllowedOrigins=https://portal.example.org",
)
STREAM = "/_stcore/stream"
ROUTES = (
    ("GET", "/"),
    ("GET", "/live"),
    ("GET", "/recording_studio"),
    ("HEAD", "/"),
    ("GET", "/_stcore/health"),
    ("GET", "/_stcore/script-health-check"),
    ("GET", "/_stcore/host-config"),
    ("GET", "/_stcore/metrics"),
    ("GET", "/media/0123456789abcdef.wav"),
    ("GET", "/component/ui.player/index.html"),
    ("GET", "/_stcore/bidi-components/player/index.js"),
    ("GET", "/static/js/index.js"),
    ("GET", "/app/static/page.html"),
    ("PUT", "/_stcore/upload_file/session/file"),
    ("DELETE", "/_stcore/upload_file/session/file"),
    ("OPTIONS", "/_stcore/upload_file/session/file"),
    ("POST", "/_stcore/agent/interact"),
    ("GET", "/no/such/page"),
)
FOREIGN = (
    "evil.example",
    "evil.example:{port}",
    "localhost.evil.example:{port}",
    "127.0.0.1.evil.example",
    "evil-localhost",
    "notspeech.example.org",
    "lab.example.org",
    "192.168.1.20:{port}",
    "127.0.0.2:{port}",
    "[::2]:{port}",
    "2130706433",
    "localhost:{port}@evil.example",
    "evil.example#localhost",
    "",
)
KNOWN = (
    "localhost:{port}",
    "localhost",
    "LocalHost.:{port}",
    "127.0.0.1:{port}",
    "[::1]:{port}",
    "localhost:9000",  # a tunnel
    "speech.example.org",
    "speech.example.org:8443",
    "room-4.lab.example.org",
)


@dataclass(frozen=True)
class App:
    """A running app.

    Attributes:
        port: at which it listens.
        contacted: a file with what it contacted.
    """

    port: int
    contacted: Path

    def ask(self, method: str, path: str, host: str | None, **headers: str) -> tuple[int, str]:
        """Send one request with exactly these headers; returns status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            if host is not None:
                connection.putheader("Host", host.format(port=self.port))
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value.format(port=self.port))
            connection.endheaders()
            answer = connection.getresponse()
            body = "" if answer.status == 101 else answer.read().decode("utf-8", "replace")
            return answer.status, body
        finally:
            connection.close()

    def shake_hands(self, host: str | None, origin: str | None) -> int:
        """Ask for the WebSocket through which a page sees and changes everything; returns the status, 101 if given."""
        headers = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec_WebSocket_Version": "13",
            "Sec_WebSocket_Key": base64.b64encode(os.urandom(16)).decode(),
            "Sec_WebSocket_Protocol": "streamlit",
        }
        if origin is not None:
            headers["Origin"] = origin
        return self.ask("GET", STREAM, host, **headers)[0]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Start the app; no page of it has been opened."""
    folder = tmp_path_factory.mktemp("hosts")
    contacted = folder / "contacted"
    with running_app(
        folder / "workspace", folder / "app.log", options=SETTINGS, streamlit=("-c", WATCHED, str(contacted))
    ) as address:
        yield App(urlsplit(address).port or 0, contacted)


@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_host_gets_nothing_at_any_route_before_any_page_was_opened(app, host):
    for method, path in ROUTES:
        status, body = app.ask(method, path, host)
        assert status in (400, 403), (method, path)  # 400 is the web server's own for what is no host at all
        assert method == "HEAD" or status == 400 or body.startswith("Expected a host that this app answers"), path
    assert app.shake_hands(host, f"http://{host}") in (400, 403)
    assert app.shake_hands(host, None) in (400, 403)


def test_a_request_that_names_no_host_or_two_gets_nothing(app):
    for method, path in ROUTES:
        assert app.ask(method, path, None)[0] in (400, 403)
        assert app.ask(method, path, "localhost", HOST="evil.example")[0] in (400, 403)
    assert app.shake_hands(None, None) in (400, 403)


@pytest.mark.parametrize("host", KNOWN)
def test_loopback_names_and_configured_hosts_are_answered_at_every_route(app, host):
    for method, path in ROUTES:
        # Streamlit itself refuses what changes something without a session and its token.
        _, body = app.ask(method, path, host)
        assert not body.startswith("Expected"), (method, path, body)
    assert app.ask("GET", "/_stcore/health", host) == (200, "ok")
    assert app.shake_hands(host, None) == 101
    assert app.shake_hands(host, f"http://{host}") == 101


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost:3000",
        "http://localhost",  # port 80
        "https://localhost:{port}.evil.example",
        "http://127.0.0.1:{port}",  # another name of this computer is another origin
        "http://evil.example:{port}",
        "https://portal.example.org:444",
        "http://portal.example.org",
        "http://localhost:{port}@evil.example",
        "null",
        "file://",
        "chrome-extension://abcdefgh",
        "",
    ],
)
def test_a_page_of_another_server_on_this_computer_gets_nothing(app, origin):
    assert app.shake_hands("localhost:{port}", origin) == 403
    for method, path in ROUTES:
        status, body = app.ask(method, path, "localhost:{port}", Origin=origin)
        assert status == 403, (method, path)
        assert method == "HEAD" or body.startswith("Expected a request from the app's own page"), path


def test_pages_of_configured_origins_may_use_the_app_and_nothing_is_asked_outside(app):
    assert app.shake_hands("localhost:{port}", "https://portal.example.org") == 101
    assert app.shake_hands("127.0.0.1:{port}", "https://portal.example.org:443") == 101
    assert app.shake_hands("speech.example.org", "https://speech.example.org") == 101  # HTTPS ends at a proxy
    for origin in ("http://evil.example", "http://198.51.100.7:{port}"):
        assert app.shake_hands("localhost:{port}", origin) == 403
    time.sleep(0.5)
    contacts = [json.loads(line) for line in app.contacted.read_text().splitlines()]
    assert [what for what in contacts if not re.search(r"127\.0\.0\.1|::1|localhost|None", what[1])] == []


def test_the_answers_may_not_be_shown_in_frames_or_as_sounds_of_other_pages(app):
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=60)
    for path in ("/", "/media/0123456789abcdef.wav", "/static/js/index.js"):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self' https://portal.example.org"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    connection.close()


def test_a_refusal_says_what_to_do(app):
    _, body = app.ask("GET", "/", "speech.example.com")
    assert "got speech.example.com" in body
    assert "--server.allowedHosts NAME; see docs/behind-a-proxy.md" in body
    _, body = app.ask("GET", "/", "localhost:{port}", Origin="https://speech.example.org")
    assert "proxy_set_header Host $http_host;" in body
    assert "--server.corsAllowedOrigins ORIGIN" in body
    _, body = app.ask("GET", "/", "x" * 5000)
    assert len(body) < 400
