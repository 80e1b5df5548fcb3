"""The app behind nginx as docs/behind-a-proxy.md sets it, for a visitor at another name; and what a page says of itself
where lines are missing, or under a name that is not the app's.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import pytest
import soundfile

import app_in_browser
from app_in_browser import Complaints, bring_sound, choose, go_to, look_at_home, open_chromium, running_app, write_voice
from live_in_browser import start, wait_for
from tests.browser.conftest import spoken
from tests.browser.nginx import NAME, Server, missing, running_nginx
from tests.browser.player import bring, wav

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Playwright

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

IN_A_FRAME = "address => document.body.append(Object.assign(document.createElement('iframe'), { src: address }))"
LACKING = {
    "whole": (),
    "upgrade": ("Upgrade", "Connection"),
    "host": ("$http_host",),
    "size": ("client_max_body_size",),
}


@pytest.fixture(scope="module")
def visitor(playwright: "Playwright", tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    """Start a browser that finds every name at this computer, as one does behind a changed name server."""
    write_voice(tmp_path_factory.mktemp("voice") / "voice.wav", spoken("angry")[:2])
    with pytest.MonkeyPatch.context() as patch:
        flags = (*app_in_browser.FLAGS, "--host-resolver-rules=MAP *.example.org 127.0.0.1, MAP speech.test 127.0.0.1")
        patch.setattr(app_in_browser, "FLAGS", flags)
        browser = open_chromium(playwright, microphone=tmp_path_factory.getbasetemp() / "voice0" / "voice.wav")
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def passed_on(chromium: "Browser", address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Run an app below /speech and nginx before it, whole and with lines missing; returns the addresses."""
    if missing():
        pytest.skip(missing())
    folder = tmp_path_factory.mktemp("proxy")
    allowed = (f"--server.allowedHosts={NAME}",)
    with running_app(folder / "workspace", folder / "app.log", base="/speech", options=allowed) as app:
        look_at_home(chromium, app)
        servers = [Server(NAME, urlsplit(app).port or 0, without) for without in LACKING.values()]
        other = Server("speech.test", urlsplit(address).port or 0)  # the app that all tests share has no base path
        with running_nginx(folder / "nginx", [*servers, other]) as addresses:
            names = (*LACKING, "base path")
            yield {name: f"{place}/speech" for name, place in zip(names, addresses, strict=True)}


@pytest.fixture
def page(visitor: "Browser") -> Iterator["Page"]:
    context = visitor.new_context(
        ignore_https_errors=True, viewport={"width": 1280, "height": 900}, permissions=["microphone"]
    )
    context.set_default_timeout(app_in_browser.PATIENCE)
    yield context.new_page()
    context.close()


def large_sound() -> bytes:
    """Twenty seconds of speech: more than nginx passes on by itself, 1 MB."""
    sentence = np.concatenate([soundfile.read(clip)[0] for clip in spoken("angry")[:4]])
    return wav(np.resize(sentence, 16_000 * 20))


def test_behind_the_guides_nginx_pages_open_files_arrive_sounds_play_and_speech_is_heard_live(
    page: "Page", passed_on: dict[str, str], hear: "Callable[[Locator], float]"
) -> None:
    complaints = Complaints(page.context, passed_on["whole"])
    go_to(page, passed_on["whole"], "Listen")
    player = bring(page, large_sound())
    assert player.evaluate("figure => figure.speechPlayer.duration") == pytest.approx(20, abs=0.1)
    player.get_by_role("button", name="Play").click()
    page.wait_for_function("figure => figure.speechPlayer.position() > 0.05", arg=player.element_handle())
    choose(page, "Model", re.compile("^Demo"))  # the sound of what it knows ships with it
    assert hear(page.get_by_test_id("stAudio").first) > 0.3  # a near utterance
    go_to(page, passed_on["whole"], "Live")
    assert page.url == f"{passed_on['whole']}/live"
    figure = start(page)
    wait_for(figure, "live => live.predictions.windows.length > 1")
    expect(page.get_by_test_id("stRadio").get_by_text("The microphone of the computer")).to_have_count(0)
    expect(page.get_by_role("alert").filter(has_text="docs/behind-a-proxy.md")).to_have_count(0)
    assert complaints.taken() == []


def test_a_page_that_stays_blank_says_which_lines_the_proxy_lacks(
    visitor: "Browser", passed_on: dict[str, str], tmp_path: Path
) -> None:
    told = {
        "upgrade": "proxy_set_header Upgrade $http_upgrade;",
        "host": "proxy_set_header Host $http_host;",
        "base path": "Expected the app below /speech/; got another answer (404).",
    }
    pages = {}
    for lacking in told:
        pages[lacking] = visitor.new_page(ignore_https_errors=True, viewport={"width": 390, "height": 844})
        pages[lacking].goto(f"{passed_on[lacking]}/live", wait_until="commit")
    for lacking, words in told.items():
        alert = pages[lacking].get_by_role("alert").filter(has_text="docs/behind-a-proxy.md")
        expect(alert).to_contain_text(words)
        assert pages[lacking].evaluate("document.documentElement.scrollWidth") <= 390
        pages[lacking].close()


def test_a_file_that_the_proxy_finds_too_large_names_the_proxys_limit(page: "Page", passed_on: dict[str, str]) -> None:
    go_to(page, passed_on["size"], "Listen")
    bring_sound(page, {"name": "long.wav", "mimeType": "audio/wav", "buffer": large_sound()})
    alert = page.get_by_role("alert").filter(has_text="client_max_body_size 700m;")
    expect(alert).to_contain_text("too large for a program between the browser and the app (413)")
    alert.click()
    expect(alert).to_have_count(0)


def test_a_foreign_name_that_points_here_shows_a_refusal_and_none_of_the_app(page: "Page", address: str) -> None:
    page.goto(address.replace("127.0.0.1", "rebound.example.org"))
    assert page.inner_text("body").startswith("Expected a host that this app answers")
    assert "got rebound.example.org" in page.inner_text("body")


def test_another_page_cannot_show_the_app_in_a_frame(page: "Page", address: str) -> None:
    page.goto(address.replace("127.0.0.1", "rebound.example.org"))
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.evaluate(IN_A_FRAME, f"{address}/live")
    assert page.frames[1].locator("#root").count() == 0
