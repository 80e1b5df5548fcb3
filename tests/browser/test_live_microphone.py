"""Live when its microphone is refused, goes away or is exchanged, or the page that hears is left."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

import app_in_browser
from app_in_browser import go_to, overflow, settings, settle
from live_in_browser import start, view, wait_for
from tests.browser.microphone import Open, looped, voice

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect


def test_a_microphone_that_goes_away_is_told_what_was_said_is_kept_and_trying_again_goes_on(
    spoken_to: Open, tmp_path: Path
) -> None:
    page = spoken_to(looped(tmp_path, voice()))
    figure = start(page)
    wait_for(figure, "live => live.predictions.windows.length > 0")
    figure.evaluate("figure => figure.live.microphone.stream.getTracks()[0].dispatchEvent(new Event('ended'))")
    expect(figure.get_by_role("alert")).to_contain_text("unplugged")
    expect(page.get_by_role("heading", name="The recording")).to_be_visible()
    before = figure.evaluate("figure => figure.live.spectra.seconds")
    figure.get_by_role("button", name="Try again").click()
    wait_for(figure, f"live => live.spectra.seconds > {before} + 1")
    expect(figure.get_by_role("alert")).to_be_hidden()
    expect(page.get_by_role("heading", name="The recording")).to_have_count(0)


TWO_MICROPHONES = """() => {
  const ears = navigator.mediaDevices, own = ears.getUserMedia.bind(ears);
  let there = ['desk', 'headset'];
  ears.enumerateDevices = async () => there.map(id => ({ kind: 'audioinput', deviceId: id, label: id }));
  ears.getUserMedia = async ({ audio: { deviceId, ...others } }) => {
    if (deviceId && !there.includes(deviceId.exact)) throw new DOMException('', 'OverconstrainedError');
    return own({ audio: others });
  };
  window.unplug = id => {
    there = there.filter(one => one !== id);
    ears.dispatchEvent(new Event('devicechange'));
  };
}"""


def test_where_the_chosen_microphone_has_gone_the_only_one_left_can_be_chosen(spoken_to: Open, tmp_path: Path) -> None:
    page = spoken_to(looped(tmp_path, voice()))
    page.evaluate(TWO_MICROPHONES)
    figure = start(page)
    figure.locator(".device").select_option("headset")
    wait_for(figure, "live => live.phase === 'listening'")
    page.evaluate("window.unplug('headset')")
    figure.evaluate("figure => figure.live.microphone.lose()")
    trouble = figure.get_by_role("alert")
    expect(trouble).to_contain_text("Plug it in again or choose another one")
    trouble.get_by_role("button", name="Try again").click()
    expect(trouble).to_contain_text("The microphone that was chosen is not there any more.")
    before = figure.evaluate("figure => figure.live.spectra.seconds")
    figure.locator(".device").select_option("desk")
    trouble.get_by_role("button", name="Try again").click()
    wait_for(figure, f"live => live.spectra.seconds > {before} + 0.5")
    expect(trouble).to_be_hidden()


def test_another_microphone_ends_listening_with_a_word_and_keeps_what_was_said(spoken_to: Open, tmp_path: Path) -> None:
    page = spoken_to(looped(tmp_path, voice()))
    figure = start(page)
    wait_for(figure, "live => live.predictions.windows.length > 1")
    with settings(page):
        page.get_by_test_id("stRadio").get_by_text("The microphone of the computer").click()
        settle(page)
    trouble = figure.get_by_role("alert")
    expect(trouble).to_contain_text("Listening has ended: another microphone was chosen.")
    expect(trouble.get_by_role("button")).to_be_hidden()
    expect(figure.locator(".which")).to_be_hidden()
    expect(page.get_by_role("heading", name="The recording")).to_be_visible()
    with settings(page):
        page.get_by_test_id("stRadio").get_by_text("This browser's microphone").click()
        settle(page)
    start(page)
    expect(trouble).to_be_hidden()
    expect(page.get_by_role("heading", name="The recording")).to_have_count(0)


def test_a_look_at_another_page_ends_listening_and_keeps_what_was_said(
    spoken_to: Open, tmp_path: Path, address: str
) -> None:
    page = spoken_to(looped(tmp_path, voice()))
    figure = start(page)
    wait_for(figure, "live => live.predictions.windows.length > 0")
    live = figure.evaluate_handle("figure => figure.live")
    go_to(page, address, "Home")
    page.wait_for_function("live => live.phase === 'idle' && live.microphone.closed", arg=live, timeout=5000)
    go_to(page, address, "Live")
    expect(page.get_by_role("heading", name="The recording")).to_be_visible()


REFUSED = "name => (navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', name); })"


def test_a_refused_missing_or_busy_microphone_gets_advice(spoken_to: Open, tmp_path: Path) -> None:
    page = spoken_to(looped(tmp_path, voice()), width=390)
    figure, trouble = view(page), view(page).get_by_role("alert")
    for name, told in (
        ("NotAllowedError", "not allowed to use the microphone"),
        ("NotFoundError", "finds no microphone"),
        ("NotReadableError", "Another program"),
        ("AbortError", "cannot be used"),
    ):
        page.evaluate(REFUSED, name)
        figure.get_by_role("button", name="Start listening").click()
        expect(trouble).to_contain_text(told)
        expect(trouble.get_by_role("button", name="Try again")).to_be_visible()
        assert overflow(page) == []
    page.evaluate("delete navigator.mediaDevices.getUserMedia")  # the browser's own one is there again
    trouble.get_by_role("button", name="Try again").click()
    wait_for(figure, "live => live.spectra.seconds > 0.5")
    expect(trouble).to_be_hidden()
    assert overflow(page) == []


def test_a_page_that_came_by_plain_http_says_why_it_hears_nothing_and_what_to_do(
    spoken_to: Open, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    flags = (*app_in_browser.FLAGS, "--host-resolver-rules=MAP speech.test 127.0.0.1")
    monkeypatch.setattr(app_in_browser, "FLAGS", flags)
    page = spoken_to(None, granted=False, width=390, host=address.replace("127.0.0.1", "speech.test"))
    trouble = view(page).get_by_role("alert")
    expect(trouble).to_contain_text("came from speech.test by plain HTTP")
    port = urlsplit(address).port
    for advice in (
        f"ssh -L {port}:localhost:{port} speech.test, and open http://localhost:{port}/live",
        "streamlit run app.py --server.address 0.0.0.0 --server.allowedHosts speech.test --server.sslCertFile",
        f"open https://speech.test:{port}/live",
    ):
        expect(trouble).to_contain_text(advice)
    assert overflow(page) == []
