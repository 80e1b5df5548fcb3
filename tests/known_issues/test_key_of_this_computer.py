"""Whoever reached the app by a loopback address could listen into the room of the computer that runs it."""

import re
import tomllib
from pathlib import Path

import pytest

from ser_core.recordings import CONSENT, Collection, Speaker
from tests.pages.conftest import microphone, opened  # noqa: F401 - fixtures
from tests.pages.shown import texts
from tests.pages.studio import PLAN
from ui import whereabouts
from ui.server import key as keys
from ui.server import opening

HOW = "open the address that was printed where the app was started: it ends in ?key=…"


@pytest.fixture(autouse=True)
def at_this_computer(monkeypatch):
    monkeypatch.setattr(whereabouts, "sits_here", lambda: True)
    monkeypatch.setattr("ui.views.live.choices.sits_here", lambda: True)
    monkeypatch.setattr("ui.views.studio.computer.sits_here", lambda: True)


def is_offered(app):
    assert not app.exception
    choices = [*app.radio, *app.selectbox]
    return any(one.label == "Microphone" and any("computer" in option for option in one.options) for one in choices)


@pytest.fixture(params=["live", "recording_studio"])
def page(request, opened, microphone):  # noqa: F811
    app = opened(request.param)
    if request.param == "recording_studio":
        Collection("mine").save_plan(PLAN)
        Collection("mine").enter(Speaker("Anna"), CONSENT["English"])
    return app


def test_the_room_is_not_offered_without_the_key_and_one_line_says_how(page):
    page.run()
    assert not is_offered(page)
    assert texts(page.caption).count(HOW) == 1


def test_a_wrong_key_opens_nothing_and_is_taken_out_of_the_address(opened):  # noqa: F811
    app, right = opened("live"), keys.key()
    for wrong in ("", "wrong", right[:-1], f"{right}x", right.swapcase(), "ключ"):
        app.query_params["key"] = wrong
        app.run()
        assert not is_offered(app)
        assert "key" not in app.query_params


def test_the_key_is_remembered_for_the_session_and_taken_out_of_the_address(page):
    page.query_params["key"] = keys.key()
    page.query_params["map"] = "simple"
    page.run()
    assert is_offered(page)
    assert HOW not in texts(page.caption)
    assert "key" not in page.query_params, "a copied link would pass it on"
    assert page.query_params["map"] == "simple"
    page.run()
    assert is_offered(page)


def test_the_key_on_home_opens_the_room_on_live(opened):  # noqa: F811
    app = opened("home")
    app.query_params["key"] = keys.key()
    app.run()
    app.switch_page("pages/live.py").run()
    assert is_offered(app)


def test_the_key_alone_does_not_bring_a_visitor_from_elsewhere_into_the_room(monkeypatch):
    monkeypatch.setattr(whereabouts, "sits_here", lambda: False)
    monkeypatch.setattr(whereabouts.state, "recall", lambda _: True)
    assert not whereabouts.may_listen_here()


def test_a_key_has_at_least_128_bits_and_is_compared_whole(monkeypatch):
    compared = []
    monkeypatch.setattr(keys.secrets, "compare_digest", lambda a, b: compared.append((a, b)) or a == b)
    assert len(keys.key()) * 6 >= 128
    assert keys.fits(keys.key())
    assert not keys.fits("wrong")
    assert compared[-1] == (b"wrong", keys.key().encode())


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, "http://localhost:8501/?key="),
        ({"server.address": "0.0.0.0", "server.baseUrlPath": "/speech/"}, "http://localhost:8501/speech/?key="),
        ({"server.address": "192.168.1.5", "browser.serverPort": 80}, "http://192.168.1.5:80/?key="),
        ({"server.sslCertFile": "cert.pem"}, "https://localhost:8501/?key="),
    ],
)
def test_the_printed_address_is_where_a_browser_on_this_computer_opens_the_app(monkeypatch, settings, address):
    usual = {
        "server.address": "127.0.0.1",
        "server.baseUrlPath": "",
        "browser.serverPort": 8501,
        "server.sslCertFile": None,
    }
    monkeypatch.setattr(opening.config, "get_option", (usual | settings).__getitem__)
    assert opening.address_with_key() == address + keys.key()
    assert re.fullmatch(r"[A-Za-z0-9_-]+", keys.key()), "a terminal's link must hold all of it"


def test_streamlit_prints_no_address_of_its_own():
    settings = tomllib.loads((Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text())
    assert settings["logger"]["hideWelcomeMessage"] is True
