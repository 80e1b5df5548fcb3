"""The lesson "What a frame is": the picture fills the first screen, and follows every change without the server."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from app_in_browser import PATIENCE, go_to, settings, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
AT_ONCE = 200  # milliseconds
# Moves a slider as a hand does, and waits until that is painted; the fastest of several, since other programs run, too.
CHANGE = """async slider => {
  const taken = [];
  for (let i = 0; i < 12; i++) {
    const begun = performance.now();
    slider.stepUp(i % 2 ? -1 : 1);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)));
    taken.push(performance.now() - begun);
  }
  return Math.min(...taken);
}"""


@contextmanager
def lesson(
    chromium: "Browser", address: str, width: int, height: int, query: str = "", sent: "list[object] | None" = None
) -> "Iterator[Page]":
    """Open the lesson; whatever the page says to the server goes to ``sent``."""
    said = [] if sent is None else sent
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()

    def note(frame: object) -> None:
        said.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", note))
    page.goto(f"{address}/what_a_frame_is{query}")
    settle(page)
    expect(picture(page)).to_have_attribute("aria-label", re.compile("^Windows of"))
    yield page
    context.close()


def picture(page: "Page") -> "Locator":
    return page.locator("figure.frames canvas")


def shows(page: "Page", window: int, hop: int) -> None:
    expect(picture(page)).to_have_attribute("aria-label", re.compile(f"^Windows of {window} ms every {hop} ms "))


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_the_picture_takes_half_of_the_first_screen_and_follows_without_a_word_to_the_server(
    chromium: "Browser", address: str, width: int, height: int
) -> None:
    sent: list[object] = []
    with lesson(chromium, address, width, height, "?source=lian-2018-pdt&hop=20", sent) as page:
        box = picture(page).bounding_box()
        assert box is not None
        assert (min(height, box["y"] + box["height"]) - max(0, box["y"])) * box["width"] >= width * height / 2
        shows(page, 20, 20)
        sent.clear()
        slider = page.get_by_role("slider", name="Window (ms)")
        slider.focus()
        page.keyboard.press("ArrowRight")
        shows(page, 21, 20)
        page.get_by_role("button", name="Pulses", exact=True).click()
        shows(page, 5, 2)
        page.get_by_role("button", name="Harmonics", exact=True).click()
        shows(page, 100, 10)
        page.get_by_role("button", name="Reset").click()
        shows(page, 20, 10)
        assert slider.evaluate(CHANGE) < AT_ONCE
        assert sent == []


def test_the_words_follow_the_source_and_hops_that_cannot_be_computed_are_longer(
    chromium: "Browser", address: str
) -> None:
    with lesson(chromium, address, 1280, 720) as page:
        words = page.locator("figure.frames .numbers")
        expect(words).to_contain_text("128 numbers every 10 ms, 12,800 in a second of speech")
        page.get_by_role("combobox", name="As in").select_option("quick")
        expect(words).to_contain_text("64 numbers every 16 ms, 4,000 in a second of speech, in place of 16,000 samples")
        held = []
        for window in ("10", "100"):
            page.get_by_role("slider", name="Window (ms)").fill(window)
            expect(picture(page)).to_have_attribute("aria-label", re.compile(f"^Windows of {window} ms"))
            held.append(float(re.search(r"holds ([\d.]+) of its", words.inner_text())[1]))  # type: ignore[index]
        assert 8 < held[1] / held[0] < 12
        page.get_by_role("slider", name="Hop (ms)").fill("2")
        expect(words).to_contain_text("64 numbers every 4 ms")
        page.get_by_role("combobox", name="As in").select_option("lian-2018-pdt")
        expect(page.get_by_role("slider", name="Mel bands")).to_be_disabled()
        expect(words).to_contain_text("257 numbers every 10 ms")


def test_a_link_brings_back_what_is_set_and_what_is_out_of_range_stays_as_the_source_has_it(
    chromium: "Browser", address: str
) -> None:
    with lesson(chromium, address, 1280, 720, "?source=nobody&window=9999&hop=-3&bands=²") as page:
        shows(page, 40, 10)
        expect(page.get_by_role("slider", name="Mel bands")).to_have_value("128")
        page.get_by_role("combobox", name="As in").select_option("quick")
        page.get_by_role("slider", name="Hop (ms)").fill("40")
        page.get_by_role("slider", name="Mel bands").fill("20")
        page.get_by_role("button", name="Copy a link to this").click()
        link = page.get_by_role("textbox", name="Link to this").input_value()
        page.goto(link)
        settle(page)
        shows(page, 32, 40)
        expect(page.get_by_role("combobox", name="As in")).to_have_value("quick")
        expect(page.get_by_role("slider", name="Mel bands")).to_have_value("20")
        page.get_by_role("slider", name="Window (ms)").fill("50")
        go_to(page, address, "Who is in the test set")
        go_to(page, address, "What a frame is")
        shows(page, 50, 40)  # who comes back finds what was set


def test_on_a_projector_the_picture_and_all_that_sets_it_are_seen_together(chromium: "Browser", address: str) -> None:
    with lesson(chromium, address, 1280, 720) as page:
        with settings(page):
            page.get_by_text("Large, for a projector").click()
            settle(page)
        for part in (
            "canvas",
            "audio",
            "[data-look=pulses]",
            "[data-act=reset]",
            ".source",
            "[name=window]",
            "[name=bands]",
        ):
            box = page.locator(f"figure.frames {part}").bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 720, part
