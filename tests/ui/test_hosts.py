"""Which hosts and origins are answered, rule by rule; tests/known_issues/test_foreign_hosts.py asks a running app."""

import asyncio

import pytest

from ui.server import hosts, opening
from ui.server.hosts import Hosts
from ui.server.key import key


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("192.168.1.5:8501", "192.168.1.5"),
        ("192.168.1.5", "::ffff:192.168.1.5"),  # as a server that listens at every interface sees it
        ("[fd00::5]:8501", "fd00:0:0::5"),
        ("[::ffff:127.0.0.1]", None),
    ],
)
def test_the_number_at_which_a_request_arrived_is_answered_since_no_name_can_point_there(host, reached):
    assert Hosts().answers(host, reached)


@pytest.mark.parametrize(
    ("host", "reached"),
    [("192.168.1.6", "192.168.1.5"), ("speech.local", "192.168.1.5"), ("192.168.1.5", "127.0.0.1"), ("0.0.0.0", None)],
)
def test_another_number_or_name_is_not(host, reached):
    assert not Hosts().answers(host, reached)


@pytest.mark.parametrize(
    ("pattern", "answered", "not_answered"),
    [
        ("lab.example.org", "LAB.example.org", "a.lab.example.org"),
        ("*.example.org", "a.b.example.org", "example.org"),
        ("*.example.org", "a.example.org", "aexample.org"),
        ("*", "anything.example", "not a host"),
    ],
)
def test_a_configured_name_stands_for_itself_and_a_star_for_what_is_below(pattern, answered, not_answered):
    assert Hosts((pattern,)).answers(answered)
    assert not Hosts((pattern,)).answers(not_answered)


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("https://lab.example.org", "lab.example.org", True),
        ("https://lab.example.org", "lab.example.org:443", True),
        ("http://lab.example.org:80", "lab.example.org", True),
        ("https://lab.example.org:8443", "lab.example.org:8443", True),
        ("https://lab.example.org:8443", "lab.example.org", False),  # nginx's $host leaves the port out
        ("http://[::1]:8501", "[::1]:8501", True),
        ("http://localhost", "localhost:8501", False),
        ("ftp://localhost:8501", "localhost:8501", False),
    ],
)
def test_a_page_is_the_apps_own_if_it_came_from_the_host_that_is_asked(origin, host, own):
    assert Hosts().trusts(origin, host) is own


def test_streamlits_settings_say_what_else_is_answered(monkeypatch):
    values = {
        "server.allowedHosts": [" Lab.Example.org ", "*.speech.example.org"],
        "server.corsAllowedOrigins": ["https://portal.example.org/"],
        "server.address": "0.0.0.0",
        "browser.serverAddress": "public.example.org",
    }
    monkeypatch.setattr("streamlit.config.get_option", values.__getitem__)
    monkeypatch.setattr("streamlit.config.is_manually_set", values.__contains__)
    found = hosts.configured()
    assert found.names == ("lab.example.org", "*.speech.example.org", "public.example.org")
    assert found.trusts("https://portal.example.org", "lab.example.org")


@pytest.mark.parametrize("headless", [True, False])
def test_the_address_with_its_key_is_printed_and_the_browser_opens_it_where_there_is_one(monkeypatch, capsys, headless):
    values = {
        "server.headless": headless,
        "server.address": "127.0.0.1",
        "server.baseUrlPath": "",
        "server.sslCertFile": None,
        "browser.serverPort": 8501,
    }
    visited = []
    monkeypatch.setattr(opening.config, "get_option", values.__getitem__)
    monkeypatch.setattr(opening.cli_util, "open_browser", visited.append)
    for name in ("get_external_ip", "get_internal_ip"):
        monkeypatch.setattr(opening.net_util, name, lambda: "asked outside")

    async def start() -> None:
        async with opening.opened(None):
            assert opening.net_util.get_external_ip() is None
            assert opening.net_util.get_internal_ip() is None

    asyncio.run(start())
    address = f"http://localhost:8501/?key={key()}"
    assert address in capsys.readouterr().out
    assert visited == ([] if headless else [address])
